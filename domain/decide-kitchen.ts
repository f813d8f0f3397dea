import { firedAlso } from './also-at.ts'
import type { OrderCommandOf } from './commands.ts'
import { notFrom, type DecideContext, type Decision } from './decision.ts'
import type { KitchenMark, OrderEvent } from './events.ts'
import { derivedId } from './ids.ts'
import { findLine, isPaid, liveLines, mayPayLater } from './order-parts.ts'
import { STATUS_MOVES, type OrderStatus, type StatusMove } from './order-status.ts'
import { kitchenAtMs, pacingOf } from './pacing.ts'
import { isLive, NO_STATION, type LineView, type OrderView } from './order-view.ts'
import { ok, refuse } from './result.ts'

/** What the kitchen gets, and what it says of it. */

export function sendToKitchen(
  commandId: string,
  order: OrderView,
  context: DecideContext,
  isEarly = false,
): Decision {
  if (liveLines(order).length === 0) return refuse({ code: 'empty_order' })
  if (order.status === 'pending' && !isPaid(order) && !mayPayLater(order, context)) {
    const { dueMinor } = order.totals
    return refuse({ code: 'payment_required', channel: order.channel, dueMinor })
  }
  return ok(confirmAndFire(commandId, order, context, isEarly))
}

/**
 * What makes a pending order confirmed, and puts every line that no station has yet on a ticket. One
 * for later is confirmed alone: it goes to the kitchen when its time has come (see pacing.ts).
 */
export function confirmAndFire(
  commandId: string,
  order: OrderView,
  context: Pick<DecideContext, 'atMs' | 'catalog'>,
  isEarly = false,
): OrderEvent[] {
  const events: OrderEvent[] = []
  if (order.status === 'pending') events.push({ type: 'order.confirmed', orderId: order.id })
  const kitchenAt = kitchenAtMs(order, pacingOf(context.catalog))
  if (!isEarly && kitchenAt !== null && kitchenAt > context.atMs) return events
  const unfired = liveLines(order).filter((line) => !line.fired && !line.held)
  if (unfired.length === 0 && liveLines(order).length > 0) return events
  return [...events, ...fire(commandId, order, unfired, context)]
}

/** Puts lines on tickets, and declares the order ready where nothing in it is to be cooked. */
function fire(
  commandId: string,
  order: OrderView,
  unfired: readonly LineView[],
  { catalog }: Pick<DecideContext, 'catalog'>,
): OrderEvent[] {
  const events: OrderEvent[] = []
  // A line is fired where it was sold: there its second firing is known for one (rule K1).
  const byHome = Map.groupBy(unfired, (line) => line.homeOrderId)
  for (const [position, [homeOrderId, lines]] of [...byHome].entries()) {
    const fired: OrderEvent = {
      type: 'order.fired',
      orderId: homeOrderId,
      firingId: derivedId(commandId, position),
      lines: lines.map((line) => ({ lineId: line.id, stationId: line.stationId ?? NO_STATION })),
    }
    events.push(fired, ...firedAlso(catalog, fired, lines))
  }
  const nothingToCook = liveLines(order).every(
    (line) => line.stationId === null && (!line.held || unfired.includes(line)),
  )
  const status = order.status === 'pending' ? 'confirmed' : order.status
  if (nothingToCook) events.push(...stepsTo('ready', order, status))
  return events
}

export function holdCourse(order: OrderView, { course }: OrderCommandOf<'holdCourse'>): Decision {
  const lines = linesOfCourse(order, course)
  if (lines.length === 0) return refuse({ code: 'empty_course', course })
  const isLate = lines.every((line) => line.fired)
  if (isLate) return refuse({ code: 'course_already_sent', course })
  if (lines.some((line) => line.held)) return ok([])
  return ok([{ type: 'order.course_held', orderId: order.id, course }])
}

/** Who comes second finds that it was fired, and nothing is cooked twice (rule K1). */
export function fireCourse(
  commandId: string,
  order: OrderView,
  { course }: OrderCommandOf<'fireCourse'>,
  context: DecideContext,
): Decision {
  const lines = linesOfCourse(order, course)
  if (lines.length === 0) return refuse({ code: 'empty_course', course })
  const unfired = lines.filter((line) => !line.fired)
  if (unfired.length === 0) return ok([])
  if (order.status === 'pending' && !isPaid(order) && !mayPayLater(order, context)) {
    const { dueMinor } = order.totals
    return refuse({ code: 'payment_required', channel: order.channel, dueMinor })
  }
  const orderId = order.id
  return ok([
    ...(order.status === 'pending' ? [{ type: 'order.confirmed' as const, orderId }] : []),
    { type: 'order.course_fired', orderId, course },
    ...fire(commandId, order, unfired, context),
  ])
}

const linesOfCourse = (order: OrderView, course: number): LineView[] =>
  liveLines(order).filter((line) => line.course === course)

export function markSelected(
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
  const selected = cooked
    .filter((line) => lineIds === undefined || lineIds.includes(line.id))
    .flatMap(partsOf)
    .filter((part) => stationId === undefined || part.stationId === stationId)
  const wholeOrder = lineIds === undefined && stationId === undefined
  const toMark = selected.filter((part) => MARK_RANK[part.mark] < MARK_RANK[mark])
  if (wholeOrder && toMark.length === 0 && STATUS_MOVES[order.status][moveTo(mark)] === null) {
    return notFrom(order.status, command)
  }
  const events = marks(order, toMark, mark)
  if (wholeOrder && !events.some((event) => event.type === `order.${mark}`)) {
    events.push(...stepsTo(isWaiting(order) ? 'preparing' : mark, order, order.status))
  }
  return ok(events)
}

const moveTo = (mark: 'preparing' | 'ready'): StatusMove => (mark === 'ready' ? 'ready' : 'prepare')

export function markLines(order: OrderView, command: OrderCommandOf<'markLines'>): Decision {
  const parts: LinePart[] = []
  for (const lineId of command.lineIds) {
    const line = findLine(order, lineId)
    if (!line.ok) return line
    const part = partsOf(line.value).find(
      ({ stationId, isOwn }) => stationId === command.stationId || (!command.stationId && isOwn),
    )
    if (part === undefined) {
      return refuse({ code: 'line_not_fired', lineId, name: line.value.name })
    }
    parts.push(part)
  }
  return ok(marks(order, parts, command.mark))
}

/** What one station makes of a line. */
export interface LinePart {
  readonly line: LineView
  readonly stationId: string
  readonly ticketId: string
  readonly mark: KitchenMark
  /** Of the station that the line is made at; else of another one, see also-at.ts. */
  readonly isOwn: boolean
}

export function partsOf(line: LineView): LinePart[] {
  const { ticketId, stationId, kitchenStatus, also = [] } = line
  if (ticketId === null || stationId === null) return []
  const own = line.ownMark ?? (kitchenStatus as KitchenMark)
  return [
    { line, stationId, ticketId, mark: own, isOwn: true },
    ...also.filter(({ as }) => as === 'make').map((part) => ({ ...part, line, isOwn: false })),
  ]
}

/** Marks parts of lines and declares what the order reaches by it. */
export function marks(
  order: OrderView,
  parts: readonly LinePart[],
  mark: KitchenMark,
): OrderEvent[] {
  const changed = parts.filter((part) => part.mark !== mark)
  const events = changed.map((part) => partMarked(part, mark))
  if (mark === 'queued' || !changed.some(({ line }) => isLive(line))) return events
  const isMarked = (part: LinePart): boolean =>
    changed.some(({ line, stationId }) => line.id === part.line.id && stationId === part.stationId)
  const cooked = liveLines(order).flatMap(partsOf)
  const allReady =
    mark === 'ready' &&
    !isWaiting(order) &&
    cooked.every((part) => part.mark === 'ready' || isMarked(part))
  return [...events, ...stepsTo(allReady ? 'ready' : 'preparing', order, order.status)]
}

/** A course of it is still to come. */
const isWaiting = (order: OrderView): boolean => order.heldCourses.length > 0

export const partMarked = (
  { line: { homeOrderId: orderId, id: lineId }, stationId, isOwn }: LinePart,
  mark: KitchenMark,
): OrderEvent =>
  isOwn
    ? { type: 'order.line_marked', orderId, lineId, mark }
    : { type: 'order.also_marked', orderId, lineId, stationId, mark }

const MARK_RANK = { queued: 0, preparing: 1, ready: 2 } as const

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
