import { decideScreen } from '../../domain/device-screen.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { mayManageDevices } from '../../domain/roles.ts'
import { isRevoked } from '../../domain/roster.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type {
  ScreenCall,
  ScreenRejection,
  ShownPairingCode,
  SignedIn,
} from '../../protocol/screens.ts'
import type { KeyRing } from '../personal-data/key-ring.ts'
import { acceptLateEntries } from '../late-entries.ts'
import { removeDevice } from '../remove-device.ts'
import type { Pairing } from './pairing.ts'

/** What a manager does about the store's devices from a screen. */
export interface DeviceCalls {
  readonly showCode: (staff: SignedIn | null) => Result<ShownPairingCode, ScreenRejection>
  readonly revoke: (call: RevokeDevice, staff: SignedIn | null) => Result<null, ScreenRejection>
  readonly rename: (
    call: Extract<ScreenCall, { type: 'renameDevice' }>,
    staff: SignedIn | null,
  ) => Result<null, ScreenRejection>
  readonly setScreen: (
    call: Extract<ScreenCall, { type: 'setDeviceScreen' }>,
    staff: SignedIn | null,
  ) => Result<null, ScreenRejection>
  readonly acceptLate: (call: AcceptLate, staff: SignedIn | null) => Result<null, ScreenRejection>
}

type AcceptLate = Extract<ScreenCall, { type: 'acceptLateEntries' }>
type RevokeDevice = Extract<ScreenCall, { type: 'revokeDevice' }>

export interface DeviceCallsDeps {
  readonly store: Store
  readonly ring: Pick<KeyRing, 'replacing'>
  readonly pairing: Pick<Pairing, 'show'>
  /** Where another device can dial this one. */
  readonly addresses: () => readonly string[]
  readonly nowMs: () => number
}

export function createDeviceCalls({
  store,
  ring,
  pairing,
  addresses,
  nowMs,
}: DeviceCallsDeps): DeviceCalls {
  /** Whatever a removed device wrote about the roster, nobody would hear of it. */
  function allowed(staff: SignedIn | null): Result<SignedIn, ScreenRejection> {
    if (!staff) return refuse({ code: 'not_signed_in' })
    if (!mayManageDevices(staff.role)) return refuse({ code: 'not_allowed' })
    if (isRevoked(store.catalog(), store.deviceId)) return refuse({ code: 'removed_from_store' })
    return ok(staff)
  }

  return {
    showCode: (staff) => {
      const manager = allowed(staff)
      if (!manager.ok) return manager
      const { code, expires_at } = pairing.show()
      return ok({ code, addresses: addresses(), expiresAtMs: Date.parse(expires_at) })
    },
    revoke: ({ commandId, deviceId }, staff) => {
      const manager = allowed(staff)
      if (!manager.ok) return manager
      const at = new Date(nowMs()).toISOString()
      const stamp = { id: commandId, at, actor: `staff:${manager.value.staffId}` }
      const removed = removeDevice({ store, ring }, stamp, deviceId)
      return removed.ok ? removed : refuse({ code: removed.error, deviceId })
    },
    rename: ({ commandId: id, deviceId, name }, staff) => {
      const manager = allowed(staff)
      if (!manager.ok) return manager
      const device = store.catalog().device.get(deviceId)
      if (device === undefined) return refuse({ code: 'device_not_found', deviceId })
      const at = new Date(nowMs()).toISOString()
      store.setRecords({
        id,
        at,
        actor: `staff:${manager.value.staffId}`,
        command: [{ type: 'record.set', kind: 'device', id: deviceId, value: { ...device, name } }],
      })
      return ok(null)
    },
    setScreen: ({ commandId: id, deviceId, screen }, staff) => {
      const manager = allowed(staff)
      if (!manager.ok) return manager
      const decided = decideScreen(store.catalog(), deviceId, screen)
      if (!decided.ok) return refuse({ code: decided.error, deviceId })
      const at = new Date(nowMs()).toISOString()
      const actor = `staff:${manager.value.staffId}`
      store.setRecords({ id, at, actor, command: decided.value })
      return ok(null)
    },
    acceptLate: (call, staff) => {
      const manager = allowed(staff)
      if (!manager.ok) return manager
      const at = new Date(nowMs()).toISOString()
      const stamp = { id: call.commandId, at, actor: `staff:${manager.value.staffId}` }
      const accepted = acceptLateEntries(store, stamp, call)
      return accepted.ok ? accepted : refuse({ code: accepted.error })
    },
  }
}
