import { STORE_RECORD_ID, type Catalog } from './catalog.ts'
import { RESOLUTIONS_OF } from './conflict-kinds.ts'
import { madeLines, MAX_FACTS, movedFact, movedLines, openConflicts } from './conflicts.ts'
import type { OrderCommand, OrderCommandOf, Stamped } from './commands.ts'
import type { KitchenMark, OrderEvent, SoldModifier } from './events.ts'
import type { OrderState } from './evolve.ts'
import { derivedId } from './ids.ts'
import { MAX_MINOR } from './money.ts'
import {
  grossMinor,
  isLive,
  NO_STATION,
  viewOrder,
  type LineView,
  type OrderView,
} from './order-view.ts'
import {
  PERMITTED,
  possibleFrom,
  STATUS_MOVES,
  type OrderStatus,
  type StatusMove,
} from './order-status.ts'
import { placedLines } from './placed-lines.ts'
import { priceLine, sellModifiers } from './pricing.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'

/** What a decision may read beside the order itself. */
export interface DecideContext {
  readonly catalog: Catalog
  /** The states of the orders whose lines were moved to this one. */
  readonly lenders: readonly OrderState[]
  /** Another order, to which lines are to be moved. */
  readonly orderById: (orderId: string) => OrderView | null
  /** The number that a new order would get, and the day it would belong to. */
  readonly orderNumber: string
  readonly businessDay: string
  readonly maxItemsPerOrder: number
  /** Paying in full, or sending, confirms an order without another tap. */
  readonly autoConfirm: boolean
}

type Decision = Result<readonly OrderEvent[], Rejection>

/**
 * The rules of an order: a wish becomes the events of one entry, or a refusal that says why. Pure.
 * A command that the order has seen already gives no events (rule L5).
 */
export function decide(
  state: OrderState | undefined,
  stamped: Stamped<OrderCommand>,
  context: DecideContext,
): Decision {
  const { command } = stamped
  const order = state && viewOrder(state, context.lenders)
  if (order && wasTaken(stamped.id, [state, ...context.lenders])) return ok([])
  if (command.type === 'createOrder') {
    return order
      ? refuse({ code: 'order_exists', orderId: command.orderId })
      : createOrder(stamped.id, command, context)
  }
  if (!state || !order) return refuse({ code: 'order_not_found', orderId: command.orderId })
  if (!PERMITTED[order.status][command.type]) return notFrom(order.status, command)
  const decision = decideOn(state, order, { ...stamped, command }, context)
  if (!decision.ok || decision.value.length === 0) return decision
  return ok([...missingStatusFacts(state, order), ...decision.value])
}

/** A command on a line that was moved here is written where the line was sold. */
export const wasTaken = (commandId: string, states: readonly OrderState[]): boolean =>
  states.some((state) => commandId in state.commandIds)

type ExistingCommand = Exclude<OrderCommand, { type: 'createOrder' }>

function decideOn(
  state: OrderState,
  order: OrderView,
  { id, command }: { readonly id: string; readonly command: ExistingCommand },
  context: DecideContext,
): Decision {
  switch (command.type) {
    case 'addLines':
      return addLines(id, order.id, liveLines(order), command.lines, context)
    case 'changeLine':
      return changeLine(order, command, context)
    case 'moveLines':
      return moveLines(order, command, context)
    case 'voidLine':
      return voidLine(order, command)
    case 'changeDetails': {
      const { type: _, ...details } = command
      return ok([{ type: 'order.details_changed', ...details }])
    }
    case 'setDiscount':
      return command.discount !== null && command.reason === null
        ? refuse({ code: 'reason_required' })
        : ok([{ ...command, type: 'order.discount_set' }])
    case 'sendToKitchen':
    case 'confirmOrder':
      return sendToKitchen(id, order, context)
    case 'startPreparing':
      return markSelected(order, command, 'preparing')
    case 'markReady':
      return markSelected(order, command, 'ready')
    case 'completeOrder':
      return ok([{ type: 'order.completed', orderId: order.id }])
    case 'cancelOrder':
      return ok([cancelled(state, command, context)])
    case 'markLines':
      return markLines(order, command)
    case 'bumpTicket':
      return bumpTicket(order, command)
    case 'recallTicket':
      return recallTicket(order, command)
    case 'seeTickets':
      return seeTickets(order, command)
    case 'takePayment':
      return takePayment(id, order, command, context)
    case 'refundPayment':
      return refundPayment(id, order, command)
    case 'settleConflict':
      return settleConflict(order, command)
  }
}

function createOrder(
  commandId: string,
  command: OrderCommandOf<'createOrder'>,
  context: DecideContext,
): Decision {
  const store = context.catalog.store.get(STORE_RECORD_ID)
  if (!store) return refuse({ code: 'store_not_loaded' })
  const { type: _, lines, ...details } = command
  const created: OrderEvent = {
    type: 'order.created',
    ...details,
    number: context.orderNumber,
    businessDay: context.businessDay,
    currency: store.currency,
    taxRounding: store.taxRounding,
    serviceChargePpm: command.channel === 'dine_in' ? store.serviceChargePpm : 0,
  }
  const added = addLines(commandId, command.orderId, [], lines, context)
  return added.ok ? ok([created, ...added.value]) : added
}

function addLines(
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

function changeLine(
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

function moveLines(
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

function voidLine(order: OrderView, command: OrderCommandOf<'voidLine'>): Decision {
  const found = findLine(order, command.lineId)
  if (!found.ok) return found
  if (found.value.fired && !command.reason?.trim()) return refuse({ code: 'reason_required' })
  return ok([{ ...command, type: 'order.line_voided', orderId: found.value.homeOrderId }])
}

function sendToKitchen(commandId: string, order: OrderView, context: DecideContext): Decision {
  if (liveLines(order).length === 0) return refuse({ code: 'empty_order' })
  if (order.status === 'pending' && !isPaid(order) && !mayPayLater(order, context)) {
    const { dueMinor } = order.totals
    return refuse({ code: 'payment_required', channel: order.channel, dueMinor })
  }
  return ok(confirmAndFire(commandId, order))
}

/** What makes a pending order confirmed, and puts every line that no station has yet on a ticket. */
function confirmAndFire(commandId: string, order: OrderView): OrderEvent[] {
  const events: OrderEvent[] = []
  const orderId = order.id
  if (order.status === 'pending') events.push({ type: 'order.confirmed', orderId })
  const unfired = liveLines(order).filter((line) => !line.fired)
  if (unfired.length === 0) return events
  // A line is fired where it was sold: there its second firing is known for one (rule K1).
  const byHome = Map.groupBy(unfired, (line) => line.homeOrderId)
  for (const [position, [homeOrderId, lines]] of [...byHome].entries()) {
    events.push({
      type: 'order.fired',
      orderId: homeOrderId,
      firingId: derivedId(commandId, position),
      lines: lines.map((line) => ({ lineId: line.id, stationId: line.stationId ?? NO_STATION })),
    })
  }
  const nothingToCook = liveLines(order).every((line) => line.stationId === null)
  const status = order.status === 'pending' ? 'confirmed' : order.status
  if (nothingToCook) events.push(...stepsTo('ready', order, status))
  return events
}

function markSelected(
  order: OrderView,
  command: OrderCommandOf<'startPreparing' | 'markReady'>,
  mark: 'preparing' | 'ready',
): Decision {
  const cooked = liveLines(order).filter((line) => line.ticketId !== null)
  const { lineIds, stationId } = command
  for (const lineId of lineIds ?? []) {
    const line = findLine(order, lineId)
    if (!line.ok) return line
    if (line.value.ticketId === null) {
      return refuse({ code: 'line_not_fired', lineId, name: line.value.name })
    }
  }
  const selected = cooked.filter(
    (line) =>
      (lineIds === undefined || lineIds.includes(line.id)) &&
      (stationId === undefined || line.stationId === stationId),
  )
  const wholeOrder = lineIds === undefined && stationId === undefined
  const toMark = selected.filter((line) => markRank(line.kitchenStatus) < markRank(mark))
  if (wholeOrder && toMark.length === 0 && STATUS_MOVES[order.status][moveTo(mark)] === null) {
    return notFrom(order.status, command)
  }
  const events = marks(order, toMark, mark)
  if (wholeOrder && !events.some((event) => event.type === `order.${mark}`)) {
    events.push(...stepsTo(mark, order, order.status))
  }
  return ok(events)
}

const moveTo = (mark: 'preparing' | 'ready'): StatusMove => (mark === 'ready' ? 'ready' : 'prepare')

function markLines(order: OrderView, command: OrderCommandOf<'markLines'>): Decision {
  const lines: LineView[] = []
  for (const lineId of command.lineIds) {
    const line = findLine(order, lineId)
    if (!line.ok) return line
    if (line.value.ticketId === null) {
      return refuse({ code: 'line_not_fired', lineId, name: line.value.name })
    }
    lines.push(line.value)
  }
  return ok(marks(order, lines, command.mark))
}

function bumpTicket(order: OrderView, command: OrderCommandOf<'bumpTicket'>): Decision {
  const ticket = order.tickets.find((t) => t.id === command.ticketId)
  if (!ticket) return refuse({ code: 'ticket_not_found', ticketId: command.ticketId })
  if (ticket.bumped) return ok([])
  const isOpen = order.status !== 'cancelled' && order.status !== 'completed'
  const toMark = linesOn(order, ticket.id)
    .filter((line) => isOpen || line.movedTo !== null)
    .filter((line) => line.kitchenStatus !== 'ready')
  return ok([
    ...marks(order, toMark, 'ready'),
    { type: 'order.ticket_bumped', orderId: order.id, ticketId: ticket.id },
  ])
}

function recallTicket(order: OrderView, command: OrderCommandOf<'recallTicket'>): Decision {
  const ticket = order.tickets.find((t) => t.id === command.ticketId)
  if (!ticket) return refuse({ code: 'ticket_not_found', ticketId: command.ticketId })
  if (!ticket.bumped) return ok([])
  return ok([
    { type: 'order.ticket_recalled', orderId: order.id, ticketId: ticket.id },
    ...linesOn(order, ticket.id).map((line) => lineMarked(line, 'preparing')),
  ])
}

function seeTickets(order: OrderView, command: OrderCommandOf<'seeTickets'>): Decision {
  const { deviceId } = command
  const events: OrderEvent[] = []
  for (const ticketId of new Set(command.ticketIds)) {
    const ticket = order.tickets.find((t) => t.id === ticketId)
    if (!ticket) return refuse({ code: 'ticket_not_found', ticketId })
    if (ticket.seenBy.some((seen) => seen.deviceId === deviceId)) continue
    events.push({ type: 'order.ticket_seen', orderId: order.id, ticketId, deviceId })
  }
  return ok(events)
}

function takePayment(
  commandId: string,
  order: OrderView,
  command: OrderCommandOf<'takePayment'>,
  context: DecideContext,
): Decision {
  const { amountMinor, tipMinor, method } = command
  const { dueMinor } = order.totals
  if (liveLines(order).length === 0) return refuse({ code: 'empty_order' })
  if (amountMinor > dueMinor) return refuse({ code: 'overpayment', dueMinor, amountMinor })
  const neededMinor = amountMinor + tipMinor
  const tenderedMinor = command.tenderedMinor ?? neededMinor
  if (tenderedMinor < neededMinor) {
    return refuse({ code: 'insufficient_tender', neededMinor, tenderedMinor })
  }
  const paid: OrderEvent = {
    type: 'order.payment_taken',
    orderId: order.id,
    paymentId: derivedId(commandId, 0),
    method,
    amountMinor,
    tipMinor,
    tenderedMinor,
    changeMinor: tenderedMinor - neededMinor,
  }
  if (amountMinor < dueMinor) return ok([paid])
  return ok([paid, ...whenPaid(commandId, order, context)])
}

/**
 * The last cent of a pending order confirms it and sends it to the kitchen. The last cent of a ready
 * one, with the guest at the table or the counter, closes it; a delivery closes at the door.
 */
function whenPaid(commandId: string, order: OrderView, context: DecideContext): OrderEvent[] {
  if (order.status === 'pending') return context.autoConfirm ? confirmAndFire(commandId, order) : []
  const guestIsHere = order.channel === 'dine_in' || order.channel === 'takeout'
  return order.status === 'ready' && guestIsHere && isAllMade(order)
    ? [{ type: 'order.completed', orderId: order.id }]
    : []
}

function refundPayment(
  commandId: string,
  order: OrderView,
  command: OrderCommandOf<'refundPayment'>,
): Decision {
  const payment = order.payments.find((p) => p.id === command.paymentId)
  if (!payment) return refuse({ code: 'payment_not_found', paymentId: command.paymentId })
  const refundableMinor = payment.amountMinor + payment.tipMinor - payment.refundedMinor
  if (command.amountMinor > refundableMinor) {
    return refuse({ code: 'refund_too_large', refundableMinor })
  }
  const { type: _, ...refund } = command
  return ok([{ type: 'order.payment_refunded', ...refund, refundId: derivedId(commandId, 0) }])
}

function cancelled(
  state: OrderState,
  { orderId, reason }: OrderCommandOf<'cancelOrder'>,
  { lenders }: DecideContext,
): OrderEvent {
  const placed = placedLines(state, lenders)
  const made = madeLines(orderId, placed)
    .slice(0, MAX_FACTS)
    .map(({ lineId, mark }) => ({ lineId, mark }))
  const moved = movedLines(orderId, placed)
    .slice(0, MAX_FACTS)
    .map(({ lineId }) => lineId)
  return {
    type: 'order.cancelled',
    orderId,
    reason,
    ...(made.length > 0 && { made }),
    ...(moved.length > 0 && { moved }),
  }
}

function settleConflict(order: OrderView, command: OrderCommandOf<'settleConflict'>): Decision {
  const { kind, resolution, note } = command
  const conflict = openConflicts(order.conflicts).find((open) => open.kind === kind)
  if (!conflict) return refuse({ code: 'conflict_not_found', kind })
  if (!RESOLUTIONS_OF[kind].includes(resolution)) {
    return refuse({ code: 'resolution_not_possible', kind, possible: RESOLUTIONS_OF[kind] })
  }
  const isAsSeen = command.facts?.join('\n') === conflict.facts.join('\n')
  if (command.facts !== undefined && !isAsSeen) return refuse({ code: 'conflict_changed', kind })
  const facts = conflict.facts.slice(0, MAX_FACTS)
  return ok([{ type: 'order.conflict_settled', orderId: order.id, kind, facts, resolution, note }])
}

const liveLines = (order: OrderView): LineView[] => order.lines.filter(isLive)

/** What a ticket asks for, also for those who sit at another table by now. */
const linesOn = (order: OrderView, ticketId: string): LineView[] =>
  order.lines.filter((line) => line.ticketId === ticketId && !line.voided)

const isPaid = (order: OrderView): boolean => order.totals.dueMinor <= 0

const isAllMade = (order: OrderView): boolean =>
  liveLines(order).every((l) => l.kitchenStatus === 'ready' || l.kitchenStatus === 'none')

const sumOf = (lines: readonly LineView[]): number =>
  lines.reduce((sum, line) => sum + line.totalMinor, 0)

function mayPayLater(order: OrderView, context: DecideContext): boolean {
  const store = context.catalog.store.get(STORE_RECORD_ID)
  return store?.payLaterChannels.includes(order.channel) ?? false
}

function findLine(order: OrderView, lineId: string): Result<LineView, Rejection> {
  const line = order.lines.find((l) => l.id === lineId)
  if (!line) return refuse({ code: 'line_not_found', lineId })
  if (line.voided) return refuse({ code: 'line_voided', lineId, name: line.name })
  if (line.movedTo !== null) {
    const { name, movedTo: toOrderId } = line
    return refuse({ code: 'line_moved', lineId, name, toOrderId })
  }
  return ok(line)
}

const markRank = (mark: LineView['kitchenStatus']): number =>
  mark === 'ready' ? 2 : mark === 'preparing' ? 1 : 0

const lineMarked = (line: LineView, mark: KitchenMark): OrderEvent => ({
  type: 'order.line_marked',
  orderId: line.homeOrderId,
  lineId: line.id,
  mark,
})

/** Marks lines and declares what the order reaches by it. */
function marks(order: OrderView, lines: readonly LineView[], mark: KitchenMark): OrderEvent[] {
  const changed = lines.filter((line) => line.kitchenStatus !== mark)
  const events = changed.map((line) => lineMarked(line, mark))
  if (mark === 'queued' || !changed.some(isLive)) return events
  const markedIds = new Set(changed.map((line) => line.id))
  const cooked = liveLines(order).filter((line) => line.ticketId !== null)
  const allReady =
    mark === 'ready' &&
    cooked.every((line) => line.kitchenStatus === 'ready' || markedIds.has(line.id))
  return [...events, ...stepsTo(allReady ? 'ready' : 'preparing', order, order.status)]
}

/** The facts between a status and one further on, none left out: rule S1 knows no short cut. */
function stepsTo(target: 'preparing' | 'ready', order: OrderView, from: OrderStatus): OrderEvent[] {
  const orderId = order.id
  const events: OrderEvent[] = []
  if (from === 'confirmed') events.push({ type: 'order.preparing', orderId })
  if (target === 'ready' && (from === 'confirmed' || from === 'preparing')) {
    events.push({ type: 'order.ready', orderId })
  }
  return events
}

/** Writes down what the order's state shows but no event says yet (see `viewOrder`). */
function missingStatusFacts(state: OrderState, order: OrderView): OrderEvent[] {
  const written = new Set(Object.values(state.statuses).map((fact) => fact.value.status))
  return order.statusHistory.flatMap((fact): OrderEvent[] => {
    if (written.has(fact.status)) return []
    if (fact.status === 'preparing') return [{ type: 'order.preparing', orderId: order.id }]
    if (fact.status === 'ready') return [{ type: 'order.ready', orderId: order.id }]
    return []
  })
}

function notFrom(status: OrderStatus, command: OrderCommand): Decision {
  const possible = possibleFrom(status)
  return refuse({ code: 'invalid_transition', command: command.type, status, possible })
}
