import { z } from 'zod'
import { paymentText } from './card-number.ts'
import { CHANNELS, MAX_GUESTS } from './catalog.ts'
import { CONFLICT_KINDS, RESOLUTIONS } from './conflict-kinds.ts'
import { customerSchema, type SealedCustomer } from './customer.ts'
import { courseNumber, seatNumber } from './course-records.ts'
import {
  changeId,
  conflictFact,
  discountSchema,
  KITCHEN_MARKS,
  serviceChargeSchema,
} from './events.ts'
import {
  cardSchema,
  FAILURES,
  paidForSchema,
  PAYMENT_METHODS,
  REFUND_PURPOSES,
} from './payments.ts'
import { splitSchema } from './split-schema.ts'
import { plainText } from './text.ts'
import type { Approval } from './approvals.ts'
import type { Role } from './catalog.ts'

/**
 * Wishes. Prices, names and taxes are never part of one: `decide` takes them from the menu. These
 * schemas are the door for commands from the screens; REST bodies are translated into them.
 */

const id = plainText(120).min(1)
const text = plainText(500)
const quantity = z.int().min(1).max(999)
const minor = z.int().min(0).max(9_000_000_000)

const openPrice = z.int().min(0).max(100_000_000)
const pager = plainText(20).nullable().optional()

export const lineRequestSchema = z.strictObject({
  itemId: id,
  quantity,
  modifierIds: z.array(id).max(200),
  instructions: text.nullable(),
  /** Of a combo: what was picked for its slots. */
  picks: z
    .array(z.strictObject({ slotId: id, itemId: id, modifierIds: z.array(id).max(200) }))
    .max(100)
    .optional(),
  /** Of an open item: what it is, and for how much. */
  open: z.strictObject({ name: plainText(120).trim().min(1), priceMinor: openPrice }).optional(),
  seat: seatNumber.optional(),
  course: courseNumber.optional(),
})
export type LineRequest = z.infer<typeof lineRequestSchema>

const lines = z.array(lineRequestSchema).max(500)
const of = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), orderId: id, ...shape })

/** What a cashier, a cook or a caller may ask for. `stationId`/`lineIds` absent: the whole order. */
export const orderCommandSchema = z.discriminatedUnion('type', [
  of('createOrder', {
    channel: z.enum(CHANNELS),
    table: plainText(20).nullable(),
    customerId: id.nullable(),
    customer: customerSchema.nullable(),
    locationId: id.nullable(),
    scheduledFor: z.iso.datetime({ offset: true }).nullable(),
    promisedFor: z.iso.datetime({ offset: true }).nullable().optional(),
    notes: text.nullable(),
    pager,
    lines,
  }),
  of('addLines', { lines: lines.min(1) }),
  of('changeLine', {
    lineId: id,
    quantity: quantity.optional(),
    modifierIds: z.array(id).max(200).optional(),
    instructions: text.nullable().optional(),
    /** Null: of nobody in particular; also of a line that the kitchen has. */
    seat: seatNumber.nullable().optional(),
    course: courseNumber.nullable().optional(),
  }),
  /** From the order that the lines are in now, to another open one. */
  of('moveLines', { toOrderId: id, lineIds: z.array(id).min(1).max(500) }),
  /** All that is in the order goes to another one, and this one ends as merged. */
  of('mergeOrder', { toOrderId: id }),
  of('voidLine', { lineId: id, reason: text.nullable() }),
  /** Made and served for nothing; null takes that back. */
  of('compLine', { lineId: id, reason: plainText(500).trim().min(1).nullable() }),
  of('changeDetails', {
    channel: z.enum(CHANNELS).optional(),
    table: plainText(20).nullable().optional(),
    customerId: id.nullable().optional(),
    customer: customerSchema.nullable().optional(),
    scheduledFor: z.iso.datetime({ offset: true }).nullable().optional(),
    promisedFor: z.iso.datetime({ offset: true }).nullable().optional(),
    /** Promised although that quarter of an hour is full. */
    overbook: z.literal(true).optional(),
    notes: text.nullable().optional(),
    guests: z.int().min(1).max(MAX_GUESTS).nullable().optional(),
    pager,
  }),
  /** How the guests share the bill; null: it is one again. */
  of('splitOrder', { split: splitSchema.nullable() }),
  of('setDiscount', { discount: discountSchema.nullable(), reason: text.nullable() }),
  /** By hand; null: by the rule of the store again. */
  of('setServiceCharge', {
    charge: serviceChargeSchema.nullable(),
    reason: text.nullable(),
  }),
  /** Confirms a pending order and fires every line that no station has yet, unless it is held. */
  of('sendToKitchen', {
    /** An order for later, and it is to be made now. */
    early: z.literal(true).optional(),
  }),
  /** What is not sent of a course waits for its own word. */
  of('holdCourse', { course: courseNumber }),
  /** The word. It names the course: two who say "the next one" would mean two. */
  of('fireCourse', { course: courseNumber }),
  /** The same as an explicit status change: refused where there is nothing to confirm. */
  of('confirmOrder', {}),
  of('startPreparing', { lineIds: z.array(id).optional(), stationId: id.optional() }),
  of('markReady', { lineIds: z.array(id).optional(), stationId: id.optional() }),
  of('completeOrder', {}),
  of('cancelOrder', { reason: plainText(500).trim().min(1) }),
  /** By the rule of the time-out, from one device; see order-timeout.ts. */
  of('timeOutOrder', {}),
  /** `stationId`: the part of another station than the lines' own. */
  of('markLines', {
    lineIds: z.array(id).min(1).max(500),
    mark: z.enum(KITCHEN_MARKS),
    stationId: id.optional(),
  }),
  of('bumpTicket', { ticketId: id }),
  of('recallTicket', { ticketId: id }),
  /** `ticketIds` absent: all that are still to be made. */
  of('rushTickets', { ticketIds: z.array(id).min(1).max(500).optional(), rush: z.boolean() }),
  /** `ticketIds` absent: all that are made; of what was handed out, all of it. */
  of('handTickets', { ticketIds: z.array(id).min(1).max(500).optional(), handed: z.boolean() }),
  /** The cook has read what changed on a ticket: these changes, or what is known here. */
  of('seeChanges', { ticketId: id, changeIds: z.array(changeId).min(1).max(500).optional() }),
  of('seeTickets', { ticketIds: z.array(id).min(1).max(500), deviceId: id }),
  /** Of a card this is an intent: the terminal of this device is asked, and its answer recorded. */
  of('takePayment', {
    method: z.enum(PAYMENT_METHODS),
    amountMinor: minor.min(1),
    tipMinor: minor,
    /** What the guest handed over in cash; null: exactly amount and tip. */
    tenderedMinor: minor.nullable(),
    reference: paymentText(120).min(1).optional(),
    /** One of our own: the hash of its code. */
    voucherId: id.optional(),
    paidFor: paidForSchema.optional(),
    /** Somebody knows that a card is being asked for it. */
    despitePending: z.literal(true).optional(),
  }),
  /** `voucherId` is a hash: what opens it is nowhere. */
  of('sellVoucher', {
    voucherId: id,
    hint: plainText(8).min(1),
    amountMinor: minor.min(1).max(100_000_000),
  }),
  of('withdrawVoucher', { voucherId: id }),
  of('cancelPayment', { intentId: id }),
  /** A manager's word where the terminal could not say. */
  of('settlePayment', {
    intentId: id,
    as: z.enum(['taken', 'not_taken']),
    reason: paymentText(500).trim().min(1),
  }),
  /** What the terminal answered; from the device that asked it, and from nobody else. */
  of('recordOutcome', {
    intentId: id,
    outcome: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('approved'),
        transactionId: paymentText(60).min(1),
        approvedMinor: minor.min(1),
        card: cardSchema,
      }),
      z.strictObject({
        kind: z.literal('failed'),
        why: z.enum(FAILURES),
        detail: paymentText(500).nullable(),
      }),
      z.strictObject({ kind: z.literal('unclear'), detail: paymentText(500).nullable() }),
    ]),
  }),
  of('refundPayment', {
    /** Or the intent's. */
    paymentId: plainText(240).min(1),
    amountMinor: minor.min(1),
    reason: paymentText(500).trim().min(1),
    /** Absent: what was paid too much; of an order that is paid, what came back; else due again. */
    refundFor: z.enum(REFUND_PURPOSES).optional(),
  }),
  of('settleConflict', {
    kind: z.enum(CONFLICT_KINDS),
    resolution: z.enum(RESOLUTIONS),
    note: text.nullable(),
    /** What the person had before their eyes; absent: as it stands now. */
    facts: z.array(conflictFact).max(10_000).optional(),
  }),
])
/** As it is asked at the door, where a customer can be read. */
export type OpenCommand = z.infer<typeof orderCommandSchema>
/** As it is decided and written: what it says of a customer is sealed. */
export type OrderCommand = Sealed<OpenCommand>
type Sealed<C> = C extends OpenCommand
  ? {
      [K in keyof C]: K extends 'customer' ? SealedCustomer | Extract<C[K], null | undefined> : C[K]
    }
  : never
export type OrderCommandType = OrderCommand['type']
export type OrderCommandOf<T extends OrderCommandType> = Extract<OrderCommand, { type: T }>
export const ORDER_COMMAND_TYPES = orderCommandSchema.options.map(
  (option) => option.shape.type.value,
) as OrderCommandType[]

/** A command as it entered: stamped once, where the finger touched or the request arrived. */
export interface Stamped<C> {
  readonly id: string
  /** ISO 8601 UTC. */
  readonly at: string
  readonly actor: string
  /** Of who asks, where that is somebody; a device that acts by itself is asked for no approval. */
  readonly role?: Role
  readonly approval?: Approval
  readonly command: C
}
