import { expect, test } from 'vitest'
import type { MenuItem, ModifierGroup } from '../../domain/catalog.ts'
import { emptyCatalog } from '../../domain/catalog.ts'
import { menuCells } from './menu-cells.ts'
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
