import { expect, test } from 'vitest'
import type { PaymentView } from '../../../domain/payment-view.ts'
import { isOffered } from './undo.ts'

test('[Y6] undo is offered beside the order that it is about, until money comes', () => {
  const order = { id: 'order-1', payments: [] }
  const last = { text: 'Discount changed', undo: () => undefined, of: order, id: 1 }
  expect(isOffered(last, order)).toBe(true)
  expect(isOffered(last, { id: 'order-2', payments: [] })).toBe(false)
  expect(isOffered(last, null)).toBe(false)
  expect(isOffered(last, { id: 'order-1', payments: [{} as PaymentView] })).toBe(false)
  // A discarded order is in nobody's hand.
  expect(isOffered({ ...last, of: null }, { id: 'order-2', payments: [] })).toBe(true)
})
