import type { Catalog } from '../../../domain/catalog.ts'
import { isLive, type ShownOrder, type TicketView } from '../../../domain/order-view.ts'

/** How a table stands, from the orders that sit at it. Pure. */

export const TABLE_STATES = [
  'free',
  'open',
  'sent',
  'ready',
  'served',
  'part_paid',
  'late',
] as const
export type TableState = (typeof TABLE_STATES)[number]

export interface TableStanding {
  readonly state: TableState
  /** Since when it stands so, by the wall clock; null: it is free. */
  readonly sinceMs: number | null
  readonly dueMinor: number
  /** Courses that wait to be fired, the next one first. */
  readonly heldCourses: readonly number[]
}

const FREE: TableStanding = { state: 'free', sinceMs: null, dueMinor: 0, heldCourses: [] }

/** Where several things are true, the one that somebody has to run for is shown. */
export function standingOf(
  orders: readonly ShownOrder[],
  { station: stations }: Pick<Catalog, 'station'>,
  nowMs: number,
): TableStanding {
  if (orders.length === 0) return FREE
  const dueMinor = orders.reduce((sum, order) => sum + order.totals.dueMinor, 0)
  const heldCourses = [...new Set(orders.flatMap((order) => order.heldCourses))].toSorted(
    (a, b) => a - b,
  )
  const stands = (state: TableState, sinceMs: number): TableStanding => ({
    state,
    sinceMs,
    dueMinor,
    heldCourses,
  })
  const tickets = orders.flatMap((order) => order.tickets.map((ticket) => ({ ticket, order })))
  const waiting = tickets.filter(({ ticket, order }) => !isMade(ticket, order))
  const firedMs = ({ ticket }: { ticket: TicketView }) => Date.parse(ticket.firedAt)
  const late = waiting.filter((one) => {
    const limit = stations.get(one.ticket.stationId)?.lateAfterSeconds
    return limit !== undefined && nowMs - firedMs(one) > limit * 1_000
  })
  if (late.length > 0) return stands('late', Math.min(...late.map(firedMs)))
  const atThePass = tickets.filter(
    (one) => !waiting.includes(one) && isThere(one.ticket, one.order),
  )
  if (atThePass.length > 0) return stands('ready', Math.max(...atThePass.map(readyMs)))
  const begunMs = Math.min(...orders.map((order) => Date.parse(order.createdAt)))
  const isPartPaid = dueMinor > 0 && orders.some(({ totals }) => totals.paidMinor > 0)
  if (isPartPaid) return stands('part_paid', begunMs)
  if (waiting.length > 0) return stands('sent', Math.min(...waiting.map(firedMs)))
  if (!orders.every(isSent)) return stands('open', begunMs)
  const handedMs = tickets.map(({ ticket }) => Date.parse(ticket.handedAt ?? ticket.firedAt))
  return stands('served', Math.max(begunMs, ...handedMs))
}

const readyMs = ({ ticket }: { ticket: TicketView }): number =>
  Date.parse(ticket.bumpedAt ?? ticket.firedAt)

/** What was voided or has moved away is not waited for. */
const isMade = (ticket: TicketView, order: ShownOrder): boolean =>
  ticket.bumped || liveLines(ticket, order).every(({ kitchenStatus }) => kitchenStatus === 'ready')

/** Somebody has to run for it: it was not handed over, and some of it is still wanted. */
const isThere = (ticket: TicketView, order: ShownOrder): boolean =>
  ticket.handedAt === null && liveLines(ticket, order).length > 0

const liveLines = ({ lineIds }: TicketView, { lines }: ShownOrder) =>
  lines.filter((line) => lineIds.includes(line.id) && isLive(line))

/** Nothing is left to be said to the kitchen, a bottle on its own included. */
const isSent = ({ lines }: ShownOrder): boolean => {
  const live = lines.filter(isLive)
  return live.length > 0 && live.every((line) => line.fired)
}

/** What typed characters can mean: the table of that number, if no other one begins like it. */
export function tableTyped<T extends { readonly number: string }>(
  tables: readonly T[],
  typed: string,
): { readonly exact: T | null; readonly only: T | null } {
  const wanted = typed.toLowerCase()
  const like = tables.filter(({ number }) => number.toLowerCase().startsWith(wanted))
  const exact = like.find(({ number }) => number.toLowerCase() === wanted) ?? null
  const [first, second] = like
  return { exact, only: second === undefined ? (first ?? null) : null }
}
