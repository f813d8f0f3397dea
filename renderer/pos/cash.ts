import type { Key } from '../ui/Keypad.tsx'

/** Counting cash. All amounts are minor units. */

/** Nine digits: far above any bill, far below what the schema takes. */
const MAX_DIGITS = 9

/** The digits typed so far, after one more key. Digits fill up from the right: 2, 20, 200 → 2.00. */
export function typeKey(digits: string, key: Key): string {
  if (key === 'back') return digits.slice(0, -1)
  const typed = (digits + key).replace(/^0+/, '')
  return typed.length > MAX_DIGITS ? digits : typed
}

export const digitsToMinor = (digits: string): number => Number(digits || '0')

/** Notes and their small multiples in major units, as guests hand them over. */
const STEPS_WITH_CENTS = [1, 5, 10, 20, 50, 100]
const STEPS_WITHOUT_CENTS = [100, 500, 1_000, 5_000, 10_000]

/** The amounts above the due that a guest is likely to hand over, smallest first. */
export function quickCashAmounts(dueMinor: number, decimals: number, limit = 4): number[] {
  const unit = 10 ** decimals
  const steps = (decimals === 0 ? STEPS_WITHOUT_CENTS : STEPS_WITH_CENTS).map((s) => s * unit)
  const roundedUp = steps.map((step) => Math.ceil(dueMinor / step) * step)
  const above = new Set(roundedUp.filter((amount) => amount > dueMinor))
  return [...above].toSorted((a, b) => a - b).slice(0, limit)
}

export interface CashPlan {
  /** What counts towards the order. */
  readonly amountMinor: number
  readonly tipMinor: number
  readonly tenderedMinor: number
  readonly changeMinor: number
  /** What stays due. */
  readonly leftMinor: number
}

/** Of the cash so much is tip, or all that is more than what is taken. */
export type CashTip = number | 'rest'

/**
 * What a payment comes to. `wantedMinor` null: all that is due; `tenderedMinor` null: exactly that, and
 * the tip. Less cash than wanted pays a part, and leaves nothing for a tip. Null: there is nothing to take.
 */
export function planCash(
  dueMinor: number,
  wantedMinor: number | null,
  tenderedMinor: number | null,
  tip: CashTip = 0,
): CashPlan | null {
  const wanted = Math.min(wantedMinor ?? dueMinor, dueMinor)
  const tendered = tenderedMinor ?? wanted + (tip === 'rest' ? 0 : tip)
  const amountMinor = Math.min(wanted, tendered)
  if (amountMinor <= 0) return null
  const aboveMinor = tendered - amountMinor
  const tipMinor = tip === 'rest' ? aboveMinor : Math.min(tip, aboveMinor)
  return {
    amountMinor,
    tipMinor,
    tenderedMinor: tendered,
    changeMinor: aboveMinor - tipMinor,
    leftMinor: dueMinor - amountMinor,
  }
}
