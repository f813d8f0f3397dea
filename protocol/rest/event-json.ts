import type { Discount } from '../../domain/money.ts'
import type { DomainEvent, RecordSet, SoldModifier } from '../../domain/events.ts'
import type { ShownCustomer, StoredCustomer } from '../../domain/customer.ts'
import type { ShownOrder, StatusFactView } from '../../domain/order-view.ts'
import { comboToRest, modifierToRest, orderToRest, splitToRest } from './order-json.ts'
import { cardToRest, paidForToRest } from './payment-json.ts'
import { moneyOf } from './values.ts'

/** What an event is told against. */
export interface EventContext {
  /** The order as this device reads it now; null: it never heard of its creation. */
  readonly order: ShownOrder | null
  /** Where the order's own currency is not known. */
  readonly currency: string
  readonly at: string
  /** All events of the entry: what one command wrote belongs together. */
  readonly siblings: readonly DomainEvent[]
  /** Tell a creation as the whole order, as it is now; else as what was said then. */
  readonly isOrderWhole: boolean
  /** What the listener may read of a customer. */
  readonly openCustomer: (customer: StoredCustomer | null) => ShownCustomer | null
}

/** An event's `data`, under the names that REST gives these things. */
export function eventData(event: DomainEvent, context: EventContext): Record<string, unknown> {
  const currency = context.order?.currency ?? context.currency
  const price = (minor: number) => moneyOf(minor, currency)
  const modifiers = (sold: readonly SoldModifier[]) =>
    sold.map((modifier) => modifierToRest(modifier, price))

  switch (event.type) {
    case 'record.set':
      return {
        kind: event.kind,
        id: event.id,
        ...(event.validFrom !== undefined && { valid_from: event.validFrom }),
        value: publicValue(event),
      }
    case 'record.withdrawn':
      return { kind: event.kind, id: event.id, valid_from: event.validFrom }
    case 'journal.written':
      return { kind: event.kind, id: event.id, about: event.about, value: event.value }
    case 'order.created':
      return context.isOrderWhole && context.order
        ? { ...orderToRest(context.order) }
        : {
            order_number: event.number,
            business_day: event.businessDay,
            order_type: event.channel,
            table_number: event.table,
            customer_id: event.customerId,
            customer: context.openCustomer(event.customer),
            location_id: event.locationId,
            scheduled_for: event.scheduledFor,
            notes: event.notes,
            ...present({ pager: event.pager }),
          }
    case 'order.details_changed':
      return present({
        order_type: event.channel,
        table_number: event.table,
        customer_id: event.customerId,
        customer: event.customer && context.openCustomer(event.customer),
        scheduled_for: event.scheduledFor,
        notes: event.notes,
        guests: event.guests,
        pager: event.pager,
      })
    case 'order.promised':
      return { promised_for: event.promisedFor }
    case 'order.discount_set':
      return {
        discount: event.discount && shareToRest(event.discount, price),
        reason: event.reason,
      }
    case 'order.service_charge_set':
      return {
        service_charge:
          event.charge?.kind === 'none' ? 'none' : event.charge && shareToRest(event.charge, price),
        reason: event.reason,
      }
    case 'order.split_set':
      return { split: event.split && splitToRest(event.split) }
    case 'order.line_added':
      return {
        item_id: event.lineId,
        menu_item_id: event.itemId,
        name: event.name,
        quantity: event.quantity,
        unit_price: price(event.unitPriceMinor),
        modifiers: modifiers(event.modifiers),
        special_instructions: event.instructions,
        station_id: event.stationId,
      }
    case 'order.line_basis':
      return present({
        item_id: event.lineId,
        uses: event.uses?.map(({ ingredientId, amountMilli }) => ({
          ingredient_id: ingredientId,
          amount_milli: amountMilli,
        })),
        combo: event.combo && comboToRest(event.combo),
        price_level: event.priceLevel,
      })
    case 'order.line_seated':
      return present({ item_id: event.lineId, seat: event.seat, course: event.course })
    case 'order.line_changed':
      return present({
        item_id: event.lineId,
        quantity: event.quantity,
        modifiers: event.modifiers && modifiers(event.modifiers),
        special_instructions: event.instructions,
      })
    case 'order.line_moved':
      return { item_id: event.lineId, to_order_id: event.toOrderId }
    case 'order.line_comped':
    case 'order.line_voided':
      return { item_id: event.lineId, reason: event.reason }
    case 'order.merged':
      return { to_order_id: event.toOrderId }
    case 'order.course_held':
    case 'order.course_fired':
      return { course: event.course }
    case 'order.confirmed':
      return { confirmed_at: context.at }
    case 'order.preparing': {
      const stations = startedStations(context)
      return { station: stations[0] ?? null, stations }
    }
    case 'order.ready':
      return {
        ready_at: context.at,
        preparation_time_seconds: secondsSince(context, ['preparing', 'confirmed']),
      }
    case 'order.completed':
      return {
        completed_at: context.at,
        completion_time_seconds: secondsSince(context, ['pending']),
      }
    case 'order.cancelled':
      return { reason: event.reason }
    case 'order.fired':
      return {
        firing_id: event.firingId,
        items: event.lines.map(({ lineId, stationId }) => ({
          item_id: lineId,
          station_id: stationId,
        })),
      }
    case 'order.fired_also':
      return {
        firing_id: event.firingId,
        items: event.lines.map(({ lineId, stationId, as }) => ({
          item_id: lineId,
          station_id: stationId,
          as,
        })),
      }
    case 'order.also_marked':
      return { item_id: event.lineId, station_id: event.stationId, kitchen_status: event.mark }
    case 'order.tickets_rushed':
      return { ticket_ids: event.ticketIds, rush: event.rush }
    case 'order.tickets_handed':
      return { ticket_ids: event.ticketIds, handed: event.handed }
    case 'order.changes_seen':
      return { ticket_id: event.ticketId, change_ids: event.changeIds }
    case 'order.line_marked':
      return { item_id: event.lineId, kitchen_status: event.mark }
    case 'order.ticket_bumped':
    case 'order.ticket_recalled':
      return { ticket_id: event.ticketId }
    case 'order.ticket_seen':
      return { ticket_id: event.ticketId, device_id: event.deviceId }
    case 'order.payment_taken':
      return {
        payment_id: event.paymentId,
        method: event.method,
        amount: price(event.amountMinor),
        tip: price(event.tipMinor),
        tendered: price(event.tenderedMinor),
        change: price(event.changeMinor),
        ...present({
          paid_for: event.paidFor && paidForToRest(event.paidFor),
          reference: event.reference,
          payment_intent_id: event.intentId,
          card: event.card && cardToRest(event.card),
          settled_because: event.settledBecause,
        }),
      }
    case 'order.payment_intended':
      return {
        payment_intent_id: event.intentId,
        amount: price(event.amountMinor),
        tip: price(event.tipMinor),
        provider: event.provider,
        device_id: event.deviceId,
      }
    case 'order.payment_cancel_asked':
      return { payment_intent_id: event.intentId }
    case 'order.payment_failed':
      return { payment_intent_id: event.intentId, why: event.why, detail: event.detail }
    case 'order.payment_unclear':
      return { payment_intent_id: event.intentId, detail: event.detail }
    case 'order.refund_intended':
      return {
        refund_id: event.refundId,
        payment_id: event.paymentId,
        amount: price(event.amountMinor),
        reason: event.reason,
        refund_for: event.refundFor,
        provider: event.provider,
        device_id: event.deviceId,
      }
    case 'order.refund_failed':
      return { refund_id: event.refundId, why: event.why, detail: event.detail }
    case 'order.payment_refunded':
      return {
        refund_id: event.refundId,
        payment_id: event.paymentId,
        amount: price(event.amountMinor),
        reason: event.reason,
        ...present({ refund_for: event.refundFor, settled_because: event.settledBecause }),
      }
    case 'order.voucher_sold':
      return { voucher_id: event.voucherId, hint: event.hint, amount: price(event.amountMinor) }
    case 'order.voucher_withdrawn':
      return { voucher_id: event.voucherId }
    case 'order.approved':
      return {
        command: event.command,
        approved_by: event.approvedBy,
        approved_at: event.approvedAt,
      }
    case 'order.conflict_settled':
      return { kind: event.kind, resolution: event.resolution, note: event.note }
  }
}

/** What a PIN was made of, and keys, wrapped as they are, leave the store's devices never. */
function publicValue(event: RecordSet): unknown {
  if (event.kind === 'pin_renewal' || event.kind === 'key_wrap') return null
  // Its bytes are asked for by its name.
  if (event.kind === 'picture') return event.value && { type: event.value.type }
  if (event.kind !== 'staff' || event.value === null) return event.value
  const { pinHash: _, ...rest } = event.value
  return rest
}

const shareToRest = (share: Discount, price: (minor: number) => unknown) =>
  share.kind === 'amount' ? { amount: price(share.amountMinor) } : { rate_ppm: share.ratePpm }

const present = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** The stations of the lines that were started with it; where none was named, all that cook it. */
function startedStations({ order, siblings }: EventContext): string[] {
  const started = new Set(
    siblings.flatMap((event) => (event.type === 'order.line_marked' ? [event.lineId] : [])),
  )
  const cooked = order?.lines.filter((line) => line.ticketId !== null) ?? []
  const named = cooked.filter((line) => started.has(line.id))
  const stations = (named.length > 0 ? named : cooked).flatMap((line) => line.stationId ?? [])
  return [...new Set(stations)].toSorted()
}

/** Whole seconds from the first of these statuses that the order has been in. */
function secondsSince(
  { order, at }: EventContext,
  statuses: readonly StatusFactView['status'][],
): number | null {
  for (const status of statuses) {
    const since = order?.statusHistory.find((fact) => fact.status === status)
    if (since) return Math.max(0, Math.round((Date.parse(at) - Date.parse(since.at)) / 1000))
  }
  return null
}
