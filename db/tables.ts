import type { AlsoAt } from '../domain/also-at.ts'
import { customerParts } from '../domain/customer.ts'
import type { LineView, OrderView } from '../domain/order-view.ts'
import { AT_ONCE } from '../domain/record-versions.ts'
import type { ReadJournalEvent, ReadRecordEvent } from './fold-entries.ts'

/**
 * The projected tables, alike in SQLite and in PostgreSQL (there with `store_id` in front). Rows are
 * arrays in column order; the first `keyColumns` columns are the primary key. Money is in minor
 * units, flags are 0 or 1, times are ISO 8601 UTC.
 */

export type Cell = string | number | null
export type Row = readonly Cell[]

export interface TableSpec {
  readonly columns: readonly string[]
  readonly keyColumns: number
}

export const orderTables = {
  orders: {
    keyColumns: 1,
    columns: [
      'id',
      'order_number',
      'business_day',
      'status',
      'order_type',
      'table_number',
      'customer_id',
      'customer_name',
      'customer_phone',
      'customer_email',
      'customer_address',
      'location_id',
      'scheduled_for',
      'notes',
      'currency',
      'subtotal_minor',
      'discount_minor',
      'discount_reason',
      'service_charge_minor',
      'tax_minor',
      'tax_added_minor',
      'tip_minor',
      'total_minor',
      'paid_minor',
      'due_minor',
      'version',
      'origin',
      'created_at',
      'created_by',
      'updated_at',
      'customer_key',
      'customer_phone_hash',
      'vouchers_minor',
      'merged_into',
      'split',
      'guests',
      'pager',
      'promised_for',
    ],
  },
  order_items: {
    keyColumns: 2,
    columns: [
      'order_id',
      'id',
      'position',
      'menu_item_id',
      'name',
      'kitchen_name',
      'quantity',
      'unit_price_minor',
      'line_total_minor',
      'special_instructions',
      'station_id',
      'ticket_id',
      'kitchen_status',
      'tax_rate_id',
      'tax_rate_ppm',
      'tax_included',
      'voided',
      'void_reason',
      'added_at',
      'combo_id',
      'combo_line_id',
      'combo_name',
      'price_level_id',
      'price_level_name',
      'used_clock',
      'seat',
      'course',
      'held',
      'comp_reason',
      'comp_minor',
      'also_at',
    ],
  },
  /** What lines have taken from stock: see domain/inventory.ts. */
  order_item_uses: {
    keyColumns: 3,
    columns: ['order_id', 'order_item_id', 'ingredient_id', 'amount_milli', 'clock'],
  },
  order_modifiers: {
    keyColumns: 3,
    columns: [
      'order_id',
      'order_item_id',
      'position',
      'modifier_id',
      'name',
      'price_minor',
      'preparation',
    ],
  },
  order_status_history: {
    keyColumns: 2,
    columns: ['order_id', 'position', 'status', 'reason', 'at', 'actor', 'origin', 'clock'],
  },
  order_payments: {
    keyColumns: 2,
    columns: [
      'order_id',
      'id',
      'method',
      'amount_minor',
      'tip_minor',
      'tendered_minor',
      'change_minor',
      'refunded_minor',
      'at',
      'actor',
      'forgiven_minor',
      'paid_for',
      'reference',
      'intent_id',
      'transaction_id',
      'card_brand',
      'card_last_four',
      'card_token',
      'authorisation_code',
      'offline',
      'settled_because',
    ],
  },
  order_payment_intents: {
    keyColumns: 2,
    columns: [
      'order_id',
      'id',
      'kind',
      'state',
      'amount_minor',
      'tip_minor',
      'payment_id',
      'provider',
      'terminal_id',
      'device_id',
      'cancel_asked',
      'why',
      'detail',
      'at',
      'actor',
    ],
  },
  order_tickets: {
    keyColumns: 2,
    columns: [
      'order_id',
      'id',
      'station_id',
      'firing_number',
      'fired_at',
      'fired_by',
      'fired_from',
      'bumped',
      'bumped_at',
      'seen_by',
      'rushed_at',
      'handed_at',
    ],
  },
  order_conflicts: {
    keyColumns: 2,
    columns: [
      'order_id',
      'kind',
      'settled',
      'amount_minor',
      'facts',
      'sides',
      'resolution',
      'note',
      'settled_by',
      'settled_at',
    ],
  },
} as const satisfies Record<string, TableSpec>

export type OrderTable = keyof typeof orderTables
export const ORDER_TABLES = Object.keys(orderTables) as OrderTable[]
export type OrderRows = { readonly [T in OrderTable]: readonly Row[] }

/** Reference data: one row a version of a record, `value` JSON or null where it was removed. */
export const recordsTable = {
  keyColumns: 3,
  columns: ['kind', 'id', 'valid_from', 'value', 'withdrawn', 'clock', 'origin', 'event_index'],
} as const satisfies TableSpec

export function recordRow({ event, stamp }: ReadRecordEvent): Row {
  const value = event.type === 'record.withdrawn' ? null : event.value
  return [
    event.kind,
    event.id,
    event.validFrom ?? AT_ONCE,
    value === null ? null : JSON.stringify(value),
    flag(event.type === 'record.withdrawn'),
    stamp.clock,
    stamp.origin,
    stamp.index,
  ]
}

/**
 * The journal: one row a line, `value` JSON. In which log it stands is not said: what was written again
 * in a fresh one (rule L6) is the same line.
 */
export const journalTable = {
  keyColumns: 2,
  columns: ['kind', 'id', 'about', 'value', 'at', 'actor', 'command_id'],
} as const satisfies TableSpec

export type ProjectedTable = OrderTable | 'records' | 'journal'

export const specOf = (table: ProjectedTable): TableSpec =>
  table === 'records' ? recordsTable : table === 'journal' ? journalTable : orderTables[table]

export function journalRow({ event, meta }: ReadJournalEvent): Row {
  const { kind, id, about, value } = event
  return [kind, id, about, JSON.stringify(value), meta.at, meta.actor, meta.commandId]
}

const flag = (value: boolean): number => (value ? 1 : 0)

/** A line that was moved stands in the tables of the order that it is in, and nowhere else. */
const linesIn = (order: OrderView): LineView[] =>
  order.lines.filter((line) => line.movedTo === null)

/** The other stations of a line, as JSON. */
const alsoAtCell = (also: readonly AlsoAt[]): string =>
  JSON.stringify(
    also.map(({ stationId, ticketId, as, mark }) => ({
      station_id: stationId,
      ticket_id: ticketId,
      as,
      mark,
    })),
  )

/** Everything the tables say of one order. */
export function orderRows(order: OrderView): OrderRows {
  const { totals } = order
  const { fields: customer, key, phoneHash } = customerParts(order.customer)
  return {
    orders: [
      [
        order.id,
        order.number,
        order.businessDay,
        order.status,
        order.channel,
        order.table,
        order.customerId,
        customer.name ?? null,
        customer.phone ?? null,
        customer.email ?? null,
        customer.address ?? null,
        order.locationId,
        order.scheduledFor,
        order.notes,
        order.currency,
        totals.subtotalMinor,
        totals.discountMinor,
        order.discount?.reason ?? null,
        totals.serviceChargeMinor,
        totals.taxMinor,
        totals.taxAddedMinor,
        totals.tipMinor,
        totals.totalMinor,
        totals.paidMinor,
        totals.dueMinor,
        order.version,
        order.origin,
        order.createdAt,
        order.createdBy,
        order.updatedAt,
        key ?? null,
        phoneHash ?? null,
        totals.vouchersMinor,
        order.mergedInto,
        order.split && JSON.stringify(order.split),
        order.guests,
        order.pager,
        order.promisedFor,
      ],
    ],
    order_items: linesIn(order).map((line, position) => [
      order.id,
      line.id,
      position,
      line.itemId,
      line.name,
      line.kitchenName,
      line.quantity,
      line.unitPriceMinor,
      line.totalMinor,
      line.instructions,
      line.stationId,
      line.ticketId,
      line.kitchenStatus,
      line.taxRateId,
      line.taxRatePpm,
      flag(line.taxIncluded),
      flag(line.voided),
      line.voidReason,
      line.addedAt,
      line.combo?.comboId ?? null,
      line.combo?.id ?? null,
      line.combo?.name ?? null,
      line.priceLevel?.id ?? null,
      line.priceLevel?.name ?? null,
      line.usedSince,
      line.seat,
      line.course,
      flag(line.held),
      line.comp?.reason ?? null,
      line.comp?.valueMinor ?? 0,
      line.also === undefined ? null : alsoAtCell(line.also),
    ]),
    order_item_uses: linesIn(order).flatMap((line) =>
      line.usedSince === null
        ? []
        : line.uses.map(({ ingredientId, amountMilli }) => [
            order.id,
            line.id,
            ingredientId,
            amountMilli * line.quantity,
            line.usedSince,
          ]),
    ),
    order_modifiers: linesIn(order).flatMap((line) =>
      line.modifiers.map((modifier, position) => [
        order.id,
        line.id,
        position,
        modifier.id,
        modifier.name,
        modifier.priceMinor,
        modifier.preparation ?? null,
      ]),
    ),
    order_status_history: order.statusHistory.map((fact, position) => [
      order.id,
      position,
      fact.status,
      fact.reason,
      fact.at,
      fact.actor,
      fact.origin,
      fact.clock,
    ]),
    order_payments: order.payments.map((payment) => [
      order.id,
      payment.id,
      payment.method,
      payment.amountMinor,
      payment.tipMinor,
      payment.tenderedMinor,
      payment.changeMinor,
      payment.refundedMinor,
      payment.at,
      payment.actor,
      payment.forgivenMinor,
      payment.paidFor && JSON.stringify(payment.paidFor),
      payment.reference,
      payment.intentId,
      payment.transactionId,
      payment.card?.brand ?? null,
      payment.card?.lastFour ?? null,
      payment.card?.token ?? null,
      payment.card?.authorisationCode ?? null,
      flag(payment.card?.offline ?? false),
      payment.settledBecause,
    ]),
    order_payment_intents: order.intents.map((intent) => [
      order.id,
      intent.id,
      intent.kind,
      intent.state,
      intent.amountMinor,
      intent.tipMinor,
      intent.paymentId,
      intent.provider,
      intent.terminalId,
      intent.deviceId,
      flag(intent.cancelAsked),
      intent.why,
      intent.detail,
      intent.at,
      intent.actor,
    ]),
    order_tickets: order.tickets.map((ticket) => [
      order.id,
      ticket.id,
      ticket.stationId,
      ticket.firingNumber,
      ticket.firedAt,
      ticket.firedBy,
      ticket.firedFrom,
      flag(ticket.bumped),
      ticket.bumpedAt,
      JSON.stringify(ticket.seenBy),
      ticket.rushedAt,
      ticket.handedAt,
    ]),
    order_conflicts: order.conflicts.map((conflict) => [
      order.id,
      conflict.kind,
      flag(conflict.settled !== null),
      conflict.amountMinor,
      JSON.stringify(conflict.facts),
      JSON.stringify(conflict.sides),
      conflict.settled?.resolution ?? null,
      conflict.settled?.note ?? null,
      conflict.settled?.actor ?? null,
      conflict.settled?.at ?? null,
    ]),
  }
}

export interface RowChanges {
  readonly upserts: readonly Row[]
  /** Key cells of rows that are no more. */
  readonly deletes: readonly Row[]
}

/** What turns the rows of before into the rows of now. Untouched rows are not written again. */
export function changedRows(
  spec: TableSpec,
  before: readonly Row[],
  now: readonly Row[],
): RowChanges {
  if (before.length === 0) return { upserts: now, deletes: [] }
  const keyOf = (row: Row): string => row.slice(0, spec.keyColumns).join('\n')
  const beforeByKey = new Map(before.map((row) => [keyOf(row), row]))
  const upserts: Row[] = []
  for (const row of now) {
    const key = keyOf(row)
    const old = beforeByKey.get(key)
    beforeByKey.delete(key)
    if (old === undefined || row.some((cell, i) => cell !== old[i])) upserts.push(row)
  }
  return { upserts, deletes: [...beforeByKey.values()].map((row) => row.slice(0, spec.keyColumns)) }
}
