import type { Store } from '../../db/sqlite/store.ts'
import { explainRevocation } from '../api/routes/devices.ts'
import { openKeys } from '../data-folder.ts'
import { newId } from '../new-id.ts'
import { createKeyRing } from '../personal-data/key-ring.ts'
import { removeDevice } from '../remove-device.ts'
import { fail, print, requiredText, type Command } from './command.ts'
import { callDevice } from './call-device.ts'
import { throughDevice } from './device.ts'

export const unpair: Command = {
  name: 'unpair',
  summary:
    'Removes a device from the store for good.\nEvery member that hears of it cuts the device off at once and refuses its calls. What it wrote before stays. "status" and the roster name the ids.',
  options: { data: { type: 'string' }, device: { type: 'string' } },
  values: { data: 'DIR', device: 'ID' },
  required: ['data', 'device'],
  run: async ({ values }) => {
    const deviceId = requiredText(values, 'device')
    const where = await throughDevice<'now' | 'later'>(values, {
      running: async (control) => {
        await callDevice(control, 'DELETE', `/api/v1/devices/${encodeURIComponent(deviceId)}`)
        return 'now'
      },
      stopped: (store) => {
        revoke(store, requiredText(values, 'data'), deviceId)
        return 'later'
      },
    })
    const told = where === 'now' ? '' : ' The others hear of it when this device runs again.'
    print(values, { device_id: deviceId, revoked: true }, `Removed ${deviceId}.${told}`)
  },
}

function revoke(store: Store, dir: string, deviceId: string): void {
  const keys = openKeys(dir, store.deviceId)
  if (!keys.ok) return fail(keys.error)
  const ring = createKeyRing({ store, keys: keys.value, nowMs: Date.now, newId })
  const at = new Date().toISOString()
  const stamp = { id: newId(), at, actor: `device:${store.deviceId}` }
  const removed = removeDevice({ store, ring }, stamp, deviceId)
  if (!removed.ok) return fail(explainRevocation(removed.error, deviceId))
}
