import { resolve } from 'node:path'
import { makeBackup, putKeysInto, restoreBackup } from '../backup.ts'
import { KEY_IS_SEALED, readKeyTexts, runningDevice } from '../data-folder.ts'
import { isKeySealed } from '../key-files.ts'
import { BACKUP_KEYS_PATH } from '../terminal/control.ts'
import { callDevice } from './call-device.ts'
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
    withDevice(values, async (connection) => {
      const file = requiredText(values, 'to')
      const putKeys = wayToTheKeys(requiredText(values, 'data'))
      const made = await makeBackup(connection, file, putKeys)
      if (!made.ok) return fail(made.error)
      print(values, { file }, `Made ${file}.`)
    }),
}

/** The key lies in the folder, or the running device has it from the keychain. */
function wayToTheKeys(dir: string): (copy: string) => unknown {
  const keys = readKeyTexts(dir)
  if (keys !== null) return (copy) => putKeysInto(copy, keys)
  if (!isKeySealed(dir)) return fail(`${dir} has no device.key or no device.crt.`)
  const control = runningDevice(dir) ?? fail(KEY_IS_SEALED)
  return (copy) => callDevice(control, 'POST', BACKUP_KEYS_PATH, { file: resolve(copy) })
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
