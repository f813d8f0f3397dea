import { z } from 'zod'
import { ALERT_KINDS } from './alert-kinds.ts'
import { APPROVABLE } from './approvals.ts'
import { ROLES } from './catalog.ts'
import { sealedFieldsSchema } from './customer.ts'
import { MAX_AMOUNT_MILLI } from './inventory-records.ts'
import { LANGUAGES, NOTICE_CHANNELS, NOTICE_OUTCOMES, PUSH_ENDS } from './notices.ts'

/**
 * What happens in the store beside its orders, line by line: the cash drawer, stock, gift vouchers,
 * who could not sign in, tokens, customers and what they are told. A line is
 * written once and never changed; it is known by kind and id, and `about` names what it belongs to
 * (the session of a drawer, what is in stock). The journal is therefore a keyed set, and folding it is a join (F1).
 */

const id = z.string().min(1).max(120)
const minor = z.int().min(0).max(9_000_000_000)
const reason = z.string().trim().min(1).max(500)
const note = z.string().max(500).nullable()
/** The moment of which a line of stock speaks. It stays when the line is written again (rule L6). */
const clock = z.int().min(0)
const amountMilli = z.int().min(0).max(MAX_AMOUNT_MILLI)

/** Cash that comes or goes without a sale. */
export const CASH_MOVES = ['paid_in', 'paid_out', 'drop'] as const
export type CashMove = (typeof CASH_MOVES)[number]

export const journalSchemas = {
  /** A drawer belongs to a device; its session has the id of this line. */
  drawer_opened: z.strictObject({
    deviceId: id,
    currency: z.string().length(3),
    floatMinor: minor,
  }),
  drawer_moved: z.strictObject({ move: z.enum(CASH_MOVES), amountMinor: minor.min(1), reason }),
  /** Opened without a sale: "no sale". */
  drawer_popped: z.strictObject({ reason }),
  /** Counted without being told what should be there; `expectedMinor` is what the device knew then. */
  drawer_closed: z.strictObject({
    countedMinor: minor,
    expectedMinor: z.int(),
    cashSalesMinor: minor,
    cashRefundsMinor: minor,
    note,
  }),
  /** A manager has approved what stands beside it in the same entry (rule A3). */
  approved: z.strictObject({
    command: z.enum(APPROVABLE),
    approvedBy: id,
    approvedAt: z.string().max(40),
  }),
  /** Somebody begins to work; `about` is the shift, and has this line's id. See shifts.ts. */
  shift_started: z.strictObject({ staffId: id, deviceId: id }),
  shift_ended: z.strictObject({ staffId: id, deviceId: id }),
  /** A manager's word on when it was; the highest version counts. */
  shift_corrected: z.strictObject({
    version: z.int().min(1).max(1_000_000),
    from: z.iso.datetime(),
    to: z.iso.datetime().nullable(),
    isVoid: z.literal(true).optional(),
    reason,
  }),
  /** Nobody signs in as that person, or at that device, until then (rule A2). */
  sign_in_locked: z.strictObject({
    deviceId: id,
    staffId: id.nullable(),
    until: z.string().max(40),
  }),
  /** A manager has ended the wait. */
  sign_in_freed: z.strictObject({ deviceId: id, staffId: id.nullable() }),
  /** Of the REST API, at a device or at the centre. What opens it is nowhere. */
  token_made: z.strictObject({
    deviceId: id,
    tokenId: id,
    role: z.enum(ROLES),
    label: z.string().max(140),
  }),
  token_ended: z.strictObject({ deviceId: id, tokenId: id, label: z.string().max(140) }),
  /** A gift voucher was sold, see vouchers.ts; `about` is the hash of its code. */
  voucher_issued: z.strictObject({
    orderId: id,
    amountMinor: minor.min(1),
    currency: z.string().length(3),
    hint: z.string().max(8),
  }),
  voucher_spent: z.strictObject({ orderId: id, amountMinor: minor }),
  voucher_returned: z.strictObject({ orderId: id, amountMinor: minor }),
  /** Its sale was taken back. */
  voucher_withdrawn: z.strictObject({ orderId: id, amountMinor: minor }),
  /** The store bears what was spent too much, and a manager says so. */
  voucher_settled: z.strictObject({ amountMinor: minor.min(1), reason }),
  /** So much was there at this moment; null: nobody follows it from here on (see inventory.ts). */
  stock_counted: z.strictObject({ clock, amountMilli: amountMilli.nullable(), note }),
  /** What a device found there must have been, before orders leave of which it was made up. */
  stock_carried: z.strictObject({ clock, amountMilli: z.int() }),
  stock_delivered: z.strictObject({ clock, amountMilli: amountMilli.min(1), note }),
  stock_wasted: z.strictObject({ clock, amountMilli: amountMilli.min(1), reason }),
  /** What is known of a customer, sealed with a key of his own. The highest version counts. */
  customer_written: z.strictObject({
    version: z.int().min(1).max(1_000_000),
    key: z.string().regex(/^[0-9a-f]{32}$/),
    sealed: sealedFieldsSchema,
    language: z.enum(LANGUAGES).optional(),
  }),
  /** For good: every device destroys the customer's keys. `orderIds`: from before there were any. */
  customer_erased: z.strictObject({ orderIds: z.array(id).max(1_000) }),
  /** Whether the customer wants to be written to there. The highest version counts. */
  customer_notices: z.strictObject({
    version: z.int().min(1).max(1_000_000),
    channel: z.enum(NOTICE_CHANNELS),
    wanted: z.boolean(),
  }),
  /** A browser wants to be told what becomes of an order, which it is about. Sealed: it is a guest's. */
  push_subscribed: z.strictObject({
    key: z.string().regex(/^[0-9a-f]{32}$/),
    sealed: z
      .string()
      .max(4_000)
      .regex(/^[A-Za-z0-9_-]+$/),
  }),
  /** With the id of the subscription: the guest wants it no more, or the browser is no more. */
  push_ended: z.strictObject({ why: z.enum(PUSH_ENDS) }),
  /** Somebody has seen an alert, whose id this is: see alerts.ts. */
  alert_acknowledged: z.strictObject({ alert: z.enum(ALERT_KINDS) }),
  /** A device is about to send a message: see domain/notices.ts. About the order. */
  notice_claimed: z.strictObject({ deviceId: id }),
  /** What became of it. */
  notice_ended: z.strictObject({
    outcome: z.enum(NOTICE_OUTCOMES),
    tries: z.int().min(0).max(1_000),
    /** Of the provider or the mail server, with no word of the guest in it. */
    detail: z.string().max(200).nullable(),
  }),
} as const

export type JournalKind = keyof typeof journalSchemas
export const JOURNAL_KINDS = Object.keys(journalSchemas) as JournalKind[]
export type JournalValue<K extends JournalKind> = z.infer<(typeof journalSchemas)[K]>

export type JournalEvent = {
  readonly [K in JournalKind]: {
    readonly type: 'journal.written'
    readonly kind: K
    readonly id: string
    readonly about: string
    readonly value: JournalValue<K>
  }
}[JournalKind]

const shell = z.strictObject({
  type: z.literal('journal.written'),
  kind: z.enum(JOURNAL_KINDS),
  id,
  about: id,
  value: z.unknown(),
})

/** Null: this version cannot read it (rule L4). */
export function parseJournalEvent(raw: object): JournalEvent | null {
  const parsed = shell.safeParse(raw)
  if (!parsed.success) return null
  const value = journalSchemas[parsed.data.kind].safeParse(parsed.data.value)
  return value.success ? ({ ...parsed.data, value: value.data } as JournalEvent) : null
}

/** A line of the journal as it was written. */
export type JournalLine = JournalEvent & {
  readonly at: string
  readonly actor: string
  readonly commandId: string
}
