import type { Catalog } from '../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { PIN_LOCK_MS, PIN_TRIES } from '../../protocol/limits.ts'
import type { ScreenRejection, SignedIn } from '../../protocol/screens.ts'
import { verifyPin } from '../pin.ts'

export interface SignIn {
  readonly try: (pin: string) => Promise<Result<SignedIn, ScreenRejection>>
}

/**
 * PINs of the store's staff. Wrong ones are counted for the whole device, over all its screens:
 * after `PIN_TRIES` in a row nobody signs in for `PIN_LOCK_MS`.
 */
export function createSignIn(catalog: () => Catalog, nowMs: () => number): SignIn {
  let wrong = 0
  let lockedUntilMs = 0
  return {
    try: async (pin) => {
      if (nowMs() < lockedUntilMs) return refuse({ code: 'locked_out', untilMs: lockedUntilMs })
      // Counted before the slow comparison, so that guesses sent at once do not all get in.
      wrong += 1
      const triesLeft = PIN_TRIES - wrong
      if (triesLeft <= 0) {
        lockedUntilMs = nowMs() + PIN_LOCK_MS
        wrong = 0
      }
      const staff = await findStaff(catalog(), pin)
      if (!staff) return refuse({ code: 'wrong_pin', triesLeft: Math.max(0, triesLeft) })
      wrong = 0
      lockedUntilMs = 0
      return ok(staff)
    },
  }
}

/** All at once: a PIN has no name, and the thread pool compares four in the time of one. */
async function findStaff(catalog: Catalog, pin: string): Promise<SignedIn | null> {
  const matches = await Promise.all(
    [...catalog.staff].map(async ([staffId, { name, role, pinHash }]) =>
      pinHash !== null && (await verifyPin(pin, pinHash)) ? { staffId, name, role } : null,
    ),
  )
  return matches.find((match) => match !== null) ?? null
}
