import { ALERT_KINDS, type AlertKind } from './alert-kinds.ts'
import { businessDayIn } from './business-day.ts'
import type { Catalog, Role } from './catalog.ts'
import type { JournalLine } from './journal.ts'
import type { OrderView } from './order-view.ts'
import { dueMs, isLate } from './pacing.ts'
import { isOpenIntent } from './payment-view.ts'
import type { ItemLeft, StockRow } from './stock-list.ts'

/**
 * What somebody has to look at, and nobody is doing yet. It is no list that is kept: each device reads
 * it from what it knows at the moment, so it ends by itself when the cause does. Only that somebody has
 * seen it is written down: a line of the journal with the alert's own id, for every device to know.
 */
export interface Alert {
  /** The same on every device, and another one for each time that it happens. */
  readonly id: string
  readonly kind: AlertKind
  /** Of what: an order, a printer, something in stock. Null: of nothing in particular. */
  readonly subject: string | null
  /** As people call it: the order's number, the printer's name. */
  readonly name: string
  /** A word that belongs to the kind, such as a printer's trouble. */
  readonly detail: string | null
  /** ISO 8601; null: nobody knows. */
  readonly since: string | null
  readonly acknowledged: { readonly by: string; readonly at: string } | null
}

const everyone: readonly Role[] = ['cashier', 'kitchen', 'manager', 'admin', 'service']
const till: readonly Role[] = ['cashier', 'manager', 'admin', 'service']
const managers: readonly Role[] = ['manager', 'admin']
const cooks: readonly Role[] = ['kitchen', 'manager', 'admin']

/** Who can do something about it, and so is shown it. Total: a new kind says so, or does not compile. */
export const ALERT_ROLES: Readonly<Record<AlertKind, readonly Role[]>> = {
  order_waiting: till,
  order_late: everyone,
  card_waiting: till,
  printer: ['cashier', 'kitchen', 'manager', 'admin'],
  centre: managers,
  oversold: cooks,
  sold_out: cooks,
  low_stock: managers,
}

export const isShownTo = ({ kind }: Pick<Alert, 'kind'>, role: Role): boolean =>
  ALERT_ROLES[kind].includes(role)

/** What an acknowledgement is written about. */
export const ALERTS_SUBJECT = 'alerts'
/** Acknowledgements that are looked through, the newest: each counts for a day at most, or an order. */
export const MAX_ACKNOWLEDGED = 500

/** So long an order from outside may wait for somebody to take it up. */
export const WAITS_AFTER_MS = 3 * 60_000
/** So long a terminal may take over a card before somebody goes and looks. */
export const CARD_AFTER_MS = 90_000
/** So long the centre may lack what is written here, while the store means to be online. */
export const CENTRE_AFTER_MS = 15 * 60_000
const MAX_ID = 120

export interface AlertFacts {
  readonly catalog: Catalog
  readonly orders: Iterable<
    Pick<
      OrderView,
      | 'id'
      | 'number'
      | 'status'
      | 'channel'
      | 'createdAt'
      | 'promisedFor'
      | 'scheduledFor'
      | 'intents'
    >
  >
  readonly stock: readonly StockRow[]
  readonly left: readonly ItemLeft[]
  /** As this device sees them; the centre sees none. */
  readonly printers: readonly { readonly printerId: string; readonly trouble: string | null }[]
  /** When the oldest entry was written that the centre lacks. Null: it has all, or there is none. */
  readonly centreLacksSinceMs: number | null
  /** The newest lines of acknowledgements. */
  readonly lines: readonly JournalLine[]
  readonly nowMs: number
}

type Found = Omit<Alert, 'acknowledged'>

/** What concerns guests first; what nobody has acknowledged before what somebody has. */
export function alertsOf(facts: AlertFacts): Alert[] {
  const seen = new Map(
    facts.lines.flatMap((line) =>
      line.kind === 'alert_acknowledged' ? [[line.id, { by: line.actor, at: line.at }]] : [],
    ),
  )
  const day = businessDayIn(facts.catalog, facts.nowMs)
  const found: Found[] = [
    ...[...facts.orders].flatMap((order) => ofOrder(order, facts.nowMs)),
    ...ofDevice(facts, day),
    ...ofStock(facts, day),
  ]
  return found
    .map((one): Alert => {
      const id = one.id.slice(0, MAX_ID)
      return { ...one, id, acknowledged: seen.get(id) ?? null }
    })
    .toSorted(
      (a, b) =>
        Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
        ALERT_KINDS.indexOf(a.kind) - ALERT_KINDS.indexOf(b.kind) ||
        compareText(a.since ?? '', b.since ?? '') ||
        compareText(a.id, b.id),
    )
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type AlertedOrder = AlertFacts['orders'] extends Iterable<infer O> ? O : never

function ofOrder(order: AlertedOrder, nowMs: number): Found[] {
  const { id, number: name, createdAt, intents } = order
  const waits = order.status === 'pending' && order.channel === 'online'
  const about = { subject: id, name, detail: null }
  return [
    ...(waits && nowMs - Date.parse(createdAt) >= WAITS_AFTER_MS
      ? [{ ...about, id: `order_waiting/${id}`, kind: 'order_waiting' as const, since: createdAt }]
      : []),
    ...(isLate(order, nowMs) ? [lateOrder(order)] : []),
    ...intents
      .filter((intent) => isOpenIntent(intent) && isSlow(intent, nowMs))
      .map((intent) => ({
        ...about,
        id: `card_waiting/${intent.id}`,
        kind: 'card_waiting' as const,
        detail: intent.state,
        since: intent.at,
      })),
  ]
}

const isSlow = ({ state, at }: { readonly state: string; readonly at: string }, nowMs: number) =>
  state === 'unclear' || nowMs - Date.parse(at) >= CARD_AFTER_MS

/** A new promise is a new chance to be late. */
function lateOrder(order: AlertedOrder): Found {
  const since = new Date(dueMs(order) ?? 0).toISOString()
  const { id, number: name } = order
  return {
    id: `order_late/${since}/${id}`,
    kind: 'order_late',
    subject: id,
    name,
    detail: null,
    since,
  }
}

function ofDevice(facts: AlertFacts, day: string): Found[] {
  const { catalog, printers, centreLacksSinceMs: sinceMs, nowMs } = facts
  return [
    ...printers.flatMap(({ printerId, trouble }): Found[] =>
      trouble === null
        ? []
        : [
            {
              id: `printer/${day}/${trouble}/${printerId}`,
              kind: 'printer',
              subject: printerId,
              name: catalog.printer.get(printerId)?.name ?? printerId,
              detail: trouble,
              since: null,
            },
          ],
    ),
    ...(sinceMs !== null && nowMs - sinceMs >= CENTRE_AFTER_MS
      ? [
          {
            id: `centre/${day}`,
            kind: 'centre' as const,
            ...{ subject: null, name: '', detail: null },
            since: new Date(sinceMs).toISOString(),
          },
        ]
      : []),
  ]
}

/** What is short stays so for hours: seen once, it is not said again on that business day. */
function ofStock({ catalog, stock, left }: AlertFacts, day: string): Found[] {
  const one = (kind: AlertKind, subject: string, name: string): Found => ({
    id: `${kind}/${day}/${subject}`,
    ...{ kind, subject, name, detail: null, since: null },
  })
  return [
    ...stock.flatMap(({ subject, name, oversold, low }) =>
      oversold ? [one('oversold', subject, name)] : low ? [one('low_stock', subject, name)] : [],
    ),
    ...left.flatMap(({ itemId, isSoldOut }) => {
      const item = catalog.menu_item.get(itemId)
      return isSoldOut && item !== undefined ? [one('sold_out', `item/${itemId}`, item.name)] : []
    }),
  ]
}
