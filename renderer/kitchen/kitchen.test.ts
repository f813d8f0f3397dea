import { expect, test } from 'vitest'
import type { LineView, ShownOrder, TicketView } from '../../domain/order-view.ts'
import { clampPage, columnsFor, offsetOfPage, pageOfOffset } from './paging.ts'
import { nextMark, openTickets, recallableTickets, ticketsToSee, urgencyOf } from './tickets.ts'

const ticket = (id: string, firedAt: string, change: Partial<TicketView> = {}): TicketView => ({
  id,
  stationId: 'grill',
  firingNumber: 1,
  firedAt,
  firedBy: 'staff:a',
  firedFrom: 'origin',
  lineIds: [],
  bumped: false,
  bumpedAt: null,
  rushedAt: null,
  handedAt: null,
  seenBy: [],
  ...change,
})

const order = (id: string, tickets: TicketView[], status: ShownOrder['status'] = 'confirmed') =>
  ({ id, status, tickets, lines: [] }) as unknown as ShownOrder

const idsOf = (entries: readonly { ticket: TicketView }[]) => entries.map((e) => e.ticket.id)

test('the oldest ticket stands first, also across orders; a tie has a fixed order', () => {
  const orders = [
    order('o2', [ticket('c', '2026-01-01T12:02:00Z'), ticket('b', '2026-01-01T12:01:00Z')]),
    order('o1', [ticket('a', '2026-01-01T12:01:00Z')]),
  ]
  expect(idsOf(openTickets(orders, null))).toEqual(['a', 'b', 'c'])
  expect(idsOf(openTickets(orders.toReversed(), null))).toEqual(['a', 'b', 'c'])
})

test('bumped tickets leave, those of a cancelled order stay until bumped', () => {
  const orders = [
    order('o1', [ticket('a', '1', { bumped: true }), ticket('b', '2', { stationId: 'bar' })]),
    order('o2', [ticket('c', '3')], 'cancelled'),
  ]
  expect(idsOf(openTickets(orders, null))).toEqual(['b', 'c'])
  expect(idsOf(openTickets(orders, 'bar'))).toEqual(['b'])
})

test('recall lists the last bumped first, and nothing that cannot come back', () => {
  const bumped = (id: string, bumpedAt: string) => ticket(id, '0', { bumped: true, bumpedAt })
  const orders = [
    order('o1', [bumped('a', '1'), bumped('b', '3')]),
    order('o2', [bumped('c', '2')], 'ready'),
    order('o3', [bumped('d', '4')], 'completed'),
    order('o4', [bumped('e', '5')], 'cancelled'),
  ]
  expect(idsOf(recallableTickets(orders, null, 10))).toEqual(['b', 'c', 'a'])
  expect(idsOf(recallableTickets(orders, null, 1))).toEqual(['b'])
})

test('[K2] one acknowledgement per order, of what this device has not shown before', () => {
  const seen = { seenBy: [{ deviceId: 'k1', at: '0' }] }
  const entries = openTickets(
    [
      order('o1', [ticket('a', '1'), ticket('b', '2', seen)]),
      order('o2', [ticket('c', '3', seen)]),
    ],
    null,
  )
  expect([...ticketsToSee(entries, 'k1')]).toEqual([['o1', ['a']]])
  expect([...ticketsToSee(entries, 'k2')]).toEqual([
    ['o1', ['a', 'b']],
    ['o2', ['c']],
  ])
})

test('a ticket turns soon and late at the thresholds of its station', () => {
  const station = { warnAfterSeconds: 60, lateAfterSeconds: 90 }
  const at = [59_999, 60_000, 89_999, 90_000].map((ageMs) => urgencyOf(ageMs, station))
  expect(at).toEqual(['fresh', 'soon', 'soon', 'late'])
})

test('a tap moves a line on, and a ready one back', () => {
  const line = (kitchenStatus: LineView['kitchenStatus']) => ({ kitchenStatus }) as LineView
  expect(nextMark(line('queued'))).toBe('preparing')
  expect(nextMark(line('preparing'))).toBe('ready')
  expect(nextMark(line('ready'))).toBe('queued')
})

test('a card belongs to the page whose width it stands in', () => {
  const flow = { width: 1000, gap: 12 }
  expect([0, 759, 1011.5, 1012, 2024].map((left) => pageOfOffset(left, flow))).toEqual([
    0, 0, 1, 1, 2,
  ])
  expect([0, 1, 2].map((page) => pageOfOffset(offsetOfPage(page, flow), flow))).toEqual([0, 1, 2])
})

test('as many columns as fit, at least one; and no page that does not exist', () => {
  expect([100, 611, 612, 1342].map((width) => columnsFor(width, 300, 12))).toEqual([1, 1, 2, 4])
  expect([clampPage(3, 2), clampPage(-1, 2), clampPage(1, 2), clampPage(0, 0)]).toEqual([
    1, 0, 1, 0,
  ])
})

test('[K1] a ticket whose lines were all moved is for the order that they were moved to', () => {
  const moved = (id: string, movedTo: string | null) =>
    ({ id, movedTo, voided: false }) as unknown as LineView
  const home = (lines: LineView[]) => ({
    ...order('home', [ticket('a', '1', { lineIds: ['l1', 'l2'] })], 'cancelled'),
    lines,
  })
  const guest = order('guest', [])
  const guestOf = (lines: LineView[], others: ShownOrder[]) =>
    openTickets([home(lines), ...others], null).map((entry) => entry.guest.id)
  const both = [moved('l1', 'guest'), moved('l2', 'guest')]
  expect(guestOf(both, [guest])).toEqual(['guest'])
  expect(guestOf(both, [])).toEqual(['home'])
  expect(guestOf([moved('l1', 'guest'), moved('l2', null)], [guest])).toEqual(['home'])
})
