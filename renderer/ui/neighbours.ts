import type { DeviceStatus, PeerStatus, UpstreamStatus } from '../../protocol/screens.ts'
import { say } from '../words/say.ts'
import { formatAge } from './format.ts'

/** What a screen says about its neighbours (rule K3). Pure: the clock comes in as an argument. */

export type Health = 'good' | 'stale' | 'bad' | 'off'

export interface ConnectionText {
  readonly health: Health
  readonly text: string
}

/** A screen that heard nothing from its own terminal for this long says so. */
export const LINK_SILENT_AFTER_MS = 2_000
/** A device that spoke within this time counts as heard now. */
const HEARD_NOW_MS = 3_000
/** A till that is alone for longer than this says so in its strip. */
export const ALONE_WARNING_AFTER_MS = 60_000
/** A till that the kitchen has not heard for this long may have orders that are missing here. */
export const TILL_SILENT_AFTER_MS = 10_000

export function describePeer(peer: PeerStatus, terminalNowMs: number): ConnectionText {
  const { health, text } = describeContact(peer, terminalNowMs)
  return { health, text: `${peer.name}: ${text}` }
}

/** The same without its name. */
export function describeContact(peer: PeerStatus, terminalNowMs: number): ConnectionText {
  if (peer.lastHeardMs === null) return { health: 'bad', text: say('status.notHeardSinceStart') }
  const ageMs = terminalNowMs - peer.lastHeardMs
  if (peer.connected && ageMs <= HEARD_NOW_MS) return { health: 'good', text: say('status.now') }
  const health = peer.connected && ageMs <= TILL_SILENT_AFTER_MS ? 'stale' : 'bad'
  return { health, text: say('status.heardAgo', { age: formatAge(ageMs) }) }
}

export function describeUpstream(upstream: UpstreamStatus, terminalNowMs: number): ConnectionText {
  if (!upstream.configured) return { health: 'off', text: say('status.noCentre') }
  const contact =
    upstream.lastContactMs === null
      ? say('status.noContact')
      : say('status.lastContact', { age: formatAge(terminalNowMs - upstream.lastContactMs) })
  if (upstream.backlog === null)
    return { health: 'stale', text: `${say('status.upstreamUnknown')} · ${contact}` }
  if (upstream.backlog > 0) {
    const { backlog: n, waitingSinceMs: since } = upstream
    const waiting =
      since === null
        ? say('status.notUpstream', { n })
        : say('status.notUpstreamSince', { n, age: formatAge(terminalNowMs - since) })
    return { health: 'stale', text: `${waiting} · ${contact}` }
  }
  return upstream.connected
    ? { health: 'good', text: say('status.allUpstream') }
    : { health: 'stale', text: `${say('status.allUpstream')} · ${contact}` }
}

/** What the log could not take in, which a person has to know about (rules L2, L4). */
export function describeTroubles(status: DeviceStatus): string[] {
  const troubles: string[] = []
  if (status.unreadable > 0) {
    troubles.push(say('status.unreadable', { count: status.unreadable }))
  }
  if (status.quarantined > 0)
    troubles.push(say('status.quarantined', { count: status.quarantined }))
  return troubles
}

/**
 * Said once this device has been alone for long: what is written now is on one disk. A store of one
 * device is always alone and need not be told. Null: all is well.
 */
export function describeAlone(status: DeviceStatus, terminalNowMs: number): string | null {
  if (status.aloneSinceMs === null || status.peers.length === 0) return null
  const aloneMs = terminalNowMs - status.aloneSinceMs
  if (aloneMs <= ALONE_WARNING_AFTER_MS) return null
  return say('status.alone', { age: formatAge(aloneMs) })
}

/** The tills whose orders the kitchen may be missing. */
export function describeSilentTills(peers: readonly PeerStatus[], terminalNowMs: number): string[] {
  return peers
    .filter((peer) => peer.role === 'terminal')
    .filter(
      ({ lastHeardMs }) =>
        lastHeardMs === null || terminalNowMs - lastHeardMs > TILL_SILENT_AFTER_MS,
    )
    .map(({ name, lastHeardMs }) =>
      lastHeardMs === null
        ? say('status.tillNotHeardYet', { name })
        : say('status.tillNotHeardFor', { name, age: formatAge(terminalNowMs - lastHeardMs) }),
    )
}
