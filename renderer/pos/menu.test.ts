import { expect, test } from 'vitest'
import type { MenuItem, ModifierGroup } from '../../domain/catalog.ts'
import { emptyCatalog } from '../../domain/catalog.ts'
import { FAVOURITES_ID } from '../../domain/menu-records.ts'
import { favouriteCells, menuCells } from './menu-cells.ts'
import { groupRule, missingChoice, toggleModifier } from './modifiers.ts'

const item = (position: number): MenuItem => ({
  name: `Item ${position}`,
  categoryId: 'c',
  priceMinor: 100,
  taxRateId: 't',
  stationId: null,
  modifierGroupIds: [],
  position,
})

test('an item stands in the cell of its position, with holes where nothing is', () => {
  const catalog = emptyCatalog()
  catalog.menu_item.set('a', item(0)).set('b', item(3))
  expect(menuCells(catalog, 'c').map((cell) => cell?.itemId ?? null)).toEqual([
    'a',
    null,
    null,
    'b',
  ])
  expect(menuCells(catalog, 'other')).toEqual([])
})

test('two items on one position both stay reachable, and a wild position makes no wall of holes', () => {
  const catalog = emptyCatalog()
  catalog.menu_item.set('a', item(0)).set('b', item(0)).set('far', item(99_999))
  expect(menuCells(catalog, 'c').map((cell) => cell?.itemId)).toEqual(['a', 'b', 'far'])
})

test('[Y8] pinned favourites stand first, and what is sold most fills the places that are left', () => {
  const catalog = emptyCatalog()
  for (let n = 0; n < 40; n += 1) catalog.menu_item.set(`i${n}`, item(n))
  const popular = ['gone', 'i5', 'i1', ...Array.from({ length: 30 }, (_, n) => `i${n + 10}`)]
  const ids = () => favouriteCells(catalog, popular).map(({ itemId }) => itemId)
  expect(ids().slice(0, 3)).toEqual(['i5', 'i1', 'i10'])
  expect(ids()).toHaveLength(24)
  catalog.favourites.set(FAVOURITES_ID, { itemIds: ['i30', 'i1', 'off the menu'] })
  expect(ids().slice(0, 4)).toEqual(['i30', 'i1', 'i5', 'i10'])
  expect([ids().length, new Set(ids()).size]).toEqual([24, 24])
  // Managers may put more in front than there are places.
  const pinned = Array.from({ length: 30 }, (_, n) => `i${n}`)
  catalog.favourites.set(FAVOURITES_ID, { itemIds: pinned })
  expect(ids()).toEqual(pinned)
})

const group = (min: number, max: number): ModifierGroup => ({
  name: 'Side',
  position: 0,
  min,
  max,
  modifiers: ['x', 'y', 'z'].map((id) => ({ id, name: id, priceMinor: 0 })),
})

test('in a group of one, a new choice takes the place of the old', () => {
  expect(toggleModifier(['other', 'x'], group(1, 1), 'y')).toEqual(['other', 'y'])
  expect(toggleModifier(['x'], group(1, 1), 'x')).toEqual([])
})

test('a full group takes no more until one is given back', () => {
  expect(toggleModifier(['x', 'y'], group(0, 2), 'z')).toEqual(['x', 'y'])
  expect(toggleModifier(['x', 'y'], group(0, 2), 'x')).toEqual(['y'])
})

test('a required group says what is missing', () => {
  expect(missingChoice([{ id: 'g', group: group(2, 3) }], ['x'])).toBe('Side: choose 1 more')
  expect(missingChoice([{ id: 'g', group: group(2, 3) }], ['x', 'z'])).toBeNull()
  expect([group(1, 1), group(0, 3), group(1, 2)].map(groupRule)).toEqual([
    'Choose 1',
    'Up to 3',
    'Choose 1 to 2',
  ])
})
