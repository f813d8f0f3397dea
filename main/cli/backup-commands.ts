import { makeBackup, restoreBackup } from '../backup.ts'
import { fail, print, requiredText, type Command } from './command.ts'
import { withDevice } from './device.ts'

export const backup: Command = {
  name: 'backup',
  summary:
    'Makes a copy of a device in one file, also while it runs.\nThe file holds the key of the device: keep it like the device itself.',
  options: { data: { type: 'string' }, to: { type: 'string' } },
  values: { data: 'DIR', to: 'FILE' },
  required: ['data', 'to'],
  run: ({ values }) =>
    withDevice(values, (connection) => {
      const file = requiredText(values, 'to')
      const made = makeBackup(connection, requiredText(values, 'data'), file)
      if (!made.ok) return fail(made.error)
      print(values, { file }, `Made ${file}.`)
    }),
}

export const restore: Command = {
  name: 'restore',
  summary:
    'Makes a device from a backup, in an empty folder.\nThe device that the backup is of must never run again elsewhere. What it wrote after the backup comes back from the others.',
  options: { from: { type: 'string' }, data: { type: 'string' } },
  values: { from: 'FILE', data: 'DIR' },
  required: ['from', 'data'],
  run: async ({ values }) => {
    const dir = requiredText(values, 'data')
    const restored = await restoreBackup(requiredText(values, 'from'), dir)
    if (!restored.ok) return fail(restored.error)
    const { deviceId, origin, entries } = restored.value
    const result = { device_id: deviceId, origin, entries }
    print(values, result, `Restored ${entries} entries into ${dir}. It goes on in a fresh origin.`)
  },
}
