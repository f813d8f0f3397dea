import type { OrderView } from '../../domain/order-view.ts'
import { hold } from './violation.ts'

/** What has to be true of an order on any screen at any time. */
export function checkOrder(order: OrderView): void {
  checkMoney(order)
  checkCaptures(order)
  checkTickets(order)
}

/** Rule M1, added up here a second time. */
function checkMoney(order: OrderView): void {
  const { totals: t } = order
  const live = order.lines.filter((line) => !line.voided)
  const sold = live.reduce((sum, { unitPriceMinor, modifiers, quantity }) => {
    const each = modifiers.reduce((price, m) => price + m.priceMinor, unitPriceMinor)
    return sum + Math.max(0, each) * quantity
  }, 0)
  const kept = order.payments.reduce((sum, p) => sum + p.amountMinor + p.tipMinor, 0)
  const returned = order.payments.reduce((sum, p) => sum + p.refundedMinor, 0)
  const forgiven = order.payments.reduce((sum, p) => sum + p.forgivenMinor, 0)
  const total =
    t.subtotalMinor - t.discountMinor + t.serviceChargeMinor + t.taxAddedMinor + t.tipMinor
  const adds =
    sold === t.subtotalMinor &&
    t.paidMinor === kept - returned + counted(order, total - kept + returned, forgiven) &&
    total === t.totalMinor &&
    t.dueMinor === t.totalMinor - t.paidMinor &&
    new Set(order.payments.map((p) => p.id)).size === order.payments.length &&
    Object.values(t).every((value) => Array.isArray(value) || Number.isSafeInteger(value))
  hold('M1', adds, () => `the money of order ${order.id} does not add up: ${JSON.stringify(t)}`)
}

/** Rule M3: a transaction of a terminal is one payment, and a manager's word is none beside it. */
function checkCaptures({ id, payments }: OrderView): void {
  const captures = payments.filter(({ intentId }) => intentId !== null)
  const transactions = new Set(captures.map((p) => `${p.intentId} ${p.transactionId}`))
  const answered = new Set(captures.flatMap((p) => (p.transactionId === null ? [] : p.intentId)))
  const isOnce =
    transactions.size === captures.length &&
    captures.every((p) => p.transactionId !== null || !answered.has(p.intentId))
  hold('M3', isOnce, () => `a card of order ${id} is captured twice`)
}

/** What was given back without being due again still counts, as far as it is needed. */
const counted = ({ status }: OrderView, openMinor: number, forgivenMinor: number): number =>
  status === 'cancelled' ? 0 : Math.min(forgivenMinor, Math.max(0, openMinor))

/** Rule K1: a ticket once, and a line on the one ticket that it says. */
function checkTickets(order: OrderView): void {
  const ids = new Set(order.tickets.map((ticket) => ticket.id))
  hold('K1', ids.size === order.tickets.length, () => `order ${order.id} has a ticket twice`)
  const onTickets = order.tickets.flatMap((t) => t.lineIds.map((lineId) => `${lineId} ${t.id}`))
  const lines = order.lines.filter((line) => line.ticketId !== null)
  const expected = lines.map((line) => `${line.id} ${line.ticketId}`)
  const fits = onTickets.toSorted().join('\n') === expected.toSorted().join('\n')
  hold('K1', fits, () => `a line of order ${order.id} is on two tickets, or on none`)
}
