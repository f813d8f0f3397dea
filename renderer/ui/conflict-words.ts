import type { ConflictKind, Resolution } from '../../domain/conflict-kinds.ts'
import { spoken } from '../words/spoken.ts'

const MONEY = spoken({ kept: 'conflict.keepMoney', written_off: 'conflict.writeOff' })

/** What the button says, of each way that the domain allows for the kind. */
export const RESOLUTION_NAMES: Record<ConflictKind, Readonly<Record<Resolution, string>>> = {
  overpaid: MONEY,
  handed_over_after_cancel: spoken({
    kept: 'conflict.keepHandedOver',
    written_off: 'conflict.writeOff',
  }),
  cooked_after_cancel: spoken({ kept: 'conflict.otherGuest', written_off: 'conflict.waste' }),
  moved_after_cancel: spoken({ kept: 'conflict.cancelAsWell', written_off: 'conflict.writeOff' }),
  payment_unclear: MONEY,
  paid_after_cancel: MONEY,
}
