import { statSync } from 'node:fs'
import { arch, cpus, freemem, platform, release, totalmem } from 'node:os'
import type { Connection } from '../../db/sqlite/connection.ts'
import { createEntryTable } from '../../db/sqlite/entry-log.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import type { DeviceStatus } from '../../protocol/screens.ts'
import { storeFile } from '../data-folder.ts'
import { OWN_VERSION } from '../own-version.ts'
import type { Finding } from './finding.ts'

/**
 * What a helper from outside needs to know, and nothing that says who works or eats here: no names,
 * no texts, no orders, no keys, no addresses, no paths. Ids are random, and numbers are counts.
 */
export function collectDiagnostics(
  dir: string,
  connection: Connection,
  findings: readonly Finding[],
  live: DeviceStatus | null,
) {
  const local = createLocalSettings(connection)
  const { raw } = connection
  return {
    made_at: new Date().toISOString(),
    version: OWN_VERSION,
    machine: {
      platform: platform(),
      release: release(),
      arch: arch(),
      processors: cpus().length,
      memory_bytes: totalmem(),
      free_memory_bytes: freemem(),
      node: process.versions.node,
    },
    device: {
      device_id: local.require('device_id'),
      store_id: local.require('store_id'),
      role: local.require('device_role'),
      origin: local.require('origin'),
      running: live !== null,
    },
    file: {
      bytes: statSync(storeFile(dir)).size,
      sqlite: String(raw.prepare('SELECT sqlite_version()').pluck().get()),
      migrations: raw.prepare('SELECT name FROM kysely_migration ORDER BY name').pluck().all(),
      rows: countRows(connection),
    },
    frontier: Object.fromEntries(createEntryTable(connection).frontier()),
    peers: live?.peers.map(({ deviceId, role, connected, theyLack, weLack, driftMs }) => ({
      device_id: deviceId,
      role,
      connected,
      they_lack: theyLack,
      we_lack: weLack,
      drift_ms: driftMs,
    })),
    upstream: live && {
      configured: live.upstream.configured,
      connected: live.upstream.connected,
      backlog: live.upstream.backlog,
    },
    health: live && {
      revoked: live.revoked,
      unreadable: live.unreadable,
      quarantined: live.quarantined,
      conflicts: live.conflicts,
      late_ranges: live.lateEntries.length,
    },
    // What a check says may name an address; whether it is good does not.
    checks: findings.map(({ check, isGood }) => ({ check, is_good: isGood })),
  }
}

function countRows({ raw }: Connection): Record<string, number> {
  const tables = raw
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[]
  return Object.fromEntries(
    tables.map((name) => [
      name,
      Number(raw.prepare(`SELECT count(*) FROM "${name}"`).pluck().get()),
    ]),
  )
}
