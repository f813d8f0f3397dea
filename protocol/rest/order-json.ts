import {
  isLive,
  type LineView,
  type OrderView,
  type ShownOrder,
  type TicketView,
} from '../../domain/order-view.ts'
import type { SoldModifier } from '../../domain/events.ts'
import { preparedKitchenName } from '../../domain/preparations.ts'
import type { RestKitchenOrder, RestOrder, RestOrderItem } from './order.ts'
import type { Split } from '../../domain/split-schema.ts'
import { checksOf } from '../../domain/split.ts'
import { intentToRest, paidForToRest, paymentToRest } from './payment-json.ts'
import { moneyOf, type Money } from './values.ts'

/** The order as callers read it. Voided lines stand apart, so that the items are what is bought. */
export function orderToRest(order: ShownOrder): RestOrder {
  const { totals } = order
  const price = (minor: number): Money => moneyOf(minor, order.currency)
  return {
    id: order.id,
    order_number: order.number,
    status: order.status,
    order_type: order.channel,
    table_number: order.table,
    customer_id: order.customerId,
    customer: order.customer,
    location_id: order.locationId,
    scheduled_for: order.scheduledFor,
    promised_for: order.promisedFor,
    notes: order.notes,
    guests: order.guests,
    pager: order.pager,
    items: order.lines.filter(isLive).map((line) => itemToRest(line, price)),
    split: order.split && splitToRest(order.split),
    checks: checksOf(order).map((check) => ({
      part: check.part,
      of: check.of,
      seat: check.seat,
      item_ids: check.lineIds && [...check.lineIds],
      amount: price(check.amountMinor),
      paid: price(check.paidMinor),
      due: price(check.dueMinor),
      paid_for: paidForToRest(check.paidFor),
    })),
    held_courses: [...order.heldCourses],
    merged_into: order.mergedInto,
    removed_items: order.lines
      .filter((line) => line.voided && line.movedTo === null)
      .map((line) => ({ ...itemToRest(line, price), reason: line.voidReason })),
    subtotal: price(totals.subtotalMinor),
    discount: price(totals.discountMinor),
    discount_reason: order.discount?.reason ?? null,
    service_charge: price(totals.serviceChargeMinor),
    service_charge_by_hand: order.serviceCharge !== null,
    tax: price(totals.taxMinor),
    tax_added: price(totals.taxAddedMinor),
    taxes: totals.taxes.map((tax) => ({
      tax_rate_id: tax.taxRateId,
      rate_ppm: tax.ratePpm,
      included: tax.included,
      base: price(tax.baseMinor),
      tax: price(tax.taxMinor),
    })),
    vouchers: order.vouchers
      .filter(({ withdrawn }) => !withdrawn)
      .map(({ id, hint, amountMinor }) => ({ id, hint, amount: price(amountMinor) })),
    tip: price(totals.tipMinor),
    total: price(totals.totalMinor),
    paid: price(totals.paidMinor),
    due: price(totals.dueMinor),
    payments: order.payments.map((payment) => paymentToRest(payment, price)),
    payment_intents: order.intents.map((intent) => intentToRest(intent, price)),
    status_history: order.statusHistory.map(({ status, reason, at, actor, origin }) => ({
      status,
      reason,
      at,
      actor,
      origin,
    })),
    tickets: order.tickets.map((ticket) => ({
      ...ticketHead(ticket),
      item_ids: [...ticket.lineIds],
      bumped: ticket.bumped,
      bumped_at: ticket.bumpedAt,
    })),
    business_day: order.businessDay,
    currency: order.currency,
    version: order.version,
    created_at: order.createdAt,
    created_by: order.createdBy,
    updated_at: order.updatedAt,
  }
}

function itemToRest(line: LineView, price: (minor: number) => Money): RestOrderItem {
  return {
    id: line.id,
    menu_item_id: line.itemId,
    name: line.name,
    quantity: line.quantity,
    unit_price: price(line.unitPriceMinor),
    modifiers: line.modifiers.map((modifier) => modifierToRest(modifier, price)),
    special_instructions: line.instructions,
    line_total: price(line.totalMinor),
    kitchen_status: line.kitchenStatus,
    station_id: line.stationId,
    ticket_id: line.ticketId,
    also_at: (line.also ?? []).map(({ stationId, ticketId, as, mark }) => ({
      station_id: stationId,
      ticket_id: ticketId,
      as,
      kitchen_status: mark,
    })),
    added_at: line.addedAt,
    combo: line.combo && comboToRest(line.combo),
    price_level: line.priceLevel,
    comp: line.comp && { reason: line.comp.reason, value: price(line.comp.valueMinor) },
    seat: line.seat,
    course: line.course,
    held: line.held,
  }
}

export function splitToRest(split: Split): NonNullable<RestOrder['split']> {
  switch (split.kind) {
    case 'equal':
      return { equal: split.parts }
    case 'amounts':
      return { amounts: split.amountsMinor }
    case 'seats':
      return { by_seat: true }
    case 'items':
      return { items: split.groups }
  }
}

export const modifierToRest = (
  { id, name, priceMinor, preparation }: SoldModifier,
  price: (minor: number) => Money,
) => ({ id, name, price: price(priceMinor), preparation: preparation ?? null })

export const comboToRest = ({ id, comboId, name }: NonNullable<LineView['combo']>) => ({
  id,
  combo_id: comboId,
  name,
})

const ticketHead = (ticket: TicketView) => ({
  id: ticket.id,
  station_id: ticket.stationId,
  firing_number: ticket.firingNumber,
  fired_at: ticket.firedAt,
  seen_by: ticket.seenBy.map(({ deviceId, at }) => ({ device_id: deviceId, at })),
  rushed_at: ticket.rushedAt,
  handed_at: ticket.handedAt,
  changes: (ticket.changes ?? []).map(({ id, lineId, kind, at }) => ({
    id,
    item_id: lineId,
    kind,
    at,
  })),
})

/** An order with the tickets given, in the kitchen's words. */
export function orderToKitchen(order: OrderView, tickets: readonly TicketView[]): RestKitchenOrder {
  const linesById = new Map(order.lines.map((line) => [line.id, line]))
  return {
    id: order.id,
    order_number: order.number,
    status: order.status,
    order_type: order.channel,
    table_number: order.table,
    notes: order.notes,
    pager: order.pager,
    scheduled_for: order.scheduledFor,
    promised_for: order.promisedFor,
    created_at: order.createdAt,
    version: order.version,
    held_courses: [...order.heldCourses],
    tickets: tickets.map((ticket) => ({
      ...ticketHead(ticket),
      items: ticket.lineIds.flatMap((lineId) => {
        const line = linesById.get(lineId)
        return line ? [kitchenItem(line, ticket.id)] : []
      }),
    })),
  }
}

const kitchenItem = (line: LineView, ticketId: string) => ({
  id: line.id,
  menu_item_id: line.itemId,
  name: line.kitchenName,
  quantity: line.quantity,
  modifiers: line.modifiers.map(preparedKitchenName),
  special_instructions: line.instructions,
  ...partAt(line, ticketId),
  removed: line.voided,
  seat: line.seat,
  course: line.course,
})

/** What the station of a ticket has to do with a line on it, and how far it is. */
function partAt({ also, ownMark, kitchenStatus }: LineView, ticketId: string) {
  const other = also?.find((part) => part.ticketId === ticketId)
  return other === undefined
    ? { part: 'own' as const, kitchen_status: ownMark ?? kitchenStatus }
    : { part: other.as, kitchen_status: other.mark }
}
