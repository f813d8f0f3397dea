import { describe, expect, test } from 'vitest'
import { emptyCatalog } from '../../domain/catalog.ts'
import { menuFormatOf, parseMenuFile } from './menu-file.ts'
import { MAX_MENU_FILE_BYTES, readMenuText } from './read-text.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  )

describe('the text of a menu file', () => {
  test('comes without its byte order mark', () => {
    expect(readMenuText(bytes([0xef, 0xbb, 0xbf], 'id'))).toEqual({ ok: true, value: 'id' })
  })

  test.each([
    ['a Latin-1 é', bytes('id,name\r\na,Cr', [0xe8], 'me'), { line: 2, column: 5 }],
    ['a character cut off at the end', bytes('é\n', [0xe2, 0x82]), { line: 2, column: 1 }],
    ['a stray continuation byte', bytes('aé', [0x80]), { line: 1, column: 3 }],
    ['UTF-16', bytes([0xff, 0xfe, 0x69, 0x00]), { line: 1, column: 1 }],
    ['a real replacement character first', bytes('\ufffd', [0xff]), { line: 1, column: 2 }],
    ['a mark, then a wrong byte', bytes([0xef, 0xbb, 0xbf], 'a', [0xff]), { line: 1, column: 2 }],
  ])('%s is told with its place', (_title, wrong, place) => {
    const text = readMenuText(wrong)
    expect(text).toMatchObject({ ok: false, error: [place] })
    expect(!text.ok && text.error[0]?.message).toContain('UTF-8')
  })

  test('of 10 MB is refused before anything reads it, in bytes or as text', () => {
    const large = Buffer.alloc(10_000_000, ' ')
    const told = { ok: false, error: [{ line: 1, column: 1 }] }
    for (const format of ['json', 'csv'] as const) {
      expect(parseMenuFile(large, format, emptyCatalog())).toMatchObject(told)
    }
    expect(readMenuText(Buffer.alloc(MAX_MENU_FILE_BYTES, ' '))).toMatchObject({ ok: true })
    expect(readMenuText(Buffer.alloc(MAX_MENU_FILE_BYTES + 1, ' '))).toMatchObject(told)
  })

  test.each(['', ' \r\n\t', '\ufeff'])('that is empty (%j) is told to be so', (text) => {
    for (const format of ['json', 'csv'] as const) {
      const parsed = parseMenuFile(Buffer.from(text), format, emptyCatalog())
      expect(!parsed.ok && parsed.error[0]?.message).toContain('the file is empty')
    }
  })

  test('has a format by its name', () => {
    expect(menuFormatOf('menu.JSON')).toBe('json')
    expect(menuFormatOf('a.json.csv')).toBe('csv')
    expect(menuFormatOf('menu.xlsx')).toBeNull()
  })
})
