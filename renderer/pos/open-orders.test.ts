import { expect, test } from 'vitest'
import type { ShownOrder } from '../../domain/order-view.ts'
import { inPlaces, sortOpenOrders } from './open-orders.ts'

const order = (id: string, status: ShownOrder['status'] = 'confirmed') =>
  ({ id, status, createdAt: `2026-01-01T10:00:0${id}.000Z` }) as ShownOrder
const idsOf = (orders: readonly ShownOrder[]) => orders.map(({ id }) => id)

test('[X7] ready orders come first, and while somebody looks no row moves away under the finger', () => {
  const begun = [order('1'), order('2'), order('3', 'ready')]
  const shown = idsOf(inPlaces([], sortOpenOrders(begun)))
  expect(shown).toEqual(['3', '1', '2'])
  const later = [order('0'), order('1', 'completed'), order('2', 'ready'), order('3', 'ready')]
  expect(idsOf(inPlaces(shown, sortOpenOrders(later)))).toEqual(['3', '2', '0'])
  expect(idsOf(inPlaces([], sortOpenOrders(later)))).toEqual(['2', '3', '0'])
})
