import type { ConflictKind, Resolution } from './conflict-kinds.ts'
import type { OrderCommandType } from './commands.ts'
import type { Approvable } from './approvals.ts'
import type { OrderStatus } from './order-status.ts'

/** Why a command was refused: a stable code, and what a screen needs to say what would be right. */
export type Rejection =
  | { readonly code: 'order_not_found'; readonly orderId: string }
  | { readonly code: 'order_exists'; readonly orderId: string }
  | { readonly code: 'customer_erased'; readonly customerId: string }
  | {
      readonly code: 'invalid_transition'
      readonly command: OrderCommandType
      readonly status: OrderStatus
      readonly possible: readonly OrderStatus[]
    }
  | { readonly code: 'store_not_loaded' }
  | { readonly code: 'payment_required'; readonly channel: string; readonly dueMinor: number }
  | { readonly code: 'empty_order' }
  | { readonly code: 'unknown_item'; readonly itemId: string }
  | { readonly code: 'item_unavailable'; readonly itemId: string; readonly name: string }
  | { readonly code: 'not_sold_now'; readonly itemId: string; readonly name: string }
  | {
      readonly code: 'item_sold_out'
      readonly itemId: string
      readonly name: string
      readonly left: number
    }
  | { readonly code: 'not_a_combo'; readonly itemId: string; readonly name: string }
  | { readonly code: 'open_item_needs_price'; readonly itemId: string; readonly name: string }
  | { readonly code: 'not_an_open_item'; readonly itemId: string; readonly name: string }
  | { readonly code: 'empty_combo'; readonly comboName: string }
  | {
      readonly code: 'invalid_pick'
      readonly slotId: string
      readonly itemId: string
      readonly comboName: string
      readonly possible: readonly string[]
    }
  | {
      readonly code: 'invalid_modifier'
      readonly modifierId: string
      readonly itemName: string
      readonly possible: readonly string[]
    }
  | {
      readonly code: 'modifier_count'
      readonly itemName: string
      readonly groupName: string
      readonly min: number
      readonly max: number
      readonly chosen: number
    }
  | { readonly code: 'too_many_items'; readonly limit: number; readonly count: number }
  | { readonly code: 'line_not_found'; readonly lineId: string }
  | { readonly code: 'line_already_sent'; readonly lineId: string; readonly name: string }
  | { readonly code: 'line_voided'; readonly lineId: string; readonly name: string }
  | {
      readonly code: 'line_moved'
      readonly lineId: string
      readonly name: string
      readonly toOrderId: string
    }
  | { readonly code: 'cannot_move_there'; readonly orderId: string }
  | {
      readonly code: 'cannot_merge'
      readonly orderId: string
      readonly because: MergeObstacle
    }
  | { readonly code: 'no_seats' }
  | { readonly code: 'item_split_twice'; readonly lineId: string; readonly name: string }
  | { readonly code: 'empty_course'; readonly course: number }
  | { readonly code: 'course_already_sent'; readonly course: number }
  | { readonly code: 'line_not_fired'; readonly lineId: string; readonly name: string }
  | { readonly code: 'ticket_not_found'; readonly ticketId: string }
  | { readonly code: 'ticket_not_made'; readonly ticketId: string }
  | { readonly code: 'payment_not_found'; readonly paymentId: string }
  | { readonly code: 'overpayment'; readonly dueMinor: number; readonly amountMinor: number }
  | {
      readonly code: 'insufficient_tender'
      readonly neededMinor: number
      readonly tenderedMinor: number
    }
  | { readonly code: 'refund_too_large'; readonly refundableMinor: number }
  | { readonly code: 'payment_pending'; readonly pendingMinor: number; readonly dueMinor: number }
  | { readonly code: 'no_card_terminal' }
  | { readonly code: 'voucher_exists' }
  | { readonly code: 'voucher_unknown' }
  | { readonly code: 'voucher_not_paid' }
  | { readonly code: 'voucher_spent'; readonly spentMinor: number }
  | {
      readonly code: 'voucher_balance'
      readonly balanceMinor: number
      readonly neededMinor: number
    }
  | { readonly code: 'intent_not_found'; readonly intentId: string }
  | { readonly code: 'intent_closed'; readonly intentId: string; readonly state: string }
  | { readonly code: 'amount_too_large'; readonly maxMinor: number }
  | { readonly code: 'scheduled_in_past'; readonly scheduledFor: string }
  | { readonly code: 'scheduled_too_far'; readonly scheduledFor: string }
  | {
      readonly code: 'slot_full'
      readonly promisedFor: string
      /** Null: not within a day. */
      readonly nextFree: string | null
    }
  | { readonly code: 'reason_required' }
  | { readonly code: 'conflict_not_found'; readonly kind: ConflictKind }
  | { readonly code: 'conflict_changed'; readonly kind: ConflictKind }
  | {
      readonly code: 'resolution_not_possible'
      readonly kind: ConflictKind
      readonly possible: readonly Resolution[]
    }
  | { readonly code: 'version_mismatch'; readonly expected: number; readonly actual: number }
  | { readonly code: 'forbidden'; readonly role: string; readonly command: OrderCommandType }
  | { readonly code: 'approval_required'; readonly command: Approvable }

/** What ties money to an order, so that it cannot be emptied into another one. */
export type MergeObstacle = 'paid' | 'card_pending' | 'voucher_sold' | 'discounted'

const OBSTACLES: Record<MergeObstacle, string> = {
  paid: 'Something was paid on this order. Merge the other one into it, or refund the payment first.',
  card_pending: 'A card is being asked for this order. Wait for it, or cancel it.',
  voucher_sold: 'A gift voucher is sold with this order. Merge the other one into it.',
  discounted: 'This order has a discount, which the other one has not. Take it back first.',
}

export type RejectionCode = Rejection['code']

/** One plain sentence for a person: what was wrong, and what would be right. */
export function explainRejection(rejection: Rejection): string {
  switch (rejection.code) {
    case 'order_not_found':
      return `There is no order ${rejection.orderId} on this device. Old orders leave it: they can be looked up then, and not be changed.`
    case 'customer_erased':
      return 'This customer was erased. Take the order for a new one.'
    case 'order_exists':
      return `An order ${rejection.orderId} exists already; a new order needs a new id.`
    case 'invalid_transition':
      return `An order that is ${rejection.status} does not take ${rejection.command}. ${
        rejection.possible.length === 0
          ? 'Its status is final.'
          : `From here it can become ${rejection.possible.join(' or ')}.`
      }`
    case 'store_not_loaded':
      return 'This device has not received the menu of its store yet. Connect it with another device of the store first.'
    case 'payment_required':
      return `Orders of the channel ${rejection.channel} are confirmed once they are paid; ${rejection.dueMinor} minor units are still due.`
    case 'empty_order':
      return 'The order has no items. Add one first, or cancel the order.'
    case 'unknown_item':
      return `The menu has no item ${rejection.itemId}.`
    case 'item_unavailable':
      return `${rejection.name} is not available right now.`
    case 'not_sold_now':
      return `${rejection.name} is not sold at this hour.`
    case 'item_sold_out':
      return rejection.left === 0
        ? `${rejection.name} is sold out.`
        : `Of ${rejection.name} only ${rejection.left} more can be sold.`
    case 'not_a_combo':
      return `${rejection.name} is no combo: nothing is picked for it.`
    case 'open_item_needs_price':
      return `${rejection.name} is an open item: say what it is and for how much.`
    case 'not_an_open_item':
      return `${rejection.name} has its own name and price.`
    case 'empty_combo':
      return `${rejection.comboName} needs at least one pick.`
    case 'invalid_pick':
      return `${rejection.comboName} has no ${rejection.itemId} in its slot ${rejection.slotId}. It has: ${rejection.possible.join(', ')}.`
    case 'invalid_modifier':
      return `${rejection.itemName} has no modifier ${rejection.modifierId}. ${
        rejection.possible.length === 0
          ? 'It takes none.'
          : `It takes: ${rejection.possible.join(', ')}.`
      }`
    case 'modifier_count':
      return `${rejection.itemName}: ${rejection.groupName} takes ${
        rejection.min === rejection.max
          ? `exactly ${rejection.min}`
          : `${rejection.min} to ${rejection.max}`
      }, and ${rejection.chosen} were chosen.`
    case 'too_many_items':
      return `An order holds up to ${rejection.limit} items; this one would have ${rejection.count}.`
    case 'line_not_found':
      return `The order has no item ${rejection.lineId}.`
    case 'line_already_sent':
      return `${rejection.name} is with the kitchen already. Void it and add a new one.`
    case 'line_voided':
      return `${rejection.name} was voided.`
    case 'line_moved':
      return `${rejection.name} was moved to another order.`
    case 'cannot_move_there':
      return 'Items can be moved to another order that is open.'
    case 'cannot_merge':
      return OBSTACLES[rejection.because]
    case 'no_seats':
      return 'No item of the order has a seat. Say whose they are, or split it in another way.'
    case 'item_split_twice':
      return `${rejection.name} would be on two checks.`
    case 'empty_course':
      return `Nothing in the order is of course ${rejection.course}.`
    case 'course_already_sent':
      return `All of course ${rejection.course} is with the kitchen already.`
    case 'line_not_fired':
      return `${rejection.name} has not been sent to the kitchen.`
    case 'ticket_not_found':
      return `The order has no ticket ${rejection.ticketId}.`
    case 'ticket_not_made':
      return 'Not all of that has been bumped in the kitchen.'
    case 'payment_not_found':
      return `The order has no payment ${rejection.paymentId}.`
    case 'overpayment':
      return `Only ${rejection.dueMinor} minor units are due; ${rejection.amountMinor} would be too much.`
    case 'insufficient_tender':
      return `${rejection.neededMinor} minor units are needed and ${rejection.tenderedMinor} were tendered.`
    case 'refund_too_large':
      return `At most ${rejection.refundableMinor} minor units of this payment can be refunded.`
    case 'payment_pending':
      return `A card is being asked for ${rejection.pendingMinor} of the ${rejection.dueMinor} minor units that are due. Wait for it, cancel it, or say that this is to be paid beside it.`
    case 'voucher_exists':
      return 'This voucher was sold already.'
    case 'voucher_unknown':
      return 'This store has sold no such voucher, or this device has not heard of it yet.'
    case 'voucher_not_paid':
      return 'The order that this voucher was sold with is not paid yet.'
    case 'voucher_spent':
      return `The voucher was paid with already: ${rejection.spentMinor} minor units of it are spent.`
    case 'voucher_balance':
      return `As far as this device knows the voucher is worth ${rejection.balanceMinor} minor units, and ${rejection.neededMinor} are asked for.`
    case 'no_card_terminal':
      return 'This device has no card terminal. Take the card at a till that has one.'
    case 'intent_not_found':
      return `The order has no card payment or refund ${rejection.intentId}.`
    case 'intent_closed':
      return `It is ${rejection.state} already; there is nothing to cancel or to settle.`
    case 'amount_too_large':
      return `The order would come to more than ${rejection.maxMinor} minor units.`
    case 'scheduled_in_past':
      return `${rejection.scheduledFor} has passed. Leave the time out to have it now.`
    case 'scheduled_too_far':
      return `${rejection.scheduledFor} is more than five years ahead. Is the year right?`
    case 'slot_full':
      return rejection.nextFree === null
        ? `The kitchen has taken on all it can around ${rejection.promisedFor}, and for a day from there.`
        : `The kitchen has taken on all it can around ${rejection.promisedFor}. There is room from ${rejection.nextFree} on.`
    case 'reason_required':
      return 'A reason is needed.'
    case 'conflict_not_found':
      return 'There is nothing of this kind to settle in the order, or somebody has settled it.'
    case 'conflict_changed':
      return 'More has become known about this order. Look at it again before you settle it.'
    case 'resolution_not_possible':
      return rejection.possible.length === 0
        ? 'This is settled by saying whether the payment was taken.'
        : `This is settled by: ${rejection.possible.join(' or ')}.`
    case 'version_mismatch':
      return `The order has changed: it is at version ${rejection.actual}, not ${rejection.expected}. Read it again.`
    case 'approval_required':
      return 'A manager has to approve this.'
    case 'forbidden':
      return `The role ${rejection.role} may not ${rejection.command}.`
  }
}
