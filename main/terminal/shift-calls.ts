import { mayApprove } from '../../domain/approvals.ts'
import { businessDayIn } from '../../domain/business-day.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { workedMs } from '../../domain/shifts.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { ClockedShift, ScreenCall, ScreenRejection, SignedIn } from '../../protocol/screens.ts'
import type { Shifts } from '../shifts/shifts.ts'
import type { SignIn } from './sign-in.ts'

/** Who is at work, as people say it at a till with their PIN. */
export interface ShiftCalls {
  readonly clock: (
    call: Extract<ScreenCall, { type: 'clock' }>,
  ) => Promise<Result<ClockedShift, ScreenRejection>>
  readonly correct: (
    call: Extract<ScreenCall, { type: 'correctShift' }>,
    staff: SignedIn | null,
  ) => Result<null, ScreenRejection>
}

export interface ShiftCallsDeps {
  readonly store: Pick<Store, 'catalog'>
  readonly shifts: Shifts
  readonly signIn: Pick<SignIn, 'try'>
  readonly nowMs: () => number
}

export function createShiftCalls({ store, shifts, signIn, nowMs }: ShiftCallsDeps): ShiftCalls {
  return {
    clock: async ({ commandId: id, staffId, pin, wish }) => {
      const who = await signIn.try(staffId, pin)
      if (!who.ok) return who
      const now = nowMs()
      const at = new Date(now).toISOString()
      if (wish !== 'look') shifts.clock({ id, at, actor: `staff:${staffId}` }, staffId, wish)
      const [open] = shifts.openOf(staffId, now)
      const catalog = store.catalog()
      const own = shifts
        .ofDay(catalog, businessDayIn(catalog, now))
        .filter((shift) => shift.staffId === staffId)
      return ok({ since: open?.from ?? null, workedMs: workedMs(own, now) })
    },
    correct: (call, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      if (!mayApprove(staff.role)) return refuse({ code: 'not_allowed' })
      const { from, to } = call
      if (to !== null && Date.parse(to) <= Date.parse(from)) return refuse({ code: 'shift_times' })
      const at = new Date(nowMs()).toISOString()
      const stamp = { id: call.commandId, at, actor: `staff:${staff.staffId}` }
      const corrected = shifts.correct(stamp, call)
      return corrected.ok ? corrected : refuse({ code: corrected.error })
    },
  }
}
