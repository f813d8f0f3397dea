import { CONFLICT_KINDS } from '../../../domain/conflict-kinds.ts'
import type { OrderEventType } from '../../../domain/events.ts'
import type { RestEvent } from '../../../protocol/rest/event.ts'
import { money as moneySchema, type Money } from '../../../protocol/rest/values.ts'
import { CHANNEL_NAMES } from '../../ui/words.ts'
import { formatPpm } from '../format.ts'

export interface Told {
  readonly what: string
  readonly note: string | null
  readonly tone: 'good' | 'bad' | undefined
}

interface Telling {
  readonly itemName: (itemId: string) => string
  readonly money: (amount: Money) => string
  readonly station: (id: string) => string
  /** Whose history it is: a line that was moved belongs to two. */
  readonly orderId: string
}

/** The order's own events. That a screen has shown a ticket is for the devices to know, a recipe for the stock. */
export const isWorthTelling = ({ type, data }: RestEvent): boolean =>
  type.startsWith('order.') &&
  type !== 'order.ticket_seen' &&
  (type !== 'order.line_basis' || data['combo'] !== undefined || data['price_level'] !== undefined)

const namedPart = (part: unknown): string | null =>
  typeof part === 'object' && part !== null && 'name' in part ? String(part.name) : null

const numbered = (what: string, value: unknown): string | null =>
  typeof value === 'number' ? `${what} ${value}` : value === null ? `no ${what}` : null

/** One event of an order in plain words. */
export function describeEvent(event: RestEvent, telling: Telling): Told {
  const { data, type } = event
  const text = (key: string): string | null =>
    typeof data[key] === 'string' && data[key] !== '' ? data[key] : null
  const amount = (value: unknown): string => {
    const parsed = moneySchema.safeParse(value)
    return parsed.success ? telling.money(parsed.data) : ''
  }
  const item = () => telling.itemName(text('item_id') ?? '')
  const tell = (what: string, note: string | null = null, tone?: Told['tone']): Told => ({
    what,
    note,
    tone,
  })
  switch (type as OrderEventType) {
    case 'order.created':
      return tell('Begun', placeText(text('order_type'), text('table_number')))
    case 'order.details_changed':
      return tell('Details changed', detailsText(data))
    case 'order.promised':
      return tell('Promised', text('promised_for') ?? 'nothing any more')
    case 'order.discount_set':
      return data['discount'] === null
        ? tell('Discount taken back', text('reason'))
        : tell(`Discount of ${discountText(data['discount'], amount)}`, text('reason'))
    case 'order.service_charge_set':
      return data['service_charge'] === null
        ? tell('Service charge by the store’s rule again', text('reason'))
        : data['service_charge'] === 'none'
          ? tell('No service charge', text('reason'))
          : tell(
              `Service charge of ${discountText(data['service_charge'], amount)}`,
              text('reason'),
            )
    case 'order.approved':
      return tell('Approved by a manager', text('approved_by'))
    case 'order.line_added':
      return tell(
        `${String(Number(data['quantity']))} × ${text('name') ?? 'item'} added`,
        joined(names(data['modifiers']), text('special_instructions')),
      )
    case 'order.line_changed':
      return tell(
        `${item()} changed`,
        joined(
          typeof data['quantity'] === 'number' ? `now ${String(data['quantity'])}` : null,
          names(data['modifiers']),
          text('special_instructions'),
        ),
      )
    case 'order.line_basis': {
      const [combo, level] = [namedPart(data['combo']), namedPart(data['price_level'])]
      return tell(
        combo === null ? `${item()} noted` : `${item()} is part of ${combo}`,
        level === null ? null : `Price: ${level}`,
      )
    }
    case 'order.line_seated':
      return tell(
        `${item()} placed`,
        joined(numbered('seat', data['seat']), numbered('course', data['course'])),
      )
    case 'order.split_set':
      return tell(data['split'] === null ? 'Bill is one again' : 'Bill split')
    case 'order.merged':
      return tell('All of it went to another order')
    case 'order.course_held':
      return tell(`Course ${String(data['course'])} held`)
    case 'order.course_fired':
      return tell(`Course ${String(data['course'])} fired`)
    case 'order.line_voided':
      return tell(`${item()} taken off`, text('reason'), 'bad')
    case 'order.line_comped':
      return text('reason') === null
        ? tell(`${item()} is charged after all`)
        : tell(`${item()} for nothing`, text('reason'), 'bad')
    case 'order.line_moved':
      return text('to_order_id') === telling.orderId
        ? tell(`${item()} moved here from another order`)
        : tell(`${item()} moved to another order`)
    case 'order.confirmed':
      return tell('Confirmed')
    case 'order.preparing':
      return tell('Preparation begun', stationsText(data['stations'], telling))
    case 'order.ready':
      return tell('Ready', tookText(data['preparation_time_seconds']), 'good')
    case 'order.completed':
      return tell('Completed', tookText(data['completion_time_seconds']), 'good')
    case 'order.cancelled':
      return tell('Cancelled', text('reason'), 'bad')
    case 'order.fired':
      return tell('Sent to the kitchen')
    case 'order.fired_also':
      return tell('Sent to further stations')
    case 'order.tickets_rushed':
      return tell(data['rush'] === true ? 'Rushed' : 'Not rushed any more')
    case 'order.tickets_handed':
      return tell(data['handed'] === true ? 'Handed out by the kitchen' : 'Came back')
    case 'order.changes_seen':
      return tell('Changes read in the kitchen')
    case 'order.also_marked':
    case 'order.line_marked':
      return tell(`${item()}: ${text('kitchen_status') ?? ''}`)
    case 'order.ticket_bumped':
      return tell('Ticket put away')
    case 'order.ticket_recalled':
      return tell('Ticket called back')
    case 'order.ticket_seen':
      return tell('Ticket shown in the kitchen')
    case 'order.payment_intended':
      return tell(`Card asked for ${amount(data['amount'])}`)
    case 'order.payment_cancel_asked':
      return tell('Card payment to be given up')
    case 'order.payment_failed':
      return tell('Card payment failed', joined(text('why'), text('detail')), 'bad')
    case 'order.payment_unclear':
      return tell('The terminal does not say what became of it', text('detail'), 'bad')
    case 'order.refund_intended':
      return tell(`Terminal asked to give ${amount(data['amount'])} back`, text('reason'))
    case 'order.refund_failed':
      return tell('Refund failed', joined(text('why'), text('detail')), 'bad')
    case 'order.payment_taken':
      return tell(
        `${amount(data['amount'])} paid`,
        joined(text('method'), tipText(data['tip'], amount)),
        'good',
      )
    case 'order.payment_refunded':
      return tell(`${amount(data['amount'])} refunded`, text('reason'), 'bad')
    case 'order.voucher_sold':
      return tell(`Gift voucher over ${amount(data['amount'])} sold`, text('hint'))
    case 'order.voucher_withdrawn':
      return tell('Gift voucher taken out', null, 'bad')
    case 'order.conflict_settled':
      return tell(`Settled: ${conflictText(text('kind'))}`, text('note'))
  }
}

const joined = (...parts: readonly (string | null)[]): string | null =>
  parts.filter((part) => part !== null && part !== '').join(', ') || null

function placeText(channel: string | null, table: string | null): string | null {
  const name = CHANNEL_NAMES[channel as keyof typeof CHANNEL_NAMES] ?? channel
  return joined(name, table === null ? null : `table ${table}`)
}

const DETAIL_NAMES: Readonly<Record<string, string>> = {
  order_type: 'channel',
  table_number: 'table',
  customer: 'guest',
  customer_id: 'guest',
  scheduled_for: 'time',
  notes: 'notes',
}

function detailsText(data: RestEvent['data']): string | null {
  const changed = new Set(Object.keys(data).map((key) => DETAIL_NAMES[key] ?? key))
  const table = data['table_number']
  if (typeof table === 'string' && changed.size === 1) return `now table ${table}`
  return [...changed].join(', ') || null
}

function discountText(discount: unknown, amount: (value: unknown) => string): string {
  const { rate_ppm: rate, amount: minor } = discount as { rate_ppm?: unknown; amount?: unknown }
  return typeof rate === 'number' ? formatPpm(rate) : amount(minor)
}

function tipText(tip: unknown, amount: (value: unknown) => string): string | null {
  const parsed = moneySchema.safeParse(tip)
  return parsed.success && parsed.data.amount > 0 ? `with ${amount(tip)} tip` : null
}

const names = (modifiers: unknown): string | null =>
  Array.isArray(modifiers)
    ? modifiers.map((one: { name?: string }) => one.name ?? '').join(', ') || null
    : null

const stationsText = (stations: unknown, { station }: Telling): string | null =>
  Array.isArray(stations) ? stations.map((id) => station(String(id))).join(', ') || null : null

function tookText(seconds: unknown): string | null {
  if (typeof seconds !== 'number') return null
  return seconds < 60
    ? `after ${String(seconds)} s`
    : `after ${String(Math.round(seconds / 60))} min`
}

const CONFLICT_WORDS: Record<(typeof CONFLICT_KINDS)[number], string> = {
  overpaid: 'paid too much',
  handed_over_after_cancel: 'cancelled and handed over',
  cooked_after_cancel: 'cancelled and cooked',
  moved_after_cancel: 'items moved to a cancelled order',
  paid_after_cancel: 'cancelled and paid',
  payment_unclear: 'a card payment whose end is not known',
}
const conflictText = (kind: string | null): string =>
  CONFLICT_WORDS[kind as keyof typeof CONFLICT_WORDS] ?? kind ?? ''
