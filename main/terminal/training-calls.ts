import { mayApprove } from '../../domain/approvals.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { ScreenCall, ScreenRejection, SignedIn } from '../../protocol/screens.ts'
import type { DeviceKeys } from '../../sync/device-keys.ts'
import { beginTraining, endTraining } from '../training/training.ts'

/** Into a training and out of it, by a manager: afterwards this terminal is to be started anew. */
export interface TrainingCalls {
  readonly wish: (
    call: Extract<ScreenCall, { type: 'training' }>,
    staff: SignedIn | null,
  ) => Promise<Result<null, ScreenRejection>>
}

export interface TrainingDeps {
  readonly store: Pick<Store, 'catalog' | 'deviceId'>
  readonly keys: Pick<DeviceKeys, 'privateKey'>
  readonly dataDir: string
  /** Where this is a training: the folder of the real store. */
  readonly realDir: string | null
  readonly onSwitched: () => void
}

export function createTrainingCalls(deps: TrainingDeps): TrainingCalls {
  const { store, keys, dataDir, realDir, onSwitched } = deps
  return {
    wish: async ({ wish }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      if (!mayApprove(staff.role)) return refuse({ code: 'not_allowed' })
      if (wish === 'end' && realDir === null) return refuse({ code: 'no_training' })
      // Begun anew from within one: what happened in it is gone, the real store is not looked at.
      if (wish === 'begin' && realDir !== null) return ok(null)
      if (realDir === null) await beginTraining(dataDir, store, keys)
      else endTraining(realDir)
      onSwitched()
      return ok(null)
    },
  }
}
