import type { Catalog } from '../../domain/catalog.ts'
import { IS_REFUNDABLE } from '../../domain/conflict-kinds.ts'
import {
  movedFact,
  openConflicts,
  type Conflict,
  type ConflictSide,
} from '../../domain/conflicts.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { formatMoney } from '../ui/format.ts'
import { say } from '../words/say.ts'
import { isOpen } from './open-orders.ts'

/** What a manager has to settle, in plain words: pure. */

export interface ToSettle {
  readonly order: ShownOrder
  readonly conflict: Conflict
}

/** Of all orders on the screen, the oldest first: they have waited longest. */
export const toSettle = (orders: Iterable<ShownOrder>): ToSettle[] =>
  [...orders]
    .flatMap((order) => openConflicts(order.conflicts).map((conflict) => ({ order, conflict })))
    .toSorted((a, b) => (a.order.createdAt < b.order.createdAt ? -1 : 1))

export function conflictTitle({ order, conflict }: ToSettle): string {
  const amount = formatMoney(conflict.amountMinor, order.currency)
  switch (conflict.kind) {
    case 'overpaid':
      return say('settle.overpaid', { amount })
    case 'handed_over_after_cancel':
      return say('settle.handedOver')
    case 'cooked_after_cancel':
      return say('settle.cooked', { amount })
    case 'moved_after_cancel':
      return say('settle.movedTo', { amount })
    case 'paid_after_cancel':
      return say('settle.paidAfter', { amount })
    case 'payment_unclear':
      return say('settle.cardUnclear', { amount })
  }
}

export function sideText({ order }: ToSettle, side: ConflictSide): string {
  const name = order.lines.find((line) => line.id === side.lineId)?.name ?? say('settle.anItem')
  const amount = formatMoney(side.amountMinor ?? 0, order.currency)
  switch (side.what) {
    case 'asked':
    case 'paid':
      return say(`settle.did_${side.what}`, { amount })
    case 'cancelled':
    case 'completed':
      return say(`settle.did_${side.what}`)
    case 'moved':
    case 'preparing':
    case 'ready':
      return say(`settle.did_${side.what}`, { name })
  }
}

/** Who it was, and on which device. */
export function whoText({ actor, origin }: ConflictSide, catalog: Catalog): string {
  const device = [...catalog.device.values()].find((known) => known.origin === origin)?.name
  const [kind, id = ''] = splitOnce(actor, ':')
  const person = kind === 'staff' ? (catalog.staff.get(id)?.name ?? id) : null
  if (person === null) return device ?? id
  return device === undefined ? person : say('settle.personOn', { person, device })
}

function splitOnce(text: string, by: string): [string, string?] {
  const at = text.indexOf(by)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

export interface PutBackOffer {
  readonly lineIds: readonly string[]
  readonly toOrderId: string
  readonly toNumber: string
}

/** What was moved to a cancelled order goes back to where it was sold, if that is still open. */
export function putBackOffer(
  { order, conflict }: ToSettle,
  ordersById: ReadonlyMap<string, ShownOrder>,
): PutBackOffer | null {
  if (conflict.kind !== 'moved_after_cancel') return null
  const strays = order.lines.filter(({ id }) => conflict.facts.includes(movedFact(id)))
  for (const { homeOrderId } of strays) {
    const home = ordersById.get(homeOrderId)
    if (home === undefined || home.id === order.id || !isOpen(home)) continue
    const lineIds = strays.filter((l) => l.homeOrderId === homeOrderId).map(({ id }) => id)
    return { lineIds, toOrderId: home.id, toNumber: home.number }
  }
  return null
}

export interface RefundOffer {
  readonly paymentId: string
  readonly amountMinor: number
  readonly reason: string
}

/** The last payment first: it was the one too many. What it does not cover is offered next. */
export function refundOffer({ order, conflict }: ToSettle): RefundOffer | null {
  if (!IS_REFUNDABLE[conflict.kind]) return null
  const payment = order.payments.findLast((p) => p.amountMinor + p.tipMinor > p.refundedMinor)
  if (payment === undefined) return null
  const left = payment.amountMinor + payment.tipMinor - payment.refundedMinor
  return {
    paymentId: payment.id,
    amountMinor: Math.min(left, conflict.amountMinor),
    reason: say(conflict.kind === 'overpaid' ? 'reason.paidTwice' : 'reason.orderCancelled'),
  }
}
