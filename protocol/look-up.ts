import { z } from 'zod'
import { CHANNELS } from '../domain/catalog.ts'
import type { Entry } from '../domain/log.ts'
import type { OrderFilter, OrderPosition } from '../domain/order-filter.ts'
import { ORDER_STATUSES } from '../domain/order-status.ts'
import { MAX_PAGE } from './limits.ts'
import { UPSTREAM_PROTOCOL } from './upstream.ts'
import { entrySchema, originSchema, pack, seqSchema, unpackAs } from './wire.ts'

/**
 * Orders that have left a device, looked up at the centre: `POST /api/v1/upstream/orders`, with the
 * store's token and msgpack bodies as an upload has. The centre gives entries and not orders: who
 * asks folds them itself, as it would if it held them, and nobody has to agree on what an order
 * looks like.
 */
export const UPSTREAM_ORDERS_PATH = '/api/v1/upstream/orders'

export interface LookUp {
  readonly storeId: string
  /** One order, or a page of those that fit a filter, newest first. */
  readonly wish:
    | { readonly orderId: string }
    | {
        readonly filter: OrderFilter
        readonly after: OrderPosition | null
        readonly limit: number
      }
}

export interface LookUpAnswer {
  /** In the order of the list. */
  readonly orderIds: readonly string[]
  /** All entries of these, and of orders that lent them lines. */
  readonly entries: readonly FoundEntry[]
}

export type FoundEntry = Omit<Entry, 'hash'>

const text = z.string().min(1).max(120)

const searchSchema = z.strictObject({
  text,
  phoneHashes: z.array(text).max(MAX_PAGE),
  orderIds: z.array(text).max(0),
})

const wishSchema = z.union([
  z.strictObject({ orderId: text }),
  z.strictObject({
    filter: z.strictObject({
      status: z.array(z.enum(ORDER_STATUSES)).max(ORDER_STATUSES.length).optional(),
      orderType: z.enum(CHANNELS).optional(),
      tableNumber: text.optional(),
      from: text.optional(),
      to: text.optional(),
      businessDay: text.optional(),
      q: searchSchema.optional(),
    }),
    after: z.strictObject({ createdAt: z.string().max(120), id: z.string().max(120) }).nullable(),
    limit: z.int().min(1).max(MAX_PAGE),
  }),
])

export const lookUpSchema = z
  .tuple([z.literal(UPSTREAM_PROTOCOL), text, wishSchema])
  .transform(([, storeId, wish]): LookUp => ({ storeId, wish: wish as LookUp['wish'] }))

const foundSchema = z
  .tuple([originSchema, seqSchema, entrySchema])
  .transform(([origin, seq, [clock, commandId, at, actor, body]]): FoundEntry => ({
    origin,
    seq,
    clock,
    commandId,
    at,
    actor,
    body,
  }))

export const lookUpAnswerSchema = z
  .tuple([z.literal(UPSTREAM_PROTOCOL), z.array(text).max(MAX_PAGE), z.array(foundSchema)])
  .transform(([, orderIds, entries]): LookUpAnswer => ({ orderIds, entries }))

export const encodeLookUp = ({ storeId, wish }: LookUp): Uint8Array =>
  pack([UPSTREAM_PROTOCOL, storeId, wish])

export const encodeLookUpAnswer = ({ orderIds, entries }: LookUpAnswer): Uint8Array =>
  pack([
    UPSTREAM_PROTOCOL,
    orderIds,
    entries.map((e) => [e.origin, e.seq, [e.clock, e.commandId, e.at, e.actor, e.body]]),
  ])

/** Null for anything that is not a question of this protocol. */
export const decodeLookUp = (bytes: Uint8Array): LookUp | null => unpackAs(lookUpSchema, bytes)
export const decodeLookUpAnswer = (bytes: Uint8Array): LookUpAnswer | null =>
  unpackAs(lookUpAnswerSchema, bytes)
