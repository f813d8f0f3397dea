import { decideRevocation } from '../../domain/roster.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { explainRevocation } from '../api/routes/devices.ts'
import { newId } from '../new-id.ts'
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
        revoke(store, deviceId)
        return 'later'
      },
    })
    const told = where === 'now' ? '' : ' The others hear of it when this device runs again.'
    print(values, { device_id: deviceId, revoked: true }, `Removed ${deviceId}.${told}`)
  },
}

function revoke(store: Store, deviceId: string): void {
  const decided = decideRevocation(store.catalog(), deviceId, store.deviceId)
  if (!decided.ok) return fail(explainRevocation(decided.error, deviceId))
  store.setRecords({
    id: newId(),
    at: new Date().toISOString(),
    actor: `device:${store.deviceId}`,
    command: decided.value,
  })
}
