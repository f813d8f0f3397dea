import { z } from 'zod'
import {
  CONFLICT_KINDS,
  IS_REFUNDABLE,
  RESOLUTIONS,
  RESOLUTIONS_OF,
  type ConflictKind,
} from '../../domain/conflict-kinds.ts'
import type { Conflict } from '../../domain/conflicts.ts'
import { ORDER_STATUSES } from '../../domain/order-status.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { money, moneyOf, pageOf, pageQuery, text, timeOut } from './values.ts'

const side = z.strictObject({
  what: z.enum(['asked', 'cancelled', 'completed', 'moved', 'paid', 'preparing', 'ready']),
  at: timeOut,
  actor: z.string(),
  origin: z.string(),
  amount: money.nullable().meta({ description: 'Of a payment: what is left of it.' }),
  item_id: z.string().nullable(),
  item_name: z.string().nullable(),
})

export const conflict = z
  .strictObject({
    id: z.string(),
    kind: z.enum(CONFLICT_KINDS),
    order_id: z.string(),
    order_number: z.string(),
    order_status: z.enum(ORDER_STATUSES),
    order_version: z.int().meta({ description: 'For If-Match: settle what was seen.' }),
    amount: money.meta({ description: 'Paid too much, or wasted; 0 where no money is at stake.' }),
    sides: z.array(side).meta({ description: 'Who did what, in the order of the clocks.' }),
    refundable: z.boolean().meta({ description: 'Refunding the amount settles it as well.' }),
    resolutions: z.array(z.enum(RESOLUTIONS)),
    settled: z
      .strictObject({
        resolution: z.enum(RESOLUTIONS),
        note: z.string().nullable(),
        at: timeOut,
        actor: z.string(),
      })
      .nullable()
      .meta({ description: 'Null while it is open.' }),
  })
  .meta({ id: 'Conflict' })
export type RestConflict = z.infer<typeof conflict>

export const conflictPage = pageOf(conflict).extend({
  held_back: z
    .array(
      z.strictObject({
        kind: z.literal('two_entries_one_number'),
        origin: z.string(),
        seq: z.int(),
      }),
    )
    .meta({ description: 'Numbers of the log that two entries claim. For support to look into.' }),
})

export const conflictQuery = pageQuery.extend({
  state: z.enum(['open', 'settled']).default('open'),
})
export const conflictParams = z.strictObject({ id: text(200).min(1) })
export const settleIn = z.strictObject({
  resolution: z.enum(RESOLUTIONS),
  note: text(500).nullable().optional(),
})

/** Once there, a conflict of an order keeps its id, however its facts change. */
export const conflictId = (kind: ConflictKind, orderId: string): string => `${kind}:${orderId}`

export function readConflictId(id: string): { kind: ConflictKind; orderId: string } | null {
  const end = id.indexOf(':')
  const kind = CONFLICT_KINDS.find((known) => known === id.slice(0, end))
  return kind === undefined ? null : { kind, orderId: id.slice(end + 1) }
}

export function conflictToRest(order: OrderView, found: Conflict): RestConflict {
  const price = (minor: number) => moneyOf(minor, order.currency)
  const nameOf = (lineId: string | null) =>
    order.lines.find((line) => line.id === lineId)?.name ?? null
  return {
    id: conflictId(found.kind, order.id),
    kind: found.kind,
    order_id: order.id,
    order_number: order.number,
    order_status: order.status,
    order_version: order.version,
    amount: price(found.amountMinor),
    sides: found.sides.map(({ what, at, actor, origin, amountMinor, lineId }) => ({
      what,
      at,
      actor,
      origin,
      amount: amountMinor === null ? null : price(amountMinor),
      item_id: lineId,
      item_name: nameOf(lineId),
    })),
    refundable: IS_REFUNDABLE[found.kind],
    resolutions: [...RESOLUTIONS_OF[found.kind]],
    settled: found.settled,
  }
}
