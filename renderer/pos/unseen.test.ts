import { expect, test } from 'vitest'
import type { LineView, ShownOrder, TicketView } from '../../domain/order-view.ts'
import { numbersText, unseenTickets } from './unseen.ts'

const FIRED_MS = Date.parse('2026-01-01T12:00:00Z')
const OWN = new Set(['own'])
const AFTER_MS = 30_000

const ticket = (change: Partial<TicketView> = {}): TicketView => ({
  id: 't',
  stationId: 'grill',
  firingNumber: 1,
  firedAt: new Date(FIRED_MS).toISOString(),
  firedBy: 'staff:a',
  firedFrom: 'own',
  lineIds: ['line'],
  bumped: false,
  bumpedAt: null,
  rushedAt: null,
  handedAt: null,
  seenBy: [],
  ...change,
})

const order = (number: string, tickets: readonly TicketView[], change: Partial<ShownOrder> = {}) =>
  ({
    id: number,
    number,
    status: 'confirmed',
    tickets,
    lines: [{ id: 'line', voided: false, movedTo: null }],
    ...change,
  }) as unknown as ShownOrder

const numbersAt = (orders: readonly ShownOrder[], afterMs: number): string[] =>
  unseenTickets(orders, OWN, FIRED_MS + afterMs, AFTER_MS).map((unseen) => unseen.order.number)

test('[K2] a ticket alarms once its time is over, and not before', () => {
  const orders = [order('A-001', [ticket()])]
  expect(numbersAt(orders, AFTER_MS - 1)).toEqual([])
  expect(numbersAt(orders, AFTER_MS)).toEqual(['A-001'])
})

test('[K2] a ticket that a kitchen screen has shown, or that was bumped, alarms nobody', () => {
  const seenBy = [{ deviceId: 'kitchen', at: '2026-01-01T12:00:01Z' }]
  const orders = [order('A-001', [ticket({ seenBy })]), order('A-002', [ticket({ bumped: true })])]
  expect(numbersAt(orders, 600_000)).toEqual([])
})

test('[K2] the alarm is on the till that fired the ticket alone', () => {
  expect(numbersAt([order('B-001', [ticket({ firedFrom: 'another till' })])], 600_000)).toEqual([])
})

test('[K2] an add-on that nobody saw alarms, though the first ticket was seen', () => {
  const seenBy = [{ deviceId: 'kitchen', at: '2026-01-01T12:00:01Z' }]
  const tickets = [ticket({ seenBy }), ticket({ id: 'add-on', firingNumber: 2 })]
  expect(numbersAt([order('A-001', tickets)], 600_000)).toEqual(['A-001'])
})

test('[K2] nothing is to be made of a closed order or of voided lines; a moved line is made', () => {
  const line = (change: Partial<LineView>) =>
    [{ id: 'line', voided: false, movedTo: null, ...change }] as unknown as LineView[]
  const orders = [
    order('A-001', [ticket()], { status: 'cancelled' }),
    order('A-002', [ticket()], { lines: line({ voided: true }) }),
    order('A-003', [ticket()], { lines: line({ movedTo: 'other' }) }),
  ]
  expect(numbersAt(orders, 600_000)).toEqual(['A-003'])
})

test('[K2] the oldest stands first, and each order is named once', () => {
  const at = (ms: number) => ({ firedAt: new Date(FIRED_MS + ms).toISOString() })
  const orders = ['A-003', 'A-001', 'A-002', 'A-004'].map((number, n) =>
    order(number, [ticket(at(n)), ticket({ id: 'bar', stationId: 'bar', ...at(n) })]),
  )
  const unseen = unseenTickets(orders, OWN, FIRED_MS + 600_000, AFTER_MS)
  expect(numbersText(unseen)).toBe('A-003, A-001, A-002 and 1 more')
  expect(numbersText(unseen.slice(0, 4))).toBe('A-003 and A-001')
  expect(numbersText(unseen.slice(0, 2))).toBe('A-003')
})
