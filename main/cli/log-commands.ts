import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import { lockDevice, runningDevice } from '../data-folder.ts'
import { HEADS_PATH, type PeerHeads } from '../terminal/control.ts'
import { compareWithOthers } from '../verify/compare-with-others.ts'
import { fail, print, requiredText, type Command } from './command.ts'
import { callDevice } from './call-device.ts'
import { withDevice } from './device.ts'
import { readStatus } from './read-status.ts'

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
  run: async ({ values }) => {
    const result = await readStatus(requiredText(values, 'data'))
    print(values, result, JSON.stringify(result, null, 2))
  },
}
