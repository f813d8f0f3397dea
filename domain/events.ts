import { z } from 'zod'
import { APPROVABLE } from './approvals.ts'
import {
  CHANNELS,
  EDITED_KINDS,
  MAX_GUESTS,
  isEdited,
  isLasting,
  RECORD_KINDS,
  recordSchemas,
  type EditedKind,
  type RecordKind,
  type RecordValue,
} from './catalog.ts'
import { CONFLICT_KINDS, RESOLUTIONS } from './conflict-kinds.ts'
import { paymentText } from './card-number.ts'
import { courseNumber, seatNumber } from './course-records.ts'
import { storedCustomerSchema } from './customer.ts'
import {
  cardSchema,
  FAILURES,
  paidForSchema,
  PAYMENT_METHODS,
  REFUND_PURPOSES,
} from './payments.ts'
import { splitSchema } from './split-schema.ts'
import { parseJournalEvent, type JournalEvent } from './journal.ts'
import { PREPARATIONS } from './preparations.ts'

/**
 * Every fact that the log can hold. An event says what happened and carries what was valid then, so
 * that no later price list changes an old order (rule M2). Absent `v` means version 1; a changed
 * shape gets a new version and an upcast, never a new meaning for an old one (rule L4).
 */

const id = z.string().min(1).max(120)
const text = z.string().max(500)
const minor = z.int().min(-9_000_000_000).max(9_000_000_000)
const quantity = z.int().min(1).max(999)
const paidMinor = z.int().min(0).max(9_000_000_000)
/** An intent's id with that of the terminal's transaction behind it. */
const paymentId = z.string().min(1).max(240)
const terminal = {
  provider: paymentText(40).min(1),
  terminalId: paymentText(120).min(1),
  /** The device that asks the terminal. */
  deviceId: id,
}

/** A recipe with its modifiers comes to no more than this of one ingredient. */
const MAX_USE_MILLI = 1_000_000_000_000

const soldModifier = z.strictObject({
  id,
  name: z.string(),
  kitchenName: z.string().optional(),
  priceMinor: minor,
  /** Absent: as it is. */
  preparation: z.enum(PREPARATIONS).optional(),
})
export type SoldModifier = z.infer<typeof soldModifier>

export const discountSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('amount'), amountMinor: z.int().min(0).max(9_000_000_000) }),
  z.strictObject({ kind: z.literal('percent'), ratePpm: z.int().min(0).max(1_000_000) }),
])

export type Discount = z.infer<typeof discountSchema>

/** By hand. `none`: not on this order, whatever the store's rule is. */
export const serviceChargeSchema = z.discriminatedUnion('kind', [
  ...discountSchema.options,
  z.strictObject({ kind: z.literal('none') }),
])
export type ServiceCharge = z.infer<typeof serviceChargeSchema>

const guests = z.int().min(1).max(MAX_GUESTS).nullable()
/** What the guest was handed to be called by: a number on a stand, or a buzzer's. */
const pager = z.string().max(20).nullable()

/** One of the facts that a conflict rests on; an id of a line is part of some. */
export const conflictFact = z.string().min(1).max(140)

const orderId = id
const of = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), orderId, ...shape })

export const KITCHEN_MARKS = ['queued', 'preparing', 'ready'] as const
export type KitchenMark = (typeof KITCHEN_MARKS)[number]

/** A second station makes a part of its own, or is only told. */
export const ALSO_AS = ['make', 'show'] as const
export type AlsoAs = (typeof ALSO_AS)[number]

/** The command and the place of the change in its entry. */
export const changeId = z.string().min(1).max(140)

export const orderEventSchemas = {
  'order.created': of('order.created', {
    number: z.string().max(20),
    businessDay: z.string().regex(/^\d{4}-\d\d-\d\d$/),
    channel: z.enum(CHANNELS),
    table: z.string().max(20).nullable(),
    customerId: id.nullable(),
    customer: storedCustomerSchema.nullable(),
    locationId: id.nullable(),
    scheduledFor: z.string().max(40).nullable(),
    notes: text.nullable(),
    currency: z.string().length(3),
    taxRounding: z.enum(['line', 'order']),
    serviceChargePpm: z.int().min(0).max(1_000_000),
    serviceChargeFromGuests: z.int().min(1).max(MAX_GUESTS).optional(),
    pager: pager.optional(),
  }),
  'order.details_changed': of('order.details_changed', {
    channel: z.enum(CHANNELS).optional(),
    table: z.string().max(20).nullable().optional(),
    customerId: id.nullable().optional(),
    customer: storedCustomerSchema.nullable().optional(),
    scheduledFor: z.string().max(40).nullable().optional(),
    notes: text.nullable().optional(),
    guests: guests.optional(),
    pager: pager.optional(),
  }),
  /** When the guest was told that it will be there; null: nothing is promised any more. */
  'order.promised': of('order.promised', { promisedFor: z.string().max(40).nullable() }),
  'order.discount_set': of('order.discount_set', {
    discount: discountSchema.nullable(),
    reason: text.nullable(),
  }),
  /** Null: by the rule of the store again. */
  'order.service_charge_set': of('order.service_charge_set', {
    charge: serviceChargeSchema.nullable(),
    reason: text.nullable(),
  }),
  'order.split_set': of('order.split_set', { split: splitSchema.nullable() }),
  'order.line_added': of('order.line_added', {
    lineId: id,
    itemId: id,
    name: z.string(),
    kitchenName: z.string().optional(),
    quantity,
    unitPriceMinor: minor,
    taxRateId: id,
    taxRatePpm: z.int().min(0).max(1_000_000),
    taxIncluded: z.boolean(),
    modifiers: z.array(soldModifier).max(200),
    instructions: text.nullable(),
    stationId: id.nullable(),
  }),
  /**
   * What a line rests on beside its price, written with it. An event of its own: a device that is
   * older than this reads the line all the same.
   */
  'order.line_basis': of('order.line_basis', {
    lineId: id,
    /** What one of it uses up, as it was made then; the last that was said counts. */
    uses: z
      .array(z.strictObject({ ingredientId: id, amountMilli: z.int().min(1).max(MAX_USE_MILLI) }))
      .max(500)
      .optional(),
    /** It was sold as a part of a combo: all lines with this id are one. */
    combo: z.strictObject({ id, comboId: id, name: z.string() }).optional(),
    priceLevel: z.strictObject({ id, name: z.string() }).optional(),
  }),
  /** Whose it is, and with which course it comes. An event of its own, as `order.line_basis` is. */
  'order.line_seated': of('order.line_seated', {
    lineId: id,
    seat: seatNumber.nullable().optional(),
    course: courseNumber.nullable().optional(),
  }),
  'order.line_changed': of('order.line_changed', {
    lineId: id,
    quantity: quantity.optional(),
    modifiers: z.array(soldModifier).max(200).optional(),
    instructions: text.nullable().optional(),
  }),
  'order.line_voided': of('order.line_voided', { lineId: id, reason: text.nullable() }),
  /** It is made and served, and costs nothing. A reason of null takes that back. */
  'order.line_comped': of('order.line_comped', { lineId: id, reason: text.nullable() }),
  /** `orderId` is where the line was sold, wherever it was moved from. */
  'order.line_moved': of('order.line_moved', { lineId: id, toOrderId: id }),
  /** All that was in it is in the other one. */
  'order.merged': of('order.merged', { toOrderId: id }),
  /** What is not sent of the course waits. */
  'order.course_held': of('order.course_held', { course: courseNumber }),
  'order.course_fired': of('order.course_fired', { course: courseNumber }),
  'order.confirmed': of('order.confirmed', {}),
  'order.preparing': of('order.preparing', {}),
  'order.ready': of('order.ready', {}),
  'order.completed': of('order.completed', {}),
  'order.cancelled': of('order.cancelled', {
    reason: text,
    /** What the kitchen had begun as far as was known there; the rest was made in vain. */
    made: z
      .array(z.strictObject({ lineId: id, mark: z.enum(['preparing', 'ready']) }))
      .max(500)
      .optional(),
    /** Lines that were moved here, as far as was known there; others came without being seen. */
    moved: z.array(id).max(500).optional(),
    /** By the clock alone: it counts for nothing where anybody had taken the order up meanwhile. */
    ifPending: z.literal(true).optional(),
  }),
  'order.fired': of('order.fired', {
    firingId: id,
    lines: z.array(z.strictObject({ lineId: id, stationId: id })).max(500),
  }),
  /**
   * Stations that a line goes to beside the one that makes it. An event of its own: a device that is
   * older than this makes the line's first ticket all the same.
   */
  'order.fired_also': of('order.fired_also', {
    firingId: id,
    lines: z
      .array(z.strictObject({ lineId: id, stationId: id, as: z.enum(ALSO_AS) }))
      .min(1)
      .max(500),
  }),
  'order.line_marked': of('order.line_marked', { lineId: id, mark: z.enum(KITCHEN_MARKS) }),
  /** The part of a line that another station makes than the line's own. */
  'order.also_marked': of('order.also_marked', {
    lineId: id,
    stationId: id,
    mark: z.enum(KITCHEN_MARKS),
  }),
  'order.ticket_bumped': of('order.ticket_bumped', { ticketId: id }),
  'order.ticket_recalled': of('order.ticket_recalled', { ticketId: id }),
  /** Somebody waits for these before all others, or does so no more. */
  'order.tickets_rushed': of('order.tickets_rushed', {
    ticketIds: z.array(id).min(1).max(500),
    rush: z.boolean(),
  }),
  /** What was on them left the kitchen, or came back. */
  'order.tickets_handed': of('order.tickets_handed', {
    ticketIds: z.array(id).min(1).max(500),
    handed: z.boolean(),
  }),
  /** The cook knows these changes of what a ticket asks for (see ticket-changes.ts). */
  'order.changes_seen': of('order.changes_seen', {
    ticketId: id,
    changeIds: z.array(changeId).min(1).max(500),
  }),
  'order.ticket_seen': of('order.ticket_seen', { ticketId: id, deviceId: id }),
  /** Durable before the terminal is asked: whatever fails then, somebody knows what to ask it for. */
  'order.payment_intended': of('order.payment_intended', {
    intentId: id,
    amountMinor: paidMinor.min(1),
    tipMinor: paidMinor,
    ...terminal,
    paidFor: paidForSchema.optional(),
  }),
  'order.payment_cancel_asked': of('order.payment_cancel_asked', { intentId: id }),
  'order.payment_taken': of('order.payment_taken', {
    paymentId,
    method: z.enum(PAYMENT_METHODS),
    amountMinor: paidMinor,
    tipMinor: paidMinor,
    tenderedMinor: paidMinor,
    changeMinor: paidMinor,
    paidFor: paidForSchema.optional(),
    /** The number of a voucher, or of the order at the marketplace that took the money. */
    reference: paymentText(120).optional(),
    /** One of the store's own gift vouchers, by the hash of its code. */
    voucherId: id.optional(),
    /** Of a card: the intent that it came of, and the terminal's own id of it. */
    intentId: id.optional(),
    transactionId: paymentText(60).min(1).optional(),
    card: cardSchema.optional(),
    /** A manager said so, without the terminal. */
    settledBecause: paymentText(500).optional(),
  }),
  /** A gift voucher is sold with the order: it is paid for, and no revenue. */
  'order.voucher_sold': of('order.voucher_sold', {
    voucherId: id,
    hint: z.string().max(8),
    amountMinor: paidMinor.min(1),
  }),
  'order.voucher_withdrawn': of('order.voucher_withdrawn', { voucherId: id }),
  'order.payment_failed': of('order.payment_failed', {
    intentId: id,
    why: z.enum(FAILURES),
    detail: paymentText(500).nullable(),
  }),
  /** The terminal could not say what became of it: a manager is asked. */
  'order.payment_unclear': of('order.payment_unclear', {
    intentId: id,
    detail: paymentText(500).nullable(),
  }),
  'order.refund_intended': of('order.refund_intended', {
    refundId: id,
    paymentId,
    /** What the terminal is to give back from; null: it never said which it was. */
    transactionId: paymentText(60).nullable(),
    amountMinor: paidMinor.min(1),
    reason: text,
    refundFor: z.enum(REFUND_PURPOSES),
    ...terminal,
  }),
  'order.refund_failed': of('order.refund_failed', {
    refundId: id,
    why: z.enum(FAILURES),
    detail: paymentText(500).nullable(),
  }),
  'order.payment_refunded': of('order.payment_refunded', {
    refundId: id,
    paymentId,
    amountMinor: paidMinor.min(1),
    reason: text,
    /** Absent: from before it was asked, and due again. */
    refundFor: z.enum(REFUND_PURPOSES).optional(),
    settledBecause: paymentText(500).optional(),
  }),
  'order.conflict_settled': of('order.conflict_settled', {
    kind: z.enum(CONFLICT_KINDS),
    facts: z.array(conflictFact).min(1).max(500),
    resolution: z.enum(RESOLUTIONS),
    note: text.nullable(),
  }),
  /** A manager has approved what stands beside it in the same entry (rule A3). */
  'order.approved': of('order.approved', {
    command: z.enum(APPROVABLE),
    approvedBy: id,
    approvedAt: z.string().max(40),
  }),
} as const

export type OrderEventType = keyof typeof orderEventSchemas
export type OrderEvent = {
  [T in OrderEventType]: z.infer<(typeof orderEventSchemas)[T]>
}[OrderEventType]
export type OrderEventOf<T extends OrderEventType> = Extract<OrderEvent, { type: T }>
export const ORDER_EVENT_TYPES = Object.keys(orderEventSchemas) as OrderEventType[]

/** The orders whose reading an event changes: a move belongs to the line's home and to its target. */
export const orderIdsOf = (event: OrderEvent): readonly string[] =>
  event.type === 'order.line_moved' && event.toOrderId !== event.orderId
    ? [event.orderId, event.toOrderId]
    : [event.orderId]

/**
 * One record of reference data gets a new value, or goes away (`value: null`): at once, or from
 * `validFrom` on. Programs from before there were such dates cannot read an event that has one.
 */
export type RecordSet = {
  readonly [K in RecordKind]: {
    readonly type: 'record.set'
    readonly kind: K
    readonly id: string
    readonly validFrom?: string
    readonly value: RecordValue<K> | null
  }
}[RecordKind]

/** What was to be valid from a date on is not to come. */
export interface RecordWithdrawn {
  readonly type: 'record.withdrawn'
  readonly kind: EditedKind
  readonly id: string
  readonly validFrom: string
}

export type RecordEvent = RecordSet | RecordWithdrawn

/** One spelling for each moment: it is part of what names a version (see record-versions.ts). */
const validFrom = z.iso
  .datetime({ precision: 3 })
  .refine((moment) => moment >= '2000', 'Invalid input: no date of this kind of store')

export const recordEventSchemas = {
  'record.set': z.strictObject({
    type: z.literal('record.set'),
    kind: z.enum(RECORD_KINDS),
    id,
    validFrom: validFrom.optional(),
    value: z.unknown(),
  }),
  'record.withdrawn': z.strictObject({
    type: z.literal('record.withdrawn'),
    kind: z.enum(EDITED_KINDS),
    id,
    validFrom,
  }),
} as const

export const RECORD_EVENT_TYPES = Object.keys(recordEventSchemas) as RecordEvent['type'][]

export const isRecordEvent = (event: DomainEvent): event is RecordEvent =>
  Object.hasOwn(recordEventSchemas, event.type)

export type DomainEvent = OrderEvent | RecordEvent | JournalEvent

/**
 * Reads one event of an entry's body. `null` means that this version of the program cannot read it
 * (unknown type, newer version or a malformed shape): the entry is kept and passed on, the event is
 * not folded (rule L4).
 */
export function parseEvent(raw: unknown): DomainEvent | null {
  if (typeof raw !== 'object' || raw === null) return null
  const type = (raw as { type?: unknown }).type
  if (typeof type !== 'string') return null
  if (type === 'record.set') return parseRecordSet(raw)
  if (type === 'record.withdrawn') {
    return recordEventSchemas['record.withdrawn'].safeParse(raw).data ?? null
  }
  if (type === 'journal.written') return parseJournalEvent(raw)
  if (!Object.hasOwn(orderEventSchemas, type)) return null
  const parsed = orderEventSchemas[type as OrderEventType].safeParse(raw)
  return parsed.success ? (parsed.data as OrderEvent) : null
}

function parseRecordSet(raw: object): RecordSet | null {
  const shell = recordEventSchemas['record.set'].safeParse(raw)
  if (!shell.success) return null
  const { kind, validFrom: from, value: given } = shell.data
  if (from !== undefined && !isEdited(kind)) return null
  if (given === null) return isLasting(kind) ? null : (shell.data as RecordSet)
  const value = recordSchemas[kind].safeParse(given)
  return value.success ? ({ ...shell.data, value: value.data } as RecordSet) : null
}

/** What the fold needs to know about an event beside the event. */
export interface EventMeta {
  readonly origin: string
  readonly clock: number
  readonly index: number
  readonly commandId: string
  readonly at: string
  readonly actor: string
}
