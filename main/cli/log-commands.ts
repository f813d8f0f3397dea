import { lateRanges, type LateRange } from '../../domain/late-entries.ts'
import { isRevoked } from '../../domain/roster.ts'
import { readCatalog } from '../../db/sqlite/record-table.ts'
import { findConflicts, findHeldBack } from '../../db/sqlite/conflict-queries.ts'
import type { Connection } from '../../db/sqlite/connection.ts'
import { whatLeft } from '../../db/sqlite/leaving.ts'
import { prepare } from '../../db/sqlite/statements.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { createEntryTable } from '../../db/sqlite/entry-log.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { DeviceStatus } from '../../protocol/screens.ts'
import { lockDevice, runningDevice } from '../data-folder.ts'
import { HEADS_PATH, STATUS_PATH, type PeerHeads } from '../terminal/control.ts'
import { compareWithOthers } from '../verify/compare-with-others.ts'
import { fail, print, requiredText, type Command } from './command.ts'
import { callDevice } from './call-device.ts'
import { withDevice } from './device.ts'

const data = { data: { type: 'string' as const } }
const onData = { options: data, values: { data: 'DIR' }, required: ['data'] }

export const verify: Command = {
  name: 'verify',
  summary:
    'Checks the file, the hash chains, the numbers, and that the tables equal a rebuild from the log.\nThen compares with what the centre holds of the same logs and, beside a running device, with what the\ndevices hold that it has heard; it says with whom it could not.\nExit status 1 and the first fault if not. Works beside a running device.',
  ...onData,
  run: ({ values }) =>
    withDevice(values, async (connection) => {
      const report = await verifyFile(connection)
      if (!report.ok) return fail(report.fault ?? 'unknown fault')
      const dir = requiredText(values, 'data')
      const control = runningDevice(dir)
      const peers = control ? await callDevice<PeerHeads[]>(control, 'GET', HEADS_PATH) : null
      const { faults, ...others } = await compareWithOthers(connection, dir, peers)
      if (faults.length > 0) return fail(faults.join('; '))
      const lines = [
        `All is well: ${report.entries} entries, every table as the log says.`,
        ...others.compared.map((who) => `The same as held by ${who}.`),
        ...others.not_compared.map((why) => `Not compared with ${why}.`),
      ]
      print(values, { ...report, ...others }, lines.join('\n'))
    }),
}

export const rebuild: Command = {
  name: 'rebuild',
  summary: 'Empties the tables and folds the whole log into them again. The device must not run.',
  ...onData,
  run: ({ values }) =>
    withDevice(values, (connection) => {
      const dir = requiredText(values, 'data')
      const lock = lockDevice(dir) ?? fail(`The device in ${dir} is running. Stop it first.`)
      try {
        const result = rebuildProjections(connection)
        print(values, result, `Folded ${result.orders} orders anew.`)
      } finally {
        lock.release()
      }
    }),
}

export const digest: Command = {
  name: 'digest',
  summary:
    'One SHA-256 over all projected business tables.\nIt is equal on all devices that hold the same entries. From which other orders have left, hold others.',
  ...onData,
  run: ({ values }) =>
    withDevice(values, (connection) => {
      const hash = connection.raw.transaction(() => digestOf(connection))()
      print(values, { digest: hash }, hash)
    }),
}

export const status: Command = {
  name: 'status',
  summary: 'What the device holds, who its peers are, and what is not yet upstream.',
  ...onData,
  run: ({ values }) =>
    withDevice(values, async (connection) => {
      const control = runningDevice(requiredText(values, 'data'))
      const live = control ? await callDevice<DeviceStatus>(control, 'GET', STATUS_PATH) : null
      const local = createLocalSettings(connection)
      const catalog = readCatalog(connection, Date.now())
      const frontier = createEntryTable(connection).frontier()
      const isRemoved = isRevoked(catalog, local.require('device_id'))
      const late = isRemoved ? [] : lateRanges(catalog, frontier)
      const { sql } = connection
      const unreadable = sql.selectFrom('unreadable').selectAll()
      const result = {
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
      print(values, result, JSON.stringify(result, null, 2))
    }),
}

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
