import type { Catalog } from '../../domain/catalog.ts'
import type { PeerStatus } from '../../protocol/screens.ts'
import { remember, remembered } from '../ui/remembered.ts'
import type { KitchenTicket } from './tickets.ts'

/**
 * A ticket is late when it came to this screen so long after it was sent: devices were apart. When it
 * came is what the screen saw; what was there when the screen started came nobody knows when.
 */
const LATE_AFTER_MS = 10_000
const KEY = 'kitchen.late'
const MAX_KEPT = 200

export interface LateArrival {
  readonly madeMs: number
  readonly cameMs: number
}

/** `driftMs`: the sender's clock minus ours, so that a wrong clock is not taken for a long way. */
export function lateArrival(
  firedMs: number,
  cameMs: number,
  driftMs: number | null,
): LateArrival | null {
  const madeMs = firedMs - (driftMs ?? 0)
  return cameMs - madeMs >= LATE_AFTER_MS ? { madeMs, cameMs } : null
}

export interface Arrivals {
  /** Takes note of the tickets that are there now; `isStart`: nobody knows since when. */
  readonly note: (
    tickets: readonly KitchenTicket[],
    nowMs: number,
    driftOf: (origin: string) => number | null,
    isStart: boolean,
  ) => void
  readonly of: (ticketId: string) => LateArrival | null
}

export function createArrivals(): Arrivals {
  const known = new Set<string>()
  const late = readKept()
  return {
    note(tickets, nowMs, driftOf, isStart) {
      let hasMore = false
      for (const { ticket } of tickets) {
        if (known.has(ticket.id)) continue
        known.add(ticket.id)
        if (isStart || late.has(ticket.id)) continue
        const firedMs = Date.parse(ticket.firedAt)
        const arrival = lateArrival(firedMs, nowMs, driftOf(ticket.firedFrom))
        if (arrival === null) continue
        late.set(ticket.id, arrival)
        hasMore = true
      }
      if (hasMore) remember(KEY, JSON.stringify([...late].slice(-MAX_KEPT)))
    },
    of: (ticketId) => late.get(ticketId) ?? null,
  }
}

function readKept(): Map<string, LateArrival> {
  try {
    const kept: unknown = JSON.parse(remembered(KEY) ?? '[]')
    return new Map(Array.isArray(kept) ? (kept as [string, LateArrival][]) : [])
  } catch {
    return new Map()
  }
}

/** How far the clock of the device with a log is off; null: not known, or it is our own. */
export function driftOf(
  catalog: Catalog | null,
  peers: readonly PeerStatus[],
): (origin: string) => number | null {
  return (origin) => {
    for (const [deviceId, device] of catalog?.device ?? []) {
      if (device.origin !== origin && device.laterOrigins?.includes(origin) !== true) continue
      return peers.find((peer) => peer.deviceId === deviceId)?.driftMs ?? null
    }
    return null
  }
}
