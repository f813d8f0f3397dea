import { expect, test } from 'vitest'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { USUAL_PACING } from '../../../domain/pacing.ts'
import { createReplica, newOrder } from '../../../test/support/orders.ts'
import { comingUp, inboxOf, isApart, lacksAddress, proposalFor } from './promises.ts'

const NOON = Date.UTC(2026, 0, 1, 12)
const at = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString()

const made = createReplica('A').run(newOrder())
if (!made.ok || made.value === null) throw new Error('an order for these stories')
const base: ShownOrder = { ...made.value, customer: null, createdBy: 'staff:maria' }
const order = (more: Partial<ShownOrder>): ShownOrder => ({ ...base, ...more })

test('[Q1] the till proposes the soonest that has room, and shows how full the quarters after it are', () => {
  const orders = [
    order({ id: 'a', promisedFor: at(15), status: 'preparing' }),
    order({ id: 'b', promisedFor: at(16), status: 'preparing' }),
    order({ id: 'c', promisedFor: at(30) }),
    order({ id: 'd', promisedFor: at(30), status: 'cancelled' }),
  ]
  const asked = { id: null, channel: 'takeout', items: 1 } as const
  const pacing = new Map([['store', { ...USUAL_PACING, maxOrders: 2 }]])
  const { soonestMs, slots } = proposalFor(asked, orders, { pacing }, NOON)
  expect(soonestMs).toBe(NOON + 30 * 60_000)
  expect(slots[0]).toEqual({ ms: NOON + 30 * 60_000, orders: 1, isFull: false })
  const own = proposalFor({ ...asked, id: 'a' }, orders, { pacing }, NOON)
  expect(own.soonestMs).toBe(NOON + 15 * 60_000)
})

test('[Q4] what came from outside waits for a time or a no; what a till rang up does not', () => {
  const outside = { channel: 'online', createdBy: 'token:web' } as const
  const waiting = [
    order({ id: 'late', ...outside, createdAt: at(2) }),
    order({ id: 'early', ...outside, channel: 'delivery', createdAt: at(1) }),
  ]
  const settled = [
    order({ id: 'own', channel: 'delivery' }),
    order({ id: 'promised', ...outside, promisedFor: at(30) }),
    order({ id: 'refused', ...outside, status: 'cancelled' }),
    order({ id: 'table', ...outside, channel: 'dine_in' }),
  ]
  expect(inboxOf([...waiting, ...settled]).map(({ id }) => id)).toEqual(['early', 'late'])
})

test('[Q3] orders for a time are listed by it, and a delivery without an address is noticed', () => {
  const orders = [
    order({ id: 'second', scheduledFor: at(60) }),
    order({ id: 'first', scheduledFor: at(90), promisedFor: at(30) }),
    order({ id: 'none' }),
    order({ id: 'over', promisedFor: at(5), status: 'completed' }),
  ]
  expect(comingUp(orders).map(({ id }) => id)).toEqual(['first', 'second'])
  expect(lacksAddress(order({ channel: 'delivery', customer: { name: 'Ana' } }))).toBe(true)
  expect(lacksAddress(order({ channel: 'delivery', customer: { locked: true } }))).toBe(false)
  expect(lacksAddress(order({ channel: 'takeout' }))).toBe(false)
})

test('[Q2] a till that cannot hear another one says that its promise is a proposal', () => {
  const peer = (role: 'terminal' | 'kitchen', connected: boolean) =>
    ({ deviceId: role, name: role, role, connected, lastHeardMs: 0 }) as never
  expect(isApart(null)).toBe(true)
  expect(isApart({ peers: [peer('terminal', true), peer('kitchen', false)] })).toBe(false)
  expect(isApart({ peers: [peer('terminal', false)] })).toBe(true)
})
