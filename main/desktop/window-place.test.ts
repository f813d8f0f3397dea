import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPlacesFile } from './places-file.ts'
import { placeOf, type Display } from './window-place.ts'

const area = (x: number, width: number) => ({ x, y: 0, width, height: 900 })
const primary: Display = { id: 1, bounds: area(0, 1600), workArea: area(0, 1600) }
const second: Display = { id: 2, bounds: area(1600, 1920), workArea: area(1600, 1920) }
const both = [primary, second]

test('a kitchen screen takes the whole of the second display, or of the only one', () => {
  expect(placeOf('kitchen', both, primary, undefined)).toEqual(second.bounds)
  expect(placeOf('kitchen', [primary], primary, undefined)).toEqual(primary.bounds)
})

test('a till comes back where it was, unless its display is gone', () => {
  const usual = { x: 160, y: 50, width: 1280, height: 800 }
  expect(placeOf('pos', both, primary, undefined)).toEqual(usual)
  const saved = { x: 1700, y: 20, width: 900, height: 700 }
  expect(placeOf('pos', both, primary, saved)).toEqual(saved)
  expect(placeOf('pos', [primary], primary, saved)).toEqual(usual)
  // Its upper edge, by which it is moved, cannot be reached.
  expect(placeOf('pos', both, primary, { ...saved, y: -300 })).toEqual(usual)
  expect(placeOf('pos', both, primary, { ...saved, x: 3_500 })).toEqual(usual)
})

test('places are remembered, and a broken file is as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aura-places-'))
  const file = join(folder, 'windows.json')
  const place = { x: 1, y: 2, width: 900, height: 700 }
  openPlacesFile(file).set('pos', place)
  expect(openPlacesFile(file).get('pos')).toEqual(place)
  expect(openPlacesFile(file).get('logs')).toBeUndefined()
  for (const text of ['{', '{"pos":{"x":1}}', '[]']) {
    writeFileSync(file, text)
    expect(openPlacesFile(file).get('pos')).toBeUndefined()
  }
  rmSync(folder, { recursive: true })
})
