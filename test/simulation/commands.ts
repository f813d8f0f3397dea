import { CHANNELS } from '../../domain/catalog.ts'
import type { LineRequest, OrderCommand, OrderCommandOf } from '../../domain/commands.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { line } from '../support/orders.ts'
import type { Random } from './random.ts'

const LINES: readonly LineRequest[] = [
  line('burger', 2, ['extra_cheese', 'no_onions']),
  line('burger', 1, ['small']),
  line('steak', 1, ['rare']),
  line('salad', 3),
  line('bottle'),
]

const someLines = (random: Random): LineRequest[] =>
  Array.from({ length: random.between(1, 3) }, () => random.pick(LINES))

export const createCommand = (random: Random, orderId: string): OrderCommand => ({
  type: 'createOrder',
  orderId,
  channel: random.pick(CHANNELS),
  table: String(random.between(1, 9)),
  customerId: null,
  customer: null,
  locationId: null,
  scheduledFor: null,
  notes: null,
  lines: random.chance(0.8) ? someLines(random) : [],
})

type Chooser = (order: OrderView, random: Random) => OrderCommand | null

/** Anything that a till or a kitchen screen might ask for next; often refused, as in life. */
const CHOOSERS: readonly (readonly [weight: number, choose: Chooser])[] = [
  [5, (o, random) => ({ type: 'addLines', orderId: o.id, lines: someLines(random) })],
  [8, (o) => ({ type: 'sendToKitchen', orderId: o.id })],
  [4, (o) => ({ type: 'startPreparing', orderId: o.id })],
  [6, (o) => ({ type: 'markReady', orderId: o.id })],
  [6, (o) => ({ type: 'completeOrder', orderId: o.id })],
  [2, (o) => ({ type: 'cancelOrder', orderId: o.id, reason: 'guest left' })],
  [3, (o, random) => ({ type: 'changeDetails', orderId: o.id, table: `${random.below(20)}` })],
  [2, (o, random) => ({ type: 'changeDetails', orderId: o.id, notes: `n${random.below(99)}` })],
  [3, discount],
  [8, (o, random) => pay(o, random.chance(0.7) ? o.totals.dueMinor : random.between(1, 900))],
  [6, (o, random) => onLine(o, random, (lineId) => changeLine(o, lineId, random))],
  [4, (o, random) => onLine(o, random, (lineId) => voidLine(o, lineId))],
  [5, (o, random) => onLine(o, random, (lineId) => mark(o, lineId, random))],
  [4, (o, random) => onTicket(o, random, 'bumpTicket')],
  [2, (o, random) => onTicket(o, random, 'recallTicket')],
  [1, (o, random) => ({ type: 'rushTickets', orderId: o.id, rush: random.chance(0.7) })],
  [2, (o, random) => ({ type: 'handTickets', orderId: o.id, handed: random.chance(0.8) })],
  [1, readChanges],
  [3, seen],
  [2, refund],
]

const WITH_CARDS: typeof CHOOSERS = [...CHOOSERS, [3, payByCard], [5, terminalAnswers]]

export function commandOn(order: OrderView, random: Random, withCards: boolean): OrderCommand {
  const choosers = withCards ? WITH_CARDS : CHOOSERS
  return random.weighted(choosers)(order, random) ?? { type: 'sendToKitchen', orderId: order.id }
}

function discount(order: OrderView, random: Random): OrderCommand {
  const value = random.chance(0.5)
    ? { kind: 'percent' as const, ratePpm: random.below(9) * 12_500 }
    : { kind: 'amount' as const, amountMinor: random.below(900) }
  return { type: 'setDiscount', orderId: order.id, discount: value, reason: 'late' }
}

function pay(order: OrderView, wantedMinor: number): OrderCommandOf<'takePayment'> {
  const amountMinor = Math.max(1, wantedMinor)
  const tipMinor = amountMinor % 7
  return {
    type: 'takePayment',
    orderId: order.id,
    method: 'cash',
    amountMinor,
    tipMinor,
    tenderedMinor: null,
  }
}

function payByCard(order: OrderView): OrderCommand {
  return { ...pay(order, Math.min(order.totals.dueMinor, 700)), method: 'card' }
}

/**
 * What a terminal says, to whichever device asks: of one intent mostly the same transaction, so
 * devices apart write it down twice. Now and then it says nothing, or a manager does instead.
 */
function terminalAnswers(order: OrderView, random: Random): OrderCommand | null {
  if (order.intents.length === 0) return null
  const { id: intentId, amountMinor, tipMinor } = random.pick(order.intents)
  const command = { orderId: order.id, intentId }
  if (random.chance(0.1)) return { ...command, type: 'settlePayment', as: 'taken', reason: 'slip' }
  if (random.chance(0.1)) return { ...command, type: 'cancelPayment' }
  const outcome = random.chance(0.7)
    ? {
        kind: 'approved' as const,
        transactionId: `${intentId}-${random.chance(0.1) ? 2 : 1}`,
        approvedMinor: amountMinor + tipMinor,
        card: { brand: null, lastFour: null, token: null, authorisationCode: null, offline: false },
      }
    : random.chance(0.5)
      ? { kind: 'failed' as const, why: 'declined' as const, detail: null }
      : { kind: 'unclear' as const, detail: null }
  return { ...command, type: 'recordOutcome', outcome }
}

function onLine(
  order: OrderView,
  random: Random,
  command: (lineId: string) => OrderCommand,
): OrderCommand | null {
  return order.lines.length === 0 ? null : command(random.pick(order.lines).id)
}

const changeLine = (order: OrderView, lineId: string, random: Random): OrderCommand => ({
  type: 'changeLine',
  orderId: order.id,
  lineId,
  quantity: random.between(1, 9),
  ...(random.chance(0.4) && { instructions: `i${random.below(99)}` }),
})

const voidLine = (order: OrderView, lineId: string): OrderCommand => ({
  type: 'voidLine',
  orderId: order.id,
  lineId,
  reason: 'dropped',
})

const mark = (order: OrderView, lineId: string, random: Random): OrderCommand => ({
  type: 'markLines',
  orderId: order.id,
  lineIds: [lineId],
  mark: random.pick(['queued', 'preparing', 'ready', 'ready']),
})

function onTicket(
  order: OrderView,
  random: Random,
  type: 'bumpTicket' | 'recallTicket',
): OrderCommand | null {
  if (order.tickets.length === 0) return null
  return { type, orderId: order.id, ticketId: random.pick(order.tickets).id }
}

function seen(order: OrderView, random: Random): OrderCommand | null {
  if (order.tickets.length === 0) return null
  const ticketIds = [random.pick(order.tickets).id]
  return { type: 'seeTickets', orderId: order.id, ticketIds, deviceId: `k${random.below(2)}` }
}

function readChanges(order: OrderView, random: Random): OrderCommand | null {
  if (order.tickets.length === 0) return null
  return { type: 'seeChanges', orderId: order.id, ticketId: random.pick(order.tickets).id }
}

function refund(order: OrderView, random: Random): OrderCommand | null {
  if (order.payments.length === 0) return null
  const { id: paymentId, amountMinor } = random.pick(order.payments)
  const part = random.chance(0.5) ? amountMinor : 1
  return {
    type: 'refundPayment',
    orderId: order.id,
    paymentId,
    amountMinor: Math.max(1, part),
    reason: 'cold',
  }
}
