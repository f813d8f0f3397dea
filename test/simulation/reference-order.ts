import { compareStamps, type Stamp } from '../../domain/clock.ts'
import { ticketIdOf } from '../../domain/ids.ts'
import { NO_STATION, type OrderView } from '../../domain/order-view.ts'
import { furthest, statusRank, type OrderStatus } from '../../domain/order-status.ts'
import { hold } from './violation.ts'

/**
 * An order told a second time, in the plainest way there is: all of its events in clock order, each
 * assigned where it belongs. The join must come to the same without having the order (rule F1).
 */
export interface RawEvent {
  readonly stamp: Stamp
  readonly event: {
    readonly type: string
    readonly orderId: string
    readonly [field: string]: unknown
  }
}

interface PlainLine {
  added: boolean
  quantity?: unknown
  instructions?: unknown
  voided: boolean
  ticketId: string | null
}

interface PlainOrder {
  number: unknown
  table: unknown
  notes: unknown
  discount: unknown
  status: OrderStatus
  readonly lines: Map<string, PlainLine>
  readonly payments: Map<string, number>
  /** Payments by the word of a manager → the intent that they stand for. */
  readonly settled: Map<string, unknown>
  /** Intents → the first transaction that a terminal made of them. */
  readonly captured: Map<unknown, string>
  readonly refunds: Map<string, { readonly paymentId: string; readonly amountMinor: number }>
}

export function tellOrder(events: readonly RawEvent[]): PlainOrder {
  const order: PlainOrder = {
    number: undefined,
    table: null,
    notes: null,
    discount: null,
    status: 'pending',
    lines: new Map(),
    payments: new Map(),
    settled: new Map(),
    captured: new Map(),
    refunds: new Map(),
  }
  const inOrder = events.toSorted(
    (a, b) =>
      compareStamps(a.stamp, b.stamp) ||
      (JSON.stringify(a.event) < JSON.stringify(b.event) ? -1 : 1),
  )
  for (const { event } of inOrder) tellEvent(order, event)
  return order
}

function tellEvent(order: PlainOrder, event: RawEvent['event']): void {
  switch (event.type) {
    case 'order.created':
      order.number ??= event.number
      order.table = event.table
      order.notes = event.notes
      return
    case 'order.details_changed':
      if (event.table !== undefined) order.table = event.table
      if (event.notes !== undefined) order.notes = event.notes
      return
    case 'order.discount_set':
      order.discount = event.discount
      return
    case 'order.line_added':
      Object.assign(lineOf(order, event.lineId), {
        added: true,
        quantity: event.quantity,
        instructions: event.instructions,
      })
      return
    case 'order.line_changed':
      if (event.quantity !== undefined) lineOf(order, event.lineId).quantity = event.quantity
      if (event.instructions !== undefined) {
        lineOf(order, event.lineId).instructions = event.instructions
      }
      return
    case 'order.line_voided':
      lineOf(order, event.lineId).voided = true
      return
    case 'order.fired':
      for (const fired of event.lines as { lineId: string; stationId: string }[]) {
        const { lineId, stationId } = fired
        lineOf(order, lineId).ticketId ??= ticketIdOf(event.firingId as string, stationId)
      }
      return
    case 'order.payment_taken':
      if (!order.payments.has(event.paymentId as string)) {
        const minor = (event.amountMinor as number) + (event.tipMinor as number)
        order.payments.set(event.paymentId as string, minor)
      }
      if (event.intentId !== undefined && event.transactionId === undefined) {
        order.settled.set(event.paymentId as string, event.intentId)
      } else if (!order.captured.has(event.intentId)) {
        order.captured.set(event.intentId, event.paymentId as string)
      }
      return
    case 'order.payment_refunded':
      if (!order.refunds.has(event.refundId as string)) {
        const { paymentId, amountMinor } = event as unknown as {
          paymentId: string
          amountMinor: number
        }
        order.refunds.set(event.refundId as string, { paymentId, amountMinor })
      }
      return
    case 'order.confirmed':
    case 'order.preparing':
    case 'order.ready':
    case 'order.completed':
    case 'order.cancelled':
      order.status = furthest(order.status, event.type.slice('order.'.length) as OrderStatus)
  }
}

function lineOf(order: PlainOrder, lineId: unknown): PlainLine {
  const known = order.lines.get(lineId as string)
  if (known !== undefined) return known
  const fresh: PlainLine = { added: false, voided: false, ticketId: null }
  order.lines.set(lineId as string, fresh)
  return fresh
}

/** The order as a device shows it is the order as its log tells it. */
export function compareOrder(view: OrderView | null, events: readonly RawEvent[]): void {
  const told = tellOrder(events)
  const orderId = events[0]?.event.orderId ?? ''
  const same = (rule: string, what: string, shown: unknown, logged: unknown) =>
    hold(rule, JSON.stringify(shown) === JSON.stringify(logged), () => {
      const both = `shown ${JSON.stringify(shown)}, logged ${JSON.stringify(logged)}`
      return `${what} of order ${orderId}: ${both}`
    })
  if (view === null) return same('F1', 'the creation', null, told.number ?? null)
  same('N1', 'the number', view.number, told.number)
  same('F1', 'the table', view.table, told.table)
  same('F1', 'the notes', view.notes, told.notes)
  same('F1', 'the discount', view.discount?.discount ?? null, told.discount)
  compareStatus(view, told.status)
  const shownLines = view.lines.map((l) => [l.id, l.quantity, l.instructions, l.voided, l.ticketId])
  const loggedLines = [...told.lines]
    .filter(([, line]) => line.added)
    .map(([id, line]) => [id, line.quantity, line.instructions, line.voided, ticketOf(line)])
  same('F1', 'the lines', shownLines.toSorted(byFirst), loggedLines.toSorted(byFirst))
  const shownMoney = view.payments.map((p) => [p.id, p.amountMinor + p.tipMinor, p.refundedMinor])
  const loggedMoney = [...told.payments]
    .filter(([id]) => standsFor(told, id) === id)
    .map(([id, minor]) => [id, minor, refunded(told, id)])
  same('F2', 'the money', shownMoney.toSorted(byFirst), loggedMoney.toSorted(byFirst))
}

const byFirst = (a: readonly unknown[], b: readonly unknown[]): number =>
  (a[0] as string) < (b[0] as string) ? -1 : 1

const ticketOf = ({ ticketId }: PlainLine): string | null =>
  ticketId?.endsWith(`/${NO_STATION}`) === true ? null : ticketId

/** A manager's word counts until the terminal's does. */
const standsFor = ({ settled, captured }: PlainOrder, paymentId: string): string =>
  (settled.has(paymentId) ? captured.get(settled.get(paymentId)) : undefined) ?? paymentId

function refunded(order: PlainOrder, paymentId: string): number {
  const own = [...order.refunds.values()].filter(
    (refund) => standsFor(order, refund.paymentId) === paymentId,
  )
  return own.reduce((sum, refund) => sum + refund.amountMinor, 0)
}

/** The kitchen's marks may bring an order to ready before anybody writes that down. */
function compareStatus(view: OrderView, logged: OrderStatus): void {
  const fits =
    view.status === logged ||
    (statusRank(logged) < statusRank(view.status) && statusRank(view.status) <= statusRank('ready'))
  hold('F2', fits, () => `order ${view.id} is shown as ${view.status} and logged as ${logged}`)
}
