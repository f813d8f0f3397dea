import type { Role, StoreSettings } from '../../domain/catalog.ts'
import { isLive, type ShownOrder } from '../../domain/order-view.ts'
import { PERMITTED, STATUS_MOVES } from '../../domain/order-status.ts'
import { mayCommand } from '../../domain/roles.ts'
import { hasSendable } from './courses/next-course.ts'

export interface OrderSteps {
  readonly canSend: boolean
  readonly canPay: boolean
  readonly canComplete: boolean
  readonly canCancel: boolean
  readonly canMove: boolean
  readonly canDiscount: boolean
}

const NOTHING: OrderSteps = {
  canSend: false,
  canPay: false,
  canComplete: false,
  canCancel: false,
  canMove: false,
  canDiscount: false,
}

/**
 * Which buttons make sense. The domain decides in the end; this keeps a cashier from taps that it
 * would refuse, and reads the same tables.
 */
export function orderSteps(order: ShownOrder | null): OrderSteps {
  if (order === null) {
    return NOTHING
  }
  const permitted = PERMITTED[order.status]
  const hasLines = order.lines.some(isLive)
  return {
    canSend: permitted.sendToKitchen && hasSendable(order),
    canPay: permitted.takePayment && hasLines && order.totals.dueMinor > 0,
    canComplete: STATUS_MOVES[order.status].complete !== null && mayLeave(order),
    canCancel: STATUS_MOVES[order.status].cancel !== null,
    canMove: permitted.moveLines && hasLines,
    canDiscount: permitted.setDiscount && hasLines,
  }
}

/** A guest who is here pays first, and paying hands over; a driver may collect at the door. */
const mayLeave = (order: ShownOrder): boolean =>
  order.totals.dueMinor <= 0 || order.channel === 'delivery' || order.channel === 'online'

/** Channels without credit: the kitchen gets the order once it is paid (rule S1). */
export const mustPayFirst = (order: ShownOrder, settings: StoreSettings | undefined): boolean =>
  order.status === 'pending' &&
  order.totals.dueMinor > 0 &&
  settings?.payLaterChannels.includes(order.channel) === false

/** There is something to put on paper. */
export const hasReceipt = (order: ShownOrder | null): boolean =>
  order !== null && (order.lines.some(isLive) || order.payments.length > 0)

export const mayRefund = (order: ShownOrder, role: Role): boolean =>
  mayCommand(role, 'refundPayment') &&
  order.payments.some((p) => p.amountMinor + p.tipMinor > p.refundedMinor)
