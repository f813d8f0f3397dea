import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyCatalog, type MenuItem } from '../../../domain/catalog.ts'
import { foldText } from './fold-text.ts'
import { isScanner, nextKey, NO_BURST } from './keystrokes.ts'
import { quantityOf, typeDigit } from './quantity.ts'
import { indexItems, itemOfCode, searchItems } from './search-items.ts'

const item = (name: string, more: Partial<MenuItem> = {}): MenuItem => ({
  name,
  categoryId: 'food',
  priceMinor: 500,
  taxRateId: 'tax',
  stationId: null,
  modifierGroupIds: [],
  position: 0,
  ...more,
})

function menuOf(items: Readonly<Record<string, MenuItem>>) {
  const catalog = emptyCatalog()
  catalog.category.set('food', { name: 'Food', position: 0, color: 'red' })
  for (const [id, one] of Object.entries(items)) catalog.menu_item.set(id, one)
  return catalog
}

const menu = menuOf({
  creme: item('Crème brûlée', { position: 1 }),
  cola: item('Cola 0.33', { position: 2, barcodes: ['5449000000996', 'COLA-33'] }),
  burger: item('Classic burger', { position: 3, kitchenName: 'Cl. Burger' }),
  cheese: item('Burger with cheese', { position: 4 }),
  strasse: item('Straße plate', { position: 5, barcodes: ['012345678905'] }),
})
menu.item_details.set('creme', {
  allergens: null,
  texts: [{ language: 'de', name: 'Gebrannte Creme', description: null }],
})
menu.combo.set('lunch', {
  name: 'Lunch deal',
  categoryId: 'food',
  position: 9,
  priceMinor: 900,
  slots: [],
})
const index = indexItems(menu)
const find = (query: string) => searchItems(index, query, 20)

test('[Y1] a search ignores accents and case, and knows the names of the kitchen and of other languages', () => {
  expect(find('CREME BRU')).toEqual(['creme'])
  expect(find('gebrannte')).toEqual(['creme'])
  expect(find('strasse')).toEqual(['strasse'])
  expect(find('cl b')).toEqual(['burger'])
  expect(find('lunch')).toEqual(['lunch'])
})

test('[Y1] a name that begins like this stands before words that do, and these before the rest', () => {
  expect(find('burger')).toEqual(['cheese', 'burger'])
  expect(find('cheese burger')).toEqual(['cheese'])
  expect(find('urg')).toEqual(['burger', 'cheese'])
  expect(find('   ')).toEqual([])
  expect(find('pizza')).toEqual([])
})

test('[Y1] every item is found by each of its words, however they are spelled', () => {
  const words = fc.array(fc.stringMatching(/^[a-zéüñA-Z]{1,8}$/), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 20 }), (names) => {
      const items = Object.fromEntries(names.map((name, at) => [`i${at}`, item(name.join(' '))]))
      const all = indexItems(menuOf(items))
      names.forEach((name, at) => {
        for (const word of name) {
          expect(searchItems(all, foldText(word).toUpperCase(), 100)).toContain(`i${at}`)
        }
      })
    }),
    { numRuns: 50 },
  )
})

test('[Y2] a code is one item’s, a UPC also as the EAN that it is, and an unknown one is nobody’s', () => {
  expect(itemOfCode(index, '5449000000996')).toBe('cola')
  expect(itemOfCode(index, 'cola-33')).toBe('cola')
  expect(itemOfCode(index, '0012345678905')).toBe('strasse')
  expect(itemOfCode(index, '012345678905')).toBe('strasse')
  expect(itemOfCode(index, '999')).toBeNull()
  expect(find('5449000000996')).toEqual(['cola'])
  expect(find('544900')).toEqual(['cola'])
})

test('[Y3] digits before an item are its quantity; too many of them count for nothing', () => {
  const typed = (digits: string) => [...digits].reduce(typeDigit, '')
  expect(quantityOf(typed(''))).toBe(1)
  expect(quantityOf(typed('3'))).toBe(3)
  expect(quantityOf(typed('012'))).toBe(12)
  expect(quantityOf(typed('9999'))).toBe(999)
})

test('[Y2] keys in a quick row are a scanner’s, and what was typed before it stays', () => {
  const keys = (gaps: readonly number[]) => {
    let atMs = 0
    let burst = nextKey(NO_BURST, atMs, '')
    for (const gap of gaps) burst = nextKey(burst, (atMs += gap), '3')
    return { burst, atMs }
  }
  const scanned = keys([400, 10, 12, 9, 11])
  expect(isScanner(scanned.burst, scanned.atMs)).toBe(true)
  expect(scanned.burst.typedBefore).toBe('3')
  const typed = keys([120, 180, 90, 140, 100])
  expect(isScanner(typed.burst, typed.atMs)).toBe(false)
})
