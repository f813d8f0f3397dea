import { writeFileSync } from 'node:fs'
import type { Connection } from '../../db/sqlite/connection.ts'
import type { DeviceStatus } from '../../protocol/screens.ts'
import { runningDevice } from '../data-folder.ts'
import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'
import { messageOf } from '../logger.ts'
import { STATUS_PATH } from '../terminal/control.ts'
import { callDevice } from './call-device.ts'
import { fail, print, requiredText, text, type Command, type OptionValues } from './command.ts'
import { withDevice } from './device.ts'
import { configOf } from './terminal-options.ts'

const OWNER_ONLY = 0o600

export const doctor: Command = {
  name: 'doctor',
  summary:
    'Says what is wrong with a device, and what to do.\nLooks at the disk, the folder, the file, the clock, the ports, the peers and the way to the centre; at the menu, the PINs, the kitchen and the screens, where an order fails or is not seen; at the card terminal and the last cards. --config: as the device has it. Exit status 1 when something is wrong.',
  options: { data: { type: 'string' }, config: { type: 'string' } },
  values: { data: 'DIR', config: 'FILE' },
  required: ['data'],
  run: ({ values }) =>
    withDevice(values, async (connection) => {
      const { findings } = await lookAt(values, connection)
      const wrong = findings.filter(({ isGood }) => !isGood)
      print(values, { ok: wrong.length === 0, findings }, findings.map(line).join('\n'))
      if (wrong.length > 0) fail(`${wrong.length} of ${findings.length} things are wrong.`)
    }),
}

export const diagnostics: Command = {
  name: 'diagnostics',
  summary:
    'Writes what a helper needs to know of a device into a file, as JSON.\nIt holds no names, texts, orders, addresses, paths or keys.',
  options: { data: { type: 'string' }, to: { type: 'string' }, config: { type: 'string' } },
  values: { data: 'DIR', to: 'FILE', config: 'FILE' },
  required: ['data', 'to'],
  run: ({ values }) =>
    withDevice(values, async (connection) => {
      const { findings, live } = await lookAt(values, connection)
      const { collectDiagnostics } = await import('../doctor/diagnostics.ts')
      const dir = requiredText(values, 'data')
      const file = requiredText(values, 'to')
      const report = collectDiagnostics(dir, connection, findings, live)
      try {
        const text = `${JSON.stringify(report, null, 2)}\n`
        writeFileSync(file, text, { mode: OWNER_ONLY, flag: 'wx' })
      } catch (error) {
        fail(`${file} was not written: ${messageOf(error)}`)
      }
      print(values, { file }, `Wrote ${file}.`)
    }),
}

async function lookAt(values: OptionValues, connection: Connection) {
  const dir = requiredText(values, 'data')
  const control = runningDevice(dir)
  const live = control ? await callDevice<DeviceStatus>(control, 'GET', STATUS_PATH) : null
  const config = configOf(text(values, 'config'))
  return { live, findings: await examine(dir, connection, { live, control, config }) }
}

const line = ({ isGood, says, todo }: Finding): string =>
  isGood ? `ok     ${says}` : `WRONG  ${says}\n       → ${todo}`
