import { expect, test } from 'vitest'
import type { DeviceStatus, PeerStatus, UpstreamStatus } from '../../protocol/screens.ts'
import {
  ALONE_WARNING_AFTER_MS,
  describeAlone,
  describePeer,
  describeSilentTills,
  describeUpstream,
} from './neighbours.ts'

const NOW = 1_000_000_000

const peer = (change: Partial<PeerStatus>): PeerStatus => ({
  deviceId: 'b',
  name: 'Till 2',
  role: 'terminal',
  connected: true,
  lastHeardMs: NOW - 200,
  theyLack: 0,
  weLack: 0,
  driftMs: 0,
  ...change,
})

const upstream = (change: Partial<UpstreamStatus>): UpstreamStatus => ({
  configured: true,
  connected: true,
  backlog: 0,
  waitingSinceMs: null,
  lastContactMs: NOW - 1_000,
  lastError: null,
  ...change,
})

test('[K3] a device is "now" only while it is connected and was heard just now', () => {
  expect(describePeer(peer({}), NOW)).toEqual({ health: 'good', text: 'Till 2: now' })
  expect(describePeer(peer({ connected: false }), NOW).text).toBe('Till 2: heard 0 s ago')
  const silent = describePeer(peer({ lastHeardMs: NOW - 12_000 }), NOW)
  expect(silent).toEqual({ health: 'bad', text: 'Till 2: heard 12 s ago' })
  expect(describePeer(peer({ lastHeardMs: null }), NOW).text).toBe('Till 2: not heard since start')
})

test('[K3] upstream never says "all" while it does not know', () => {
  expect(describeUpstream(upstream({}), NOW).text).toBe('All upstream')
  expect(describeUpstream(upstream({ configured: false }), NOW).text).toBe('No centre set')
  const behind = upstream({ backlog: 14, connected: false, lastContactMs: NOW - 190_000 })
  expect(describeUpstream(behind, NOW).text).toBe('14 not yet upstream · last contact 3 min ago')
  const old = upstream({ backlog: 50_000, waitingSinceMs: NOW - 7 * 86_400_000 })
  expect(describeUpstream(old, NOW).text).toBe(
    '50,000 not yet upstream, oldest 7 days · last contact 1 s ago',
  )
  const unknown = upstream({ backlog: null, lastContactMs: null, connected: false })
  expect(describeUpstream(unknown, NOW).text).toBe('Upstream unknown · no contact yet')
  const gone = describeUpstream(upstream({ connected: false }), NOW)
  expect(gone.health).not.toBe('good')
})

test('[K3] the kitchen is warned of tills that it has not heard for ten seconds', () => {
  const peers = [
    peer({ lastHeardMs: NOW - 34_000 }),
    peer({ name: 'Till 3', lastHeardMs: NOW - 9_000 }),
    peer({ name: 'Bar screen', role: 'kitchen', lastHeardMs: null }),
    peer({ name: 'Till 4', lastHeardMs: null }),
  ]
  expect(describeSilentTills(peers, NOW)).toEqual([
    'Till 2 not heard for 34 s — its orders may be missing',
    'Till 4 not heard yet — its orders may be missing',
  ])
})

test('[K3] a till says that it is alone once it has been for long, and only where there are others', () => {
  const status = (aloneMs: number | null, peers: readonly PeerStatus[]) =>
    ({ aloneSinceMs: aloneMs === null ? null : NOW - aloneMs, peers }) as unknown as DeviceStatus
  const others = [peer({ connected: false })]
  expect(describeAlone(status(null, others), NOW)).toBeNull()
  expect(describeAlone(status(ALONE_WARNING_AFTER_MS, others), NOW)).toBeNull()
  expect(describeAlone(status(3 * 60_000, others), NOW)).toBe(
    'Alone for 3 min: new orders are saved here only',
  )
  expect(describeAlone(status(3 * 60_000, []), NOW)).toBeNull()
})
