import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'

const text = fc.string({
  unit: fc.constantFrom(...[0, 1, 2, 3, 97, 0xe9, 0x1f355].map((c) => String.fromCodePoint(c))),
})
const inBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

describe('text in PostgreSQL', () => {
  test('comes back as it was, and never holds NUL', () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(toPgText(written)).not.toContain(String.fromCharCode(0))
        expect(fromPgText(toPgText(written))).toBe(written)
      }),
    )
  })

  test('[F3] sorts as SQLite sorts it', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(inBytes(toPgText(a), toPgText(b)))).toBe(Math.sign(inBytes(a, b)))
      }),
    )
  })

  test('half a surrogate pair becomes the replacement character', () => {
    expect(fromPgText(toPgText('a\ud800b'))).toBe('a\ufffdb')
  })
})
