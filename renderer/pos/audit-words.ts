import type { AuditLine } from '../../protocol/rest/audit.ts'
import type { ScreenCall } from '../../protocol/screens.ts'
import { say } from '../words/say.ts'
import { spoken } from '../words/spoken.ts'

export type AuditView = Extract<ScreenCall, { type: 'readAudit' }>['view']

export const AUDIT_VIEWS: readonly AuditView[] = ['all', 'approved', 'money', 'people']

export const VIEW_NAMES: Readonly<Record<AuditView, string>> = spoken({
  all: 'audit.all',
  approved: 'audit.view_approved',
  money: 'audit.view_money',
  people: 'audit.view_people',
})

/** A name where there is one. */
export function whoDid({ actor, actor_name: name }: AuditLine): string {
  if (name !== null) return name
  const [kind = '', ...rest] = actor.split(':')
  switch (kind) {
    case 'device':
      return say('audit.device')
    case 'office':
      return say('audit.office')
    case 'token':
      return say('audit.token', { name: rest.join(':') })
    default:
      return actor
  }
}

type Event = AuditLine['events'][number]

/** One line of the journal in plain words: what its first telling event says, and of what. */
export function deedOf(line: AuditLine): string {
  const told = line.events.filter(({ type }) => type !== 'order.approved')
  const [first] = told
  if (first === undefined) return say('audit.approved')
  const words = wordsOf(first)
  return told.length > 1 ? say('audit.andMore', { deed: words, n: told.length - 1 }) : words
}

function wordsOf({ type, data }: Event): string {
  const kind = typeof data['kind'] === 'string' ? data['kind'].replaceAll('_', ' ') : ''
  switch (type) {
    case 'record.set':
      return say(data['value'] === null ? 'audit.recordRemoved' : 'audit.recordSet', { kind })
    case 'record.withdrawn':
      return say('audit.recordWithdrawn', { kind })
    case 'journal.written':
      return JOURNAL_WORDS[String(data['kind'])] ?? say('audit.noted', { kind })
    case 'order.created':
      return typeof data['order_number'] === 'string'
        ? say('audit.begunNumber', { number: data['order_number'] })
        : say('audit.begun')
    default:
      return ORDER_WORDS[type] ?? type.replace('order.', '').replaceAll('_', ' ')
  }
}

const ORDER_WORDS: Readonly<Record<string, string>> = spoken({
  'order.line_added': 'audit.lineAdded',
  'order.line_changed': 'audit.lineChanged',
  'order.line_voided': 'audit.lineVoided',
  'order.line_moved': 'audit.lineMoved',
  'order.discount_set': 'audit.discountSet',
  'order.details_changed': 'audit.detailsChanged',
  'order.confirmed': 'audit.confirmed',
  'order.preparing': 'audit.preparing',
  'order.ready': 'trade.ready',
  'order.completed': 'audit.completed',
  'order.cancelled': 'audit.cancelled',
  'order.fired': 'audit.fired',
  'order.line_marked': 'audit.lineMarked',
  'order.ticket_bumped': 'audit.bumped',
  'order.ticket_recalled': 'audit.recalled',
  'order.ticket_seen': 'audit.shown',
  'order.fired_also': 'audit.fired',
  'order.also_marked': 'audit.lineMarked',
  'order.tickets_rushed': 'kitchen.rushIt',
  'order.tickets_handed': 'kitchen.handedOut',
  'order.changes_seen': 'kitchen.changesRead',
  'order.payment_taken': 'audit.paymentTaken',
  'order.payment_refunded': 'audit.paymentRefunded',
  'order.conflict_settled': 'audit.settled',
})

const JOURNAL_WORDS: Readonly<Record<string, string>> = spoken({
  drawer_opened: 'audit.drawerOpened',
  drawer_moved: 'audit.cashMoved',
  drawer_popped: 'audit.drawerPopped',
  drawer_closed: 'audit.drawerClosed',
  approved: 'audit.approved',
  sign_in_locked: 'audit.locked',
  sign_in_freed: 'audit.freed',
  token_made: 'audit.tokenMade',
  token_ended: 'audit.tokenEnded',
})
