import { statSync } from 'node:fs'
import type { Store } from '../../db/sqlite/store.ts'
import { ORDER_STATUSES } from '../../domain/order-status.ts'
import type { DeviceStatus, PeerStatus } from '../../protocol/screens.ts'
import { PRINTER_TROUBLES } from '../../protocol/paper.ts'
import { storeFile } from '../data-folder.ts'
import { freeBytes } from '../doctor/folder.ts'
import type { Metrics, Samples } from '../prometheus.ts'

export interface DeviceGaugesDeps {
  readonly store: Store
  readonly dataDir: string
  readonly status: () => DeviceStatus
  readonly nowMs: () => number
}

/**
 * How a device stands, asked when the page is. Labels are ids that the store gave (devices, printers)
 * and words of ours; no name of a person, a guest or a device is in it. There is no queue before the
 * fold, which is part of the commit: what waits to be folded is what peers hold and this device lacks.
 */
export function addDeviceGauges(metrics: Metrics, deps: DeviceGaugesDeps): void {
  addPeers(metrics, deps)
  addUpstream(metrics, deps)
  addPrinters(metrics, deps)
  addHealth(metrics, deps)
  addFile(metrics, deps)
}

function addPeers(metrics: Metrics, { status, nowMs }: DeviceGaugesDeps): void {
  const perPeer = (name: string, help: string, read: (peer: PeerStatus) => number | null) =>
    metrics.gauge(name, help, () =>
      status().peers.flatMap((peer): [{ peer: string }, number][] => {
        const value = read(peer)
        return value === null ? [] : [[{ peer: peer.deviceId }, value]]
      }),
    )
  perPeer('aura_peer_connected', '1: the device is heard.', (peer) => (peer.connected ? 1 : 0))
  perPeer('aura_peer_lacks_entries', 'Held here, and not there.', (peer) => peer.theyLack)
  perPeer('aura_peer_ahead_entries', 'Held there, and not here yet.', (peer) => peer.weLack)
  perPeer('aura_peer_silent_seconds', 'Since it was heard; absent: never heard yet.', (peer) =>
    peer.lastHeardMs === null ? null : Math.max(0, (nowMs() - peer.lastHeardMs) / 1_000),
  )
  perPeer('aura_peer_clock_drift_seconds', 'Its clock less this one.', (peer) =>
    peer.driftMs === null ? null : peer.driftMs / 1_000,
  )
  metrics.gauge(
    'aura_alone_seconds',
    'Since when no other device holds all that this one wrote; 0: one does, or there is none.',
    () => {
      const { aloneSinceMs, peers } = status()
      return aloneSinceMs === null || peers.length === 0
        ? 0
        : Math.max(0, (nowMs() - aloneSinceMs) / 1_000)
    },
  )
}

function addUpstream(metrics: Metrics, { status, nowMs }: DeviceGaugesDeps): void {
  const whereConfigured = (read: () => number | null) => (): Samples => {
    const value = status().upstream.configured ? read() : null
    return value === null ? [] : value
  }
  metrics.gauge(
    'aura_upstream_connected',
    '1: the centre answers. Absent: the store has none.',
    whereConfigured(() => (status().upstream.connected ? 1 : 0)),
  )
  metrics.gauge(
    'aura_upstream_backlog_entries',
    'Entries that the centre has not acknowledged.',
    whereConfigured(() => status().upstream.backlog),
  )
  metrics.gauge(
    'aura_upstream_backlog_seconds',
    'How long the oldest of them has waited.',
    whereConfigured(() => {
      const { backlog, waitingSinceMs } = status().upstream
      if (waitingSinceMs !== null) return Math.max(0, (nowMs() - waitingSinceMs) / 1_000)
      return backlog === 0 ? 0 : null
    }),
  )
}

function addPrinters(metrics: Metrics, { status }: DeviceGaugesDeps): void {
  metrics.gauge('aura_printer_waiting_jobs', 'Of this device, that have not come out.', () =>
    status().printers.map(({ printerId, waiting }) => [{ printer: printerId }, waiting]),
  )
  metrics.gauge('aura_printer_trouble', '1: what the printer says is wrong with it.', () =>
    status().printers.flatMap(({ printerId, trouble }) =>
      PRINTER_TROUBLES.map((kind): [{ printer: string; trouble: string }, number] => [
        { printer: printerId, trouble: kind },
        kind === trouble ? 1 : 0,
      ]),
    ),
  )
  metrics.gauge('aura_printer_dropped_jobs', 'Jobs given up since the start.', () =>
    status().printers.map(({ printerId, dropped }) => [{ printer: printerId }, dropped]),
  )
}

function addHealth(metrics: Metrics, { store, status }: DeviceGaugesDeps): void {
  metrics.gauge('aura_orders_open', 'Open orders of the store.', () => {
    const open = Map.groupBy(store.openOrders(), (order) => order.status)
    return ORDER_STATUSES.filter((one) => one !== 'completed' && one !== 'cancelled').map((one) => [
      { status: one },
      open.get(one)?.length ?? 0,
    ])
  })
  metrics.gauge('aura_entries', 'Entries of the store that this device holds, or held.', () =>
    [...store.frontier().values()].reduce((sum, seq) => sum + seq, 0),
  )
  metrics.gauge('aura_conflicts_open', 'What a person has to settle.', () => status().conflicts)
  metrics.gauge(
    'aura_late_ranges',
    'What removed devices wrote late and nobody accepted.',
    () => status().lateEntries.length,
  )
  metrics.gauge(
    'aura_entries_kept_aside',
    'Two of them claim one number.',
    () => status().quarantined,
  )
  metrics.gauge(
    'aura_events_unreadable',
    'This program is too old for them.',
    () => status().unreadable,
  )
  metrics.gauge('aura_revoked', '1: this device was removed from the store.', () =>
    status().revoked ? 1 : 0,
  )
}

function addFile(metrics: Metrics, { dataDir }: DeviceGaugesDeps): void {
  metrics.gauge('aura_file_bytes', 'The database file, and its write-ahead log.', () => [
    [{ file: 'store' }, statSync(storeFile(dataDir)).size],
    [{ file: 'wal' }, statSync(`${storeFile(dataDir)}-wal`, { throwIfNoEntry: false })?.size ?? 0],
  ])
  metrics.gauge('aura_disk_free_bytes', 'On the disk that the folder is on.', () =>
    freeBytes(dataDir),
  )
}
