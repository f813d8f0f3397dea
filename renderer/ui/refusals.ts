import { say } from '../words/say.ts'
import type { Failure } from './client.ts'
import { formatTime } from './format.ts'

/**
 * A refusal in the language of the screen, by its code. What has an amount in it is said by who knows
 * the currency (pos/explain.ts); a code without words here keeps the English sentence of the device.
 */
export function explainRefusal(error: Failure, message: string): string {
  switch (error.code) {
    case 'order_not_found':
    case 'customer_erased':
    case 'order_exists':
    case 'invalid_transition':
    case 'store_not_loaded':
    case 'empty_order':
    case 'unknown_item':
    case 'line_not_found':
    case 'cannot_move_there':
    case 'ticket_not_found':
    case 'payment_not_found':
    case 'no_card_terminal':
    case 'voucher_exists':
    case 'voucher_unknown':
    case 'voucher_not_paid':
    case 'voucher_spent':
    case 'intent_not_found':
    case 'intent_closed':
    case 'scheduled_in_past':
    case 'scheduled_too_far':
    case 'reason_required':
    case 'conflict_not_found':
    case 'conflict_changed':
    case 'resolution_not_possible':
    case 'version_mismatch':
    case 'approval_required':
    case 'forbidden':
    case 'pin_key_missing':
    case 'too_busy':
    case 'not_signed_in':
    case 'not_allowed':
    case 'customer_not_found':
    case 'removed_from_store':
    case 'drawer_open':
    case 'drawer_not_open':
    case 'older_orders_unreachable':
    case 'no_printer':
    case 'no_drawer':
    case 'printer_not_found':
    case 'no_kitchen_printer':
    case 'voucher_not_overdrawn':
    case 'check_not_found':
      return say(`refusal.${error.code}`)
    case 'item_unavailable':
    case 'not_sold_now':
    case 'not_a_combo':
    case 'line_already_sent':
    case 'line_voided':
    case 'line_moved':
    case 'line_not_fired':
      return say(`refusal.${error.code}`, { name: error.name })
    case 'item_sold_out':
      return error.left === 0
        ? say('refusal.soldOut', { name: error.name })
        : say('refusal.item_sold_out', { name: error.name, count: error.left })
    case 'empty_combo':
    case 'invalid_pick':
      return say(`refusal.${error.code}`, { comboName: error.comboName })
    case 'invalid_modifier':
      return say('refusal.invalid_modifier', { itemName: error.itemName })
    case 'modifier_count': {
      const { itemName, groupName, min, max, chosen } = error
      return say('refusal.modifier_count', { itemName, groupName, min, max, chosen })
    }
    case 'too_many_items':
      return say('refusal.too_many_items', { limit: error.limit, count: error.count })
    case 'slot_full': {
      const time = formatTime(Date.parse(error.promisedFor))
      return error.nextFree === null
        ? say('refusal.slot_full_all_day', { time })
        : say('refusal.slot_full', { time, next: formatTime(Date.parse(error.nextFree)) })
    }
    case 'storage_failed':
      return say('refusal.storage_failed', { detail: error.detail })
    default:
      return message
  }
}
