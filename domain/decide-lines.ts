import type { OrderCommandOf } from './commands.ts'
import { movedFact, openConflicts } from './conflicts.ts'
import type { DecideContext, Decision } from './decision.ts'
import type { OrderEvent, SoldModifier } from './events.ts'
import { findShortage, usesOf, type Use } from './inventory.ts'
import { sellModifiers, type ChosenModifier } from './modifiers.ts'
import { MAX_MINOR } from './money.ts'
import { findLine, liveLines, mayPayLater, sumOf } from './order-parts.ts'
import { PERMITTED } from './order-status.ts'
import { grossMinor, type LineView, type OrderView } from './order-view.ts'
import { choiceOf, eventsOf, lineIdsOf, priceLines, type SoldLine } from './pricing.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'

/** What is in an order: lines come, change, move to another one and are voided. */

export function addLines(
  commandId: string,
  { id: orderId, channel }: Pick<OrderView, 'id' | 'channel'>,
  held: readonly LineView[],
  requests: OrderCommandOf<'addLines'>['lines'],
  context: DecideContext,
): Decision {
  const { catalog, atMs, maxItemsPerOrder: limit } = context
  if (held.length + requests.length > limit) {
    return refuse({ code: 'too_many_items', limit, count: held.length + requests.length })
  }
  const nextLineId = lineIdsOf(commandId)
  const sold: SoldLine[] = []
  for (const request of requests) {
    const lines = priceLines({ catalog, orderId, channel, atMs }, request, nextLineId)
    if (!lines.ok) return lines
    const { seat, course } = request
    for (const one of lines.value) {
      sold.push({
        ...one,
        ...(seat !== undefined && { seat }),
        ...(course !== undefined && { course }),
      })
    }
  }
  const count = held.length + sold.length
  if (count > limit) return refuse({ code: 'too_many_items', limit, count })
  const sum = sold.reduce(
    (total, { added }) => total + grossMinor(added.unitPriceMinor, added.modifiers, added.quantity),
    sumOf(held),
  )
  if (sum > MAX_MINOR) return refuse({ code: 'amount_too_large', maxMinor: MAX_MINOR })
  const shortage = findShortage(catalog, context.stock, waiting(held), sold)
  if (shortage !== null) return refuse({ code: 'item_sold_out', ...shortage })
  return ok(sold.flatMap(eventsOf))
}

/** What is in an order and not sent yet is not deducted yet either. */
const waiting = (lines: readonly LineView[]): LineView[] => lines.filter((line) => !line.fired)

export function changeLine(
  order: OrderView,
  command: OrderCommandOf<'changeLine'>,
  context: DecideContext,
): Decision {
  const found = findLine(order, command.lineId)
  if (!found.ok) return found
  const line = found.value
  const combined = inCombo(order, line)
  const sent = combined.find((one) => one.fired)
  if (sent && isOfFood(command))
    return refuse({ code: 'line_already_sent', lineId: sent.id, name: sent.name })
  const chosen = changedModifiers(line, command.modifierIds, context)
  if (!chosen.ok) return chosen
  const modifiers = chosen.value?.map(({ sold }) => sold)
  const uses = chosen.value && usesOf(context.catalog, line.itemId, chosen.value.map(choiceOf))
  const changed = combined.map((one): LineView => ({
    ...one,
    quantity: command.quantity ?? one.quantity,
    ...(one.id === line.id && modifiers !== undefined && { modifiers }),
    ...(one.id === line.id && uses !== undefined && { uses }),
  }))
  const others = liveLines(order).filter((one) => !combined.includes(one))
  const sum = changed.reduce(
    (total, one) => total + grossMinor(one.unitPriceMinor, one.modifiers, one.quantity),
    sumOf(others),
  )
  if (sum > MAX_MINOR) return refuse({ code: 'amount_too_large', maxMinor: MAX_MINOR })
  // Taking less, or leaving something out, is never refused for want of stock.
  if (changed.some((one, index) => asksForMore(one, combined[index] ?? one))) {
    const shortage = findShortage(context.catalog, context.stock, waiting(others), changed)
    if (shortage !== null) return refuse({ code: 'item_sold_out', ...shortage })
  }
  const change = { command, modifiers, uses }
  return ok([
    ...combined.flatMap((one) => changeEvents(one, one.id === line.id, change)),
    ...combined.flatMap((one) => seatEvents(one, command)),
  ])
}

/** Whose a line is can be said as long as the order is open; what the kitchen has is cooked so. */
const isOfFood = (command: OrderCommandOf<'changeLine'>): boolean =>
  command.course !== undefined || changesLine(command)

const changesLine = ({ quantity, modifierIds, instructions }: OrderCommandOf<'changeLine'>) =>
  quantity !== undefined || modifierIds !== undefined || instructions !== undefined

function seatEvents(
  line: LineView,
  { seat, course }: Pick<OrderCommandOf<'changeLine'>, 'seat' | 'course'>,
): OrderEvent[] {
  const isSame =
    (seat === undefined || seat === line.seat) && (course === undefined || course === line.course)
  if (isSame) return []
  const { id: lineId, homeOrderId: orderId } = line
  return [
    {
      type: 'order.line_seated',
      orderId,
      lineId,
      ...(seat !== undefined && { seat }),
      ...(course !== undefined && { course }),
    },
  ]
}

interface LineChange {
  readonly command: OrderCommandOf<'changeLine'>
  readonly modifiers: SoldModifier[] | undefined
  readonly uses: Use[] | undefined
}

/** Of a combo, all lines change their quantity, and one what is special of it. */
function changeEvents(
  { id: lineId, homeOrderId: orderId, uses: usesBefore }: LineView,
  isThis: boolean,
  { command, modifiers, uses }: LineChange,
): OrderEvent[] {
  const { quantity, instructions } = command
  if (!changesLine(command)) return []
  if (!isThis) {
    return quantity === undefined ? [] : [{ type: 'order.line_changed', orderId, lineId, quantity }]
  }
  const hasUses = uses !== undefined && usesBefore.length + uses.length > 0
  return [
    {
      type: 'order.line_changed',
      orderId,
      lineId,
      ...(quantity !== undefined && { quantity }),
      ...(modifiers !== undefined && { modifiers }),
      ...(instructions !== undefined && { instructions }),
    },
    ...(hasUses ? [{ type: 'order.line_basis' as const, orderId, lineId, uses }] : []),
  ]
}

const asksForMore = (now: LineView, before: LineView): boolean =>
  now.quantity > before.quantity ||
  now.uses.some(({ ingredientId, amountMilli }) => {
    const was = before.uses.find((use) => use.ingredientId === ingredientId)
    return amountMilli > (was?.amountMilli ?? 0)
  })

/** The live lines of the combo that a line is part of, or the line alone. */
const inCombo = (order: OrderView, line: LineView): LineView[] =>
  line.combo === null
    ? [line]
    : liveLines(order).filter(({ combo }) => combo?.id === line.combo?.id)

function changedModifiers(
  line: LineView,
  modifierIds: readonly string[] | undefined,
  context: DecideContext,
): Result<ChosenModifier[] | undefined, Rejection> {
  if (modifierIds === undefined) return ok(undefined)
  const item = context.catalog.menu_item.get(line.itemId)
  if (!item) return refuse({ code: 'unknown_item', itemId: line.itemId })
  return sellModifiers(context.catalog, item, modifierIds)
}

export function moveLines(
  order: OrderView,
  { toOrderId, lineIds }: OrderCommandOf<'moveLines'>,
  context: DecideContext,
): Decision {
  const target = context.orderById(toOrderId)
  if (target === null) return refuse({ code: 'order_not_found', orderId: toOrderId })
  if (toOrderId === order.id || !PERMITTED[target.status].addLines) {
    return refuse({ code: 'cannot_move_there', orderId: toOrderId })
  }
  const stray = strayFacts(order)
  if (stray !== null && !lineIds.every((lineId) => stray.includes(movedFact(lineId)))) {
    return refuse({ code: 'conflict_not_found', kind: 'moved_after_cancel' })
  }
  const found: LineView[] = []
  for (const lineId of new Set(lineIds)) {
    const line = findLine(order, lineId)
    if (!line.ok) return line
    found.push(line.value)
  }
  const moved = [...new Set(found.flatMap((line) => inCombo(order, line)))]
  const together = [...liveLines(target), ...moved]
  const limit = context.maxItemsPerOrder
  if (together.length > limit) {
    return refuse({ code: 'too_many_items', limit, count: together.length })
  }
  if (sumOf(together) > MAX_MINOR) return refuse({ code: 'amount_too_large', maxMinor: MAX_MINOR })
  const events = moved.map(({ id: lineId, homeOrderId: orderId }): OrderEvent => ({
    type: 'order.line_moved',
    orderId,
    lineId,
    toOrderId,
  }))
  if (target.status !== 'pending' || moved.every((line) => !line.fired)) return ok(events)
  // The kitchen has a part of it already: then it is confirmed, where that needs no payment.
  if (!mayPayLater(target, context)) {
    const dueMinor = target.totals.dueMinor + sumOf(moved)
    return refuse({ code: 'payment_required', channel: target.channel, dueMinor })
  }
  return ok([...events, { type: 'order.confirmed', orderId: toOrderId }])
}

/** Out of a cancelled order goes only what got there unseen. Null: it is not cancelled. */
function strayFacts({ status, conflicts }: OrderView): readonly string[] | null {
  if (status !== 'cancelled') return null
  const open = openConflicts(conflicts)
  return open.find(({ kind }) => kind === 'moved_after_cancel')?.facts ?? []
}

/** What is part of a combo goes with all of it: the rest would have the price of nothing. */
export function voidLine(
  order: OrderView,
  { lineId: of, reason }: OrderCommandOf<'voidLine'>,
): Decision {
  const found = findLine(order, of)
  if (!found.ok) return found
  const lines = inCombo(order, found.value)
  if (lines.some((line) => line.fired) && !reason?.trim())
    return refuse({ code: 'reason_required' })
  return ok(
    lines.map(({ id: lineId, homeOrderId: orderId }): OrderEvent => ({
      type: 'order.line_voided',
      orderId,
      lineId,
      reason,
    })),
  )
}

/** All of a combo, as a void. Saying it twice, or taking back what was never comped, changes nothing. */
export function compLine(
  order: OrderView,
  { lineId: of, reason }: OrderCommandOf<'compLine'>,
): Decision {
  const found = findLine(order, of)
  if (!found.ok) return found
  return ok(
    inCombo(order, found.value).flatMap(
      ({ id: lineId, homeOrderId: orderId, comp }): OrderEvent[] =>
        (comp?.reason ?? null) === reason
          ? []
          : [{ type: 'order.line_comped', orderId, lineId, reason }],
    ),
  )
}
