import { isRevoked } from '../../domain/roster.ts'
import { lateRanges, type LateRange } from '../../domain/late-entries.ts'
import { findConflicts, findHeldBack } from '../../db/sqlite/conflict-queries.ts'
import type { Connection } from '../../db/sqlite/connection.ts'
import { createEntryTable } from '../../db/sqlite/entry-log.ts'
import { whatLeft } from '../../db/sqlite/leaving.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { readCatalog } from '../../db/sqlite/record-table.ts'
import { prepare } from '../../db/sqlite/statements.ts'
import type { DeviceStatus } from '../../protocol/screens.ts'
import { runningDevice } from '../data-folder.ts'
import { STATUS_PATH } from '../terminal/control.ts'
import { callDevice } from './call-device.ts'
import { withDevice } from './device.ts'

/** What `aura status` says of the device in a folder: of its file, and of its process where it runs. */
export const readStatus = (dir: string) =>
  withDevice({ data: dir }, async (connection) => {
    const control = runningDevice(dir)
    const live = control ? await callDevice<DeviceStatus>(control, 'GET', STATUS_PATH) : null
    const local = createLocalSettings(connection)
    const catalog = readCatalog(connection, Date.now())
    const frontier = createEntryTable(connection).frontier()
    const isRemoved = isRevoked(catalog, local.require('device_id'))
    const late = isRemoved ? [] : lateRanges(catalog, frontier)
    const unreadable = connection.sql.selectFrom('unreadable').selectAll()
    return {
      running: live !== null,
      device_id: local.require('device_id'),
      device_name: local.require('device_name'),
      store_id: local.require('store_id'),
      origin: local.require('origin'),
      frontier: Object.fromEntries(frontier),
      held: heldOn(connection),
      left: whatLeft(connection),
      revoked: isRemoved,
      devices: [...catalog.device].map(([id, { name, role }]) => ({
        device_id: id,
        name,
        role,
        revoked: isRevoked(catalog, id),
      })),
      peers: live?.peers ?? null,
      upstream: live?.upstream ?? null,
      unreadable_events: prepare(connection, unreadable).all().length,
      conflicts: [...openConflicts(connection), ...late.map(lateConflict)],
    }
  })

const lateConflict = ({ deviceId, origin, fromSeq, toSeq }: LateRange) => ({
  kind: 'written_after_removal',
  device_id: deviceId,
  origin,
  from_seq: fromSeq,
  to_seq: toSeq,
})

/** Of the frontier, what is in the file. */
function heldOn(connection: Connection): { orders: number; entries: number } {
  const count = (table: 'orders' | 'entries'): number =>
    Number(connection.raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
  return { orders: count('orders'), entries: count('entries') }
}

/** A status is for a look: who has more of them to settle takes the API's pages. */
const MAX_CONFLICTS = 1_000

const openConflicts = (connection: Connection) => [
  ...findHeldBack(connection, MAX_CONFLICTS).map(({ origin, seq }) => ({
    kind: 'two_entries_one_number',
    origin,
    seq,
  })),
  ...findConflicts(connection, 'open', null, MAX_CONFLICTS).map(({ kind, orderId }) => ({
    kind,
    order_id: orderId,
  })),
]
