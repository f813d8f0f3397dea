import { expect, test } from 'vitest'
import type { LineView, ShownOrder } from '../../domain/order-view.ts'
import { movableLines, moveTargets, stillMovable } from './move-lines.ts'

const line = (id: string, change: Partial<LineView> = {}) =>
  ({ id, voided: false, movedTo: null, ...change }) as unknown as LineView

const order = (id: string, change: Partial<ShownOrder> = {}) =>
  ({
    id,
    status: 'confirmed',
    channel: 'dine_in',
    createdAt: `2026-01-01T12:00:0${id}Z`,
    lines: [line('a'), line('b', { voided: true }), line('c', { movedTo: '9' }), line('d')],
    ...change,
  }) as unknown as ShownOrder

const idsOf = (orders: readonly { readonly id: string }[]) => orders.map(({ id }) => id)

test('[S1] what is voided or moved already cannot be moved, and nothing of a closed order', () => {
  expect(idsOf(movableLines(order('1')))).toEqual(['a', 'd'])
  expect(movableLines(order('1', { status: 'completed' }))).toEqual([])
})

test('[S1] items go to another open order that takes them, one of the same channel first', () => {
  const orders = [
    order('1'),
    order('2', { channel: 'takeout' }),
    order('3', { status: 'completed' }),
    order('4'),
    order('5', { status: 'cancelled' }),
  ]
  expect(idsOf(moveTargets(order('1'), orders))).toEqual(['4', '2'])
})

test('[F1] a chosen line that another till has moved meanwhile is chosen no more', () => {
  expect(idsOf(stillMovable(order('1'), new Set(['a', 'c'])))).toEqual(['a'])
})
