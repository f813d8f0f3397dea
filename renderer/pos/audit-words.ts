import type { AuditLine } from '../../protocol/rest/audit.ts'
import type { ScreenCall } from '../../protocol/screens.ts'

export type AuditView = Extract<ScreenCall, { type: 'readAudit' }>['view']

export const AUDIT_VIEWS: readonly { readonly id: AuditView; readonly name: string }[] = [
  { id: 'all', name: 'Everything' },
  { id: 'approved', name: 'Approved by a manager' },
  { id: 'money', name: 'Voids, discounts, refunds' },
  { id: 'people', name: 'People, settings, drawer' },
]

/** A name where there is one. */
export function whoDid({ actor, actor_name: name }: AuditLine): string {
  if (name !== null) return name
  const [kind = '', ...rest] = actor.split(':')
  switch (kind) {
    case 'device':
      return 'The device itself'
    case 'office':
      return 'Back office'
    case 'token':
      return `${rest.join(':')} (token)`
    default:
      return actor
  }
}

type Event = AuditLine['events'][number]

/** One line of the journal in plain words: what its first telling event says, and of what. */
export function deedOf(line: AuditLine): string {
  const told = line.events.filter(({ type }) => type !== 'order.approved')
  const [first] = told
  if (first === undefined) return 'Approved'
  const words = wordsOf(first)
  const more = told.length > 1 ? ` and ${told.length - 1} more` : ''
  return `${words}${more}`
}

function wordsOf({ type, data }: Event): string {
  const kind = typeof data['kind'] === 'string' ? data['kind'].replaceAll('_', ' ') : ''
  switch (type) {
    case 'record.set':
      return data['value'] === null ? `Removed: ${kind}` : `Set: ${kind}`
    case 'record.withdrawn':
      return `Taken back: ${kind}`
    case 'journal.written':
      return JOURNAL_WORDS[String(data['kind'])] ?? `Noted: ${kind}`
    case 'order.created':
      return `Order begun${typeof data['order_number'] === 'string' ? `: ${data['order_number']}` : ''}`
    default:
      return ORDER_WORDS[type] ?? type.replace('order.', '').replaceAll('_', ' ')
  }
}

const ORDER_WORDS: Readonly<Record<string, string>> = {
  'order.line_added': 'Item added',
  'order.line_changed': 'Item changed',
  'order.line_voided': 'Item voided',
  'order.line_moved': 'Item moved',
  'order.discount_set': 'Discount set',
  'order.details_changed': 'Details changed',
  'order.confirmed': 'Confirmed',
  'order.preparing': 'Being made',
  'order.ready': 'Ready',
  'order.completed': 'Completed',
  'order.cancelled': 'Order cancelled',
  'order.fired': 'Sent to the kitchen',
  'order.line_marked': 'Marked in the kitchen',
  'order.ticket_bumped': 'Ticket bumped',
  'order.ticket_recalled': 'Ticket recalled',
  'order.ticket_seen': 'Ticket shown',
  'order.fired_also': 'Sent to further stations',
  'order.also_marked': 'Marked in the kitchen',
  'order.tickets_rushed': 'Rush',
  'order.tickets_handed': 'Handed out',
  'order.changes_seen': 'Changes read in the kitchen',
  'order.payment_taken': 'Payment taken',
  'order.payment_refunded': 'Payment refunded',
  'order.conflict_settled': 'Settled',
}

const JOURNAL_WORDS: Readonly<Record<string, string>> = {
  drawer_opened: 'Drawer opened with its float',
  drawer_moved: 'Cash moved',
  drawer_popped: 'Drawer opened without a sale',
  drawer_closed: 'Drawer counted and closed',
  approved: 'Approved',
  sign_in_locked: 'Too many wrong PINs',
  sign_in_freed: 'Sign-in freed by a manager',
  token_made: 'Access token made',
  token_ended: 'Access token ended',
}
