import type { RecordSet } from '../../domain/events.ts'
import { planRecords } from '../../domain/record-changes.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { ScreenCall, ScreenRejection, SignedIn } from '../../protocol/screens.ts'
import type { Pins } from '../pin.ts'
import type { SignIn } from './sign-in.ts'

/** Who works here, as an admin says it at a till (rule V2): each change takes the admin's own PIN. */
export interface StaffCalls {
  readonly set: (
    call: Extract<ScreenCall, { type: 'setStaff' }>,
    staff: SignedIn | null,
  ) => Promise<Result<null, ScreenRejection>>
}

export interface StaffCallsDeps {
  readonly store: Pick<Store, 'catalog' | 'recordVersions' | 'setRecords'>
  readonly signIn: Pick<SignIn, 'tryManager'>
  readonly pins: Pick<Pins, 'hash'>
  readonly nowMs: () => number
}

export function createStaffCalls({ store, signIn, pins, nowMs }: StaffCallsDeps): StaffCalls {
  return {
    set: async ({ commandId, ownPin, staffId, name, role, newPin }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      const mayChange = () =>
        store.catalog().staff.get(staff.staffId)?.role === 'admin' &&
        store.catalog().staff.get(staffId)?.role !== 'service'
      if (!mayChange()) return refuse({ code: 'not_allowed' })
      // A till that somebody left signed in makes nobody an admin.
      const known = await signIn.tryManager(staff.staffId, ownPin)
      if (!known.ok) return known
      const hash = typeof newPin === 'string' ? await pins.hash(newPin) : null
      if (!mayChange()) return refuse({ code: 'not_allowed' })
      const pinHash =
        newPin === undefined ? (store.catalog().staff.get(staffId)?.pinHash ?? null) : hash
      const event: RecordSet = {
        type: 'record.set',
        kind: 'staff',
        id: staffId,
        value: { name, role, pinHash },
      }
      const now = nowMs()
      const faults = planRecords(store.recordVersions(), [event], now).faults
      if (faults.length > 0) {
        return refuse({ code: 'settings_refused', faults: faults.map(({ message }) => message) })
      }
      const at = new Date(now).toISOString()
      store.setRecords({ id: commandId, at, actor: `staff:${staff.staffId}`, command: [event] })
      return ok(null)
    },
  }
}
