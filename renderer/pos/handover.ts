import { useLive } from '../ui/live-store.ts'
import { resetTill } from './store.ts'

/**
 * A broken connection asks for the PIN again. The same person finds the order in hand as it was;
 * for another one the till starts clean.
 */
export function resetOnHandover() {
  let lastStaffId: string | null = null
  useLive.subscribe(({ signedIn }) => {
    if (signedIn === null || signedIn.staffId === lastStaffId) return
    if (lastStaffId !== null) resetTill()
    lastStaffId = signedIn.staffId
  })
}
