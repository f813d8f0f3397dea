import type { Store } from '../../db/sqlite/store.ts'
import type { RecordSet } from '../../domain/events.ts'
import { planRecords } from '../../domain/record-changes.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { ScreenCall, ScreenRejection, SignedIn } from '../../protocol/screens.ts'

/** What a manager drew on the floor plan, as one entry, or nothing of it. */
export interface FloorCalls {
  readonly save: (
    call: Extract<ScreenCall, { type: 'saveFloor' }>,
    staff: SignedIn | null,
  ) => Result<null, ScreenRejection>
}

export function createFloorCalls(
  store: Pick<Store, 'recordVersions' | 'setRecords'>,
  nowMs: () => number,
): FloorCalls {
  return {
    save: ({ commandId: id, records }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      if (staff.role !== 'manager' && staff.role !== 'admin') return refuse({ code: 'not_allowed' })
      const events = records.map(
        ({ kind, id: of, value }) => ({ type: 'record.set', kind, id: of, value }) as RecordSet,
      )
      const [fault] = planRecords(store.recordVersions(), events, nowMs()).faults
      if (fault !== undefined) return refuse({ code: 'floor_fault', detail: fault.message })
      const at = new Date(nowMs()).toISOString()
      store.setRecords({ id, at, actor: `staff:${staff.staffId}`, command: events })
      return ok(null)
    },
  }
}
