import type { Catalog } from './catalog.ts'
import { originsOf } from './late-entries.ts'
import type { JournalLine } from './journal.ts'
import { NOTICE_EVENTS, type NoticeChannel, type NoticeEvent } from './notices.ts'
import type { OrderView } from './order-view.ts'
import { isOnRoster } from './roster.ts'

/**
 * The outbox of messages to guests is no list: what is to be sent is read from the orders, and who
 * sends it from the log.
 *
 *     the order is ready ──▶ the device that took it claims ──a moment──▶ and sends ──▶ "sent"
 *                            the next one, half a minute later, if nobody has claimed
 *
 * A claim is a line with the message's own id, so of two that were written at once the same one
 * stands everywhere, and its device alone sends. Devices that are apart may both send: hearing it
 * twice is better than not hearing it, and both carry the same id, by which providers and mail
 * programs know it for one.
 */
export interface Notice {
  /** The same on every device. */
  readonly id: string
  readonly orderId: string
  readonly event: NoticeEvent
  readonly channel: NoticeChannel
  /** When it happened, on a wall clock. */
  readonly atMs: number
}

/** So long after it nobody wants to hear of it. */
export const EXPIRES_AFTER_MS: Readonly<Record<NoticeEvent, number>> = {
  confirmed: 20 * 60_000,
  ready: 20 * 60_000,
  cancelled: 60 * 60_000,
}
/** A device waits so long for each one whose turn comes before its own. */
export const TURN_MS = 30_000
/** So long a claim waits for one that was made elsewhere at the same time. */
export const CLAIM_SETTLES_MS = 1_500
/** A claim without an end is taken over by the next device after this. */
export const CLAIM_LASTS_MS = 3 * 60_000

const MAX_ORDER_ID = 80

/** Of orders that are eaten elsewhere: who sits at a table is told by a person. */
export function noticesOf(order: OrderView, channels: readonly NoticeChannel[]): Notice[] {
  if (order.channel === 'dine_in') return []
  // A browser that follows an order says nothing of who sits in front of it.
  const ways = channels.filter((channel) => channel === 'push' || order.customer !== null)
  // The id of a line has room for one that other systems make, and not for any.
  if (order.id.length > MAX_ORDER_ID) return []
  return NOTICE_EVENTS.flatMap((event) => {
    const fact = order.statusHistory.find(({ status }) => status === event)
    if (fact === undefined) return []
    // A cancelled order is not announced as ready: what came of it last is said alone.
    if (event !== order.status && order.status === 'cancelled') return []
    return ways.map((channel) => ({
      id: `${order.id}/${event}/${channel}`,
      orderId: order.id,
      event,
      channel,
      atMs: Date.parse(fact.at),
    }))
  })
}

export type NoticeStep =
  /** It is over, or another device has it. */
  | { readonly do: 'nothing' }
  | { readonly do: 'wait'; readonly untilMs: number }
  | { readonly do: 'claim' }
  | { readonly do: 'send' }
  | { readonly do: 'expire' }

export interface NoticeMoment {
  readonly selfId: string
  /** The device's place among those who may send it: 0 for the one that took the order. */
  readonly turn: number
  /** What the journal says about the order. */
  readonly lines: readonly JournalLine[]
  readonly nowMs: number
}

export function nextNoticeStep(notice: Notice, moment: NoticeMoment): NoticeStep {
  const { selfId, turn, lines, nowMs } = moment
  const about = lines.filter(({ id }) => id === notice.id || id.startsWith(`${notice.id}/`))
  if (about.some(({ kind }) => kind === 'notice_ended')) return { do: 'nothing' }
  const isExpired = nowMs >= notice.atMs + EXPIRES_AFTER_MS[notice.event]
  const claim = latestClaim(about)
  if (claim !== null && claim.value.deviceId === selfId) {
    if (isExpired) return { do: 'expire' }
    const settledMs = Date.parse(claim.at) + CLAIM_SETTLES_MS
    return nowMs < settledMs ? { do: 'wait', untilMs: settledMs } : { do: 'send' }
  }
  // Nobody writes down what nobody tried.
  if (isExpired) return { do: 'nothing' }
  const fromMs =
    claim === null
      ? notice.atMs + turn * TURN_MS
      : Date.parse(claim.at) + CLAIM_LASTS_MS + turn * TURN_MS
  return nowMs < fromMs ? { do: 'wait', untilMs: fromMs } : { do: 'claim' }
}

type Claim = Extract<JournalLine, { kind: 'notice_claimed' }>

const claimsIn = (lines: readonly JournalLine[]): Claim[] =>
  lines.filter((line) => line.kind === 'notice_claimed')

const latestClaim = (lines: readonly JournalLine[]): Claim | null =>
  claimsIn(lines)
    .toSorted((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1))
    .at(-1) ?? null

/** The first claim has the message's own id; each that takes over has a longer one. */
export function claimIdOf(notice: Notice, lines: readonly JournalLine[]): string {
  const held = claimsIn(lines).filter(
    ({ id }) => id === notice.id || id.startsWith(`${notice.id}/`),
  )
  return notice.id + '/again'.repeat(held.length)
}

/** Whose turn it is: first the device that took the order, then the others as the roster has them. */
export function turnOf(catalog: Catalog, order: OrderView, deviceId: string): number {
  const members = [...catalog.device]
    .filter(([id, { role }]) => role !== 'central' && isOnRoster(catalog, id))
    .map(([id]) => id)
    .toSorted()
  const first = members.find((id) => {
    const device = catalog.device.get(id)
    return device !== undefined && originsOf(device).includes(order.origin)
  })
  const turns = first === undefined ? members : [first, ...members.filter((id) => id !== first)]
  const turn = turns.indexOf(deviceId)
  return turn < 0 ? turns.length : turn
}
