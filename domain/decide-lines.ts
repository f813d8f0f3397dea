import type { OrderCommandOf } from './commands.ts'
import { movedFact, openConflicts } from './conflicts.ts'
import type { DecideContext, Decision } from './decision.ts'
import type { OrderEvent, SoldModifier } from './events.ts'
import { derivedId } from './ids.ts'
import { MAX_MINOR } from './money.ts'
import { findLine, liveLines, mayPayLater, sumOf } from './order-parts.ts'
import { PERMITTED } from './order-status.ts'
import { grossMinor, type LineView, type OrderView } from './order-view.ts'
import { priceLine, sellModifiers } from './pricing.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'

/** What is in an order: lines come, change, move to another one and are voided. */

export function addLines(
  commandId: string,
  orderId: string,
  held: readonly LineView[],
  lines: OrderCommandOf<'addLines'>['lines'],
  context: DecideContext,
): Decision {
  const count = held.length + lines.length
  if (count > context.maxItemsPerOrder) {
    return refuse({ code: 'too_many_items', limit: context.maxItemsPerOrder, count })
  }
  const events: OrderEvent[] = []
  let sum = sumOf(held)
  for (const [index, request] of lines.entries()) {
    const line = priceLine(context.catalog, orderId, derivedId(commandId, index), request)
    if (!line.ok) return line
    sum += grossMinor(line.value.unitPriceMinor, line.value.modifiers, line.value.quantity)
    events.push(line.value)
  }
  return sum > MAX_MINOR ? refuse({ code: 'amount_too_large', maxMinor: MAX_MINOR }) : ok(events)
}

export function changeLine(
  order: OrderView,
  command: OrderCommandOf<'changeLine'>,
  context: DecideContext,
): Decision {
  const found = findLine(order, command.lineId)
  if (!found.ok) return found
  const line = found.value
  if (line.fired) return refuse({ code: 'line_already_sent', lineId: line.id, name: line.name })
  const { type: _, modifierIds, ...rest } = command
  const modifiers = changedModifiers(line, modifierIds, context)
  if (!modifiers.ok) return modifiers
  const { unitPriceMinor } = line
  const quantity = command.quantity ?? line.quantity
  const changed = grossMinor(unitPriceMinor, modifiers.value ?? line.modifiers, quantity)
  if (sumOf(liveLines(order)) - line.totalMinor + changed > MAX_MINOR) {
    return refuse({ code: 'amount_too_large', maxMinor: MAX_MINOR })
  }
  return ok([
    {
      type: 'order.line_changed',
      ...rest,
      orderId: line.homeOrderId,
      ...(modifiers.value !== undefined && { modifiers: modifiers.value }),
    },
  ])
}

function changedModifiers(
  line: LineView,
  modifierIds: readonly string[] | undefined,
  context: DecideContext,
): Result<SoldModifier[] | undefined, Rejection> {
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
  const moved: LineView[] = []
  for (const lineId of new Set(lineIds)) {
    const line = findLine(order, lineId)
    if (!line.ok) return line
    moved.push(line.value)
  }
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

export function voidLine(order: OrderView, command: OrderCommandOf<'voidLine'>): Decision {
  const found = findLine(order, command.lineId)
  if (!found.ok) return found
  if (found.value.fired && !command.reason?.trim()) return refuse({ code: 'reason_required' })
  return ok([{ ...command, type: 'order.line_voided', orderId: found.value.homeOrderId }])
}
