import fc from 'fast-check'
import { emptyCatalog, STORE_RECORD_ID } from '../../domain/catalog.ts'
import { nextClock, observeClock } from '../../domain/clock.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import { decide } from '../../domain/decide.ts'
import type { DecideContext } from '../../domain/decision.ts'
import type { EventMeta, OrderEvent } from '../../domain/events.ts'
import { emptyOrder, evolve, type OrderState } from '../../domain/evolve.ts'
import { viewOrder, type OrderView } from '../../domain/order-view.ts'
import type { Rejection } from '../../domain/rejections.ts'
import { ok, type Result } from '../../domain/result.ts'

/** A menu just large enough for the rules: two stations, a bottle without one, groups, two taxes. */
export function smallCatalog(): ReturnType<typeof emptyCatalog> {
  const catalog = emptyCatalog()
  catalog.store.set(STORE_RECORD_ID, {
    name: 'Test',
    currency: 'USD',
    timeZone: 'UTC',
    dayStartsAtMinutes: 240,
    taxRounding: 'line',
    serviceChargePpm: 50_000,
    payLaterChannels: ['dine_in', 'takeout', 'delivery'],
  })
  catalog.tax_rate.set('food', { name: 'Food', ratePpm: 88_750, included: false })
  catalog.tax_rate.set('wine', { name: 'Wine', ratePpm: 190_000, included: true })
  catalog.modifier_group.set('extras', {
    name: 'Extras',
    position: 0,
    min: 0,
    max: 3,
    modifiers: [
      { id: 'extra_cheese', name: 'Extra cheese', priceMinor: 150 },
      { id: 'no_onions', name: 'No onions', priceMinor: 0 },
      { id: 'small', name: 'Small portion', priceMinor: -300 },
    ],
  })
  catalog.modifier_group.set('temperature', {
    name: 'Temperature',
    position: 1,
    min: 1,
    max: 1,
    modifiers: [
      { id: 'rare', name: 'Rare', priceMinor: 0 },
      { id: 'done', name: 'Well done', priceMinor: 0 },
    ],
  })
  const item = { categoryId: 'all', position: 0 }
  catalog.menu_item.set('burger', {
    ...item,
    name: 'Burger',
    priceMinor: 1_250,
    taxRateId: 'food',
    stationId: 'grill',
    modifierGroupIds: ['extras'],
  })
  catalog.menu_item.set('steak', {
    ...item,
    name: 'Steak',
    priceMinor: 2_999,
    taxRateId: 'food',
    stationId: 'grill',
    modifierGroupIds: ['temperature', 'extras'],
  })
  catalog.menu_item.set('salad', {
    ...item,
    name: 'Salad',
    priceMinor: 875,
    taxRateId: 'food',
    stationId: 'cold',
    modifierGroupIds: [],
  })
  catalog.menu_item.set('bottle', {
    ...item,
    name: 'Bottle of wine',
    priceMinor: 3_333,
    taxRateId: 'wine',
    stationId: null,
    modifierGroupIds: [],
  })
  return catalog
}

export interface StampedEvent {
  readonly event: OrderEvent
  readonly meta: EventMeta
}

/** One device that decides on what it has seen, for tests of the domain alone. */
export interface Replica {
  readonly origin: string
  readonly events: () => readonly StampedEvent[]
  readonly view: () => OrderView | null
  readonly state: () => OrderState | undefined
  readonly run: (command: OrderCommand, id?: string) => Result<OrderView | null, Rejection>
  readonly receive: (events: readonly StampedEvent[]) => void
}

export const TEST_ORDER_ID = 'order-1'

export function createReplica(
  origin: string,
  overrides: Partial<DecideContext> = {},
  startMs = Date.UTC(2026, 0, 1),
): Replica {
  const context: DecideContext = {
    catalog: smallCatalog(),
    lenders: [],
    orderById: () => null,
    voucherById: () => null,
    orderNumber: `${origin}-001`,
    businessDay: '2026-01-01',
    atMs: startMs,
    stock: () => null,
    promisedFrom: () => [],
    maxItemsPerOrder: 50,
    autoConfirm: true,
    ...overrides,
  }
  const events: StampedEvent[] = []
  let state: OrderState | undefined
  let clock = 0
  let commands = 0

  function take(stamped: StampedEvent): void {
    events.push(stamped)
    clock = observeClock(clock, stamped.meta.clock)
    state = evolve(state ?? emptyOrder(TEST_ORDER_ID), stamped.event, stamped.meta)
  }

  return {
    origin,
    events: () => events,
    view: () => (state ? viewOrder(state, []) : null),
    state: () => state,
    run: (command, id = `${origin}-c${(commands += 1)}`) => {
      const atMs = startMs + commands * 1_000
      const at = new Date(atMs).toISOString()
      const decision = decide(state, { id, at, actor: `staff:${origin}`, command }, context)
      if (!decision.ok) return decision
      clock = nextClock(clock, atMs)
      const stamp = { origin, clock, commandId: id, at, actor: `staff:${origin}` }
      decision.value.forEach((event, index) => take({ event, meta: { ...stamp, index } }))
      return ok(state ? viewOrder(state, []) : null)
    },
    receive: (received) => received.forEach(take),
  }
}

export const newOrder = (
  lines: Extract<OrderCommand, { type: 'createOrder' }>['lines'] = [],
  channel: Extract<OrderCommand, { type: 'createOrder' }>['channel'] = 'dine_in',
): OrderCommand => ({
  type: 'createOrder',
  orderId: TEST_ORDER_ID,
  channel,
  table: '5',
  customerId: null,
  customer: null,
  locationId: null,
  scheduledFor: null,
  notes: null,
  lines,
})

export const line = (itemId: string, quantity = 1, modifierIds: readonly string[] = []) => ({
  itemId,
  quantity,
  modifierIds: [...modifierIds],
  instructions: null,
})

/** Anything that a till or a kitchen screen might ask for next; often refused, as in life. */
export function commandOn(view: OrderView | null): fc.Arbitrary<OrderCommand> {
  const orderId = TEST_ORDER_ID
  const lines = fc.array(
    fc.constantFrom(
      line('burger', 2, ['extra_cheese', 'no_onions']),
      line('burger', 1, ['small']),
      line('steak', 1, ['rare']),
      line('salad', 3),
      line('bottle'),
      { ...line('burger'), seat: 2, course: 2 },
      { ...line('bottle'), course: 1 },
    ),
    { minLength: 1, maxLength: 3 },
  )
  if (!view) return lines.map((some) => newOrder(some))
  const pick = <T, U>(from: readonly T[], map: (value: T) => U): fc.Arbitrary<U>[] =>
    from.length === 0 ? [] : [fc.constantFrom(...from).map(map)]
  return fc.oneof(
    lines.map((some): OrderCommand => ({ type: 'addLines', orderId, lines: some })),
    fc.constant<OrderCommand>({ type: 'sendToKitchen', orderId }),
    fc.constantFrom<OrderCommand>(
      { type: 'holdCourse', orderId, course: 2 },
      { type: 'fireCourse', orderId, course: 2 },
      { type: 'holdCourse', orderId, course: 1 },
      { type: 'splitOrder', orderId, split: { kind: 'equal', parts: 3 } },
      { type: 'splitOrder', orderId, split: null },
    ),
    fc.constant<OrderCommand>({ type: 'startPreparing', orderId }),
    fc.constant<OrderCommand>({ type: 'markReady', orderId }),
    fc.constant<OrderCommand>({ type: 'completeOrder', orderId }),
    // Twice as often: among so much else that can be asked, few stories would come to their end.
    fc.constantFrom<OrderCommand>(
      { type: 'markReady', orderId },
      { type: 'completeOrder', orderId },
    ),
    fc.constant<OrderCommand>({ type: 'cancelOrder', orderId, reason: 'guest left' }),
    fc.constant<OrderCommand>({ type: 'timeOutOrder', orderId }),
    fc.constantFrom<OrderCommand>(
      { type: 'changeDetails', orderId, table: '7' },
      { type: 'changeDetails', orderId, notes: 'window', table: '8' },
      {
        type: 'setDiscount',
        orderId,
        discount: { kind: 'percent', ratePpm: 125_000 },
        reason: 'late',
      },
      {
        type: 'setDiscount',
        orderId,
        discount: { kind: 'amount', amountMinor: 501 },
        reason: 'late',
      },
      { type: 'changeDetails', orderId, guests: 6, pager: '12' },
      { type: 'setServiceCharge', orderId, charge: { kind: 'none' }, reason: 'slow' },
      {
        type: 'setServiceCharge',
        orderId,
        charge: { kind: 'amount', amountMinor: 700 },
        reason: 'large party',
      },
    ),
    fc
      .integer({ min: 1, max: Math.max(1, view.totals.dueMinor) })
      .map((amountMinor): OrderCommand => ({
        type: 'takePayment',
        orderId,
        method: 'cash',
        amountMinor,
        tipMinor: amountMinor % 7,
        tenderedMinor: null,
      })),
    ...pick(view.lines, (l): OrderCommand => ({
      type: 'changeLine',
      orderId,
      lineId: l.id,
      quantity: 4,
    })),
    ...pick(view.lines, (l): OrderCommand => ({
      type: 'compLine',
      orderId,
      lineId: l.id,
      reason: l.comp === null ? 'long wait' : null,
    })),
    ...pick(view.lines, (l): OrderCommand => ({
      type: 'changeLine',
      orderId,
      lineId: l.id,
      seat: l.seat === null ? 1 : null,
    })),
    ...pick(view.lines, (l): OrderCommand => ({
      type: 'voidLine',
      orderId,
      lineId: l.id,
      reason: 'dropped',
    })),
    ...pick(view.lines, (l): OrderCommand => ({
      type: 'markLines',
      orderId,
      lineIds: [l.id],
      mark: 'ready',
    })),
    ...pick(view.tickets, (t): OrderCommand => ({ type: 'bumpTicket', orderId, ticketId: t.id })),
    ...pick(view.tickets, (t): OrderCommand => ({ type: 'recallTicket', orderId, ticketId: t.id })),
    fc.constantFrom<OrderCommand>(
      { type: 'rushTickets', orderId, rush: true },
      { type: 'rushTickets', orderId, rush: false },
      { type: 'handTickets', orderId, handed: true },
      { type: 'handTickets', orderId, handed: false },
      ...view.tickets.map((t): OrderCommand => ({
        type: 'seeChanges',
        orderId,
        ticketId: t.id,
      })),
    ),
    ...pick(view.tickets, (t): OrderCommand => ({
      type: 'seeTickets',
      orderId,
      ticketIds: [t.id],
      deviceId: 'kitchen-1',
    })),
    ...pick(view.payments, (p): OrderCommand => ({
      type: 'refundPayment',
      orderId,
      paymentId: p.id,
      amountMinor: 1,
      reason: 'cold',
    })),
    ...pick(view.conflicts, ({ kind }): OrderCommand => ({
      type: 'settleConflict',
      orderId,
      kind,
      resolution: 'kept',
      note: null,
    })),
  )
}
