import type { ConflictKind, Resolution } from '../../domain/conflict-kinds.ts'

/** What the button says, of each way that the domain allows for the kind. */
export const RESOLUTION_NAMES: Record<ConflictKind, Record<Resolution, string>> = {
  overpaid: { kept: 'Keep the money', written_off: 'Write off' },
  handed_over_after_cancel: { kept: 'Keep as handed over', written_off: 'Write off' },
  cooked_after_cancel: { kept: 'Used for another guest', written_off: 'Write off as waste' },
  moved_after_cancel: { kept: 'Cancel them as well', written_off: 'Write off' },
  paid_after_cancel: { kept: 'Keep the money', written_off: 'Write off' },
}
