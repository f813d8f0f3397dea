import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { emptyCatalog } from '../../domain/catalog.ts'
import { jpegOf, SMALL_WEBP, webpOf } from '../../test/support/pictures.ts'
import { demoRecords } from '../demo/demo-records.ts'
import { pictureOf } from '../pictures/pictures.ts'
import { besideOf } from './beside.ts'
import { withRecords } from './catalog-record.ts'
import { exportMenuJson } from './export-json.ts'
import { parseMenuJson } from './parse-json.ts'

const demo = withRecords(emptyCatalog(), demoRecords())
const fileOf = (pictures: readonly object[]) => JSON.stringify({ version: 1, pictures }, null, 1)

function folder() {
  const dir = mkdtempSync(join(tmpdir(), 'aura-menu-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  mkdirSync(join(dir, 'menu/pictures'), { recursive: true })
  return dir
}

test('[G8] pictures of a menu file are files beside it or stand in it, and the same bytes are one', () => {
  const dir = folder()
  const jpeg = jpegOf(20, 10)
  writeFileSync(join(dir, 'menu/pictures/burger.jpg'), jpeg)
  const beside = besideOf(join(dir, 'menu/menu.json'))
  const parsed = parseMenuJson(
    fileOf([
      { item: 'burger-classic', file: 'pictures/burger.jpg' },
      { item: 'burger-bacon', data: `data:image/jpeg;base64,${jpeg.toString('base64')}` },
      { item: 'cola-bottle', data: `data:image/webp;base64,${SMALL_WEBP}` },
    ]),
    demo,
    beside,
  )
  const named = pictureOf(jpeg)
  const id = named.ok ? named.value.id : ''
  expect(parsed.ok && parsed.value.map((record) => [record.kind, record.id])).toEqual([
    ['picture', id],
    ['picture', expect.any(String)],
    ['item_picture', 'burger-classic'],
    ['item_picture', 'burger-bacon'],
    ['item_picture', 'cola-bottle'],
  ])
})

test('[G8] a menu that is exported with its pictures reads back as the same records', () => {
  const pictures = [{ item: 'cola-bottle', data: `data:image/webp;base64,${SMALL_WEBP}` }]
  const back = parseMenuJson(exportMenuJson(demo, pictures), emptyCatalog())
  const records = back.ok ? back.value : []
  expect(records.filter(({ kind }) => kind.endsWith('picture'))).toMatchObject([
    { kind: 'picture', value: { type: 'image/webp', base64: SMALL_WEBP } },
    { kind: 'item_picture', id: 'cola-bottle' },
  ])
  expect(withRecords(emptyCatalog(), records).menu_item).toEqual(demo.menu_item)
})

test('[G8] a picture that cannot be taken is named by its line, and nothing of the file is taken', () => {
  const dir = folder()
  writeFileSync(join(dir, 'secret.jpg'), jpegOf(9, 9))
  writeFileSync(join(dir, 'menu/large.webp'), webpOf(9, 9, 70_000))
  writeFileSync(join(dir, 'menu/page.jpg'), '<svg onload="x()"/>')
  const faultOf = (picture: object) => {
    const parsed = parseMenuJson(fileOf([picture]), demo, besideOf(join(dir, 'menu/menu.json')))
    return parsed.ok ? [] : parsed.error
  }
  const item = 'burger-classic'
  const NOT_THERE = /there is no file .* beside this one/
  for (const [picture, message] of [
    [{ item, file: '../secret.jpg' }, NOT_THERE],
    [{ item, file: join(dir, 'secret.jpg') }, NOT_THERE],
    [{ item, file: 'nowhere.jpg' }, NOT_THERE],
    [{ item, file: 'large.webp' }, /at most 64 KiB/],
    [{ item, file: 'page.jpg' }, /no still picture/],
    [{ item, data: 'data:image/svg+xml;base64,PHN2Zy8+' }, /no still picture/],
    [{ item }, /a file beside this one, or data/],
    [{ item: 'nothing', data: `data:image/webp;base64,${SMALL_WEBP}` }, /no item and no combo/],
  ] as const) {
    const [fault, ...more] = faultOf(picture)
    expect([fault?.message, more]).toEqual([expect.stringMatching(message), []])
    expect(fault?.line).toBeGreaterThan(2)
  }
  // A browser that hands in a file has nothing beside it.
  expect(parseMenuJson(fileOf([{ item, file: 'menu/large.webp' }]), demo).ok).toBe(false)
})
