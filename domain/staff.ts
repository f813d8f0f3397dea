import type { Catalog } from './catalog.ts'

/**
 * What is stored of somebody's PIN; null: nobody signs in with it. A hash that was renewed at a
 * sign-in counts while the PIN is still the one that it was made of: renewing is no change of the
 * person, and must not undo one that was made elsewhere meanwhile.
 */
export function pinHashOf(
  { staff, pin_renewal }: Pick<Catalog, 'staff' | 'pin_renewal'>,
  staffId: string,
): string | null {
  const given = staff.get(staffId)?.pinHash ?? null
  const renewal = pin_renewal.get(staffId)
  return renewal !== undefined && renewal.of === given ? renewal.hash : given
}

export const USUAL_PIN_DIGITS = 4

/** How many digits the PIN of a hash has: what `main/pin.ts` wrote into it as `data`. */
export function pinDigitsOf(pinHash: string): number {
  const data = /,data=([\w+/]+)\$/.exec(pinHash)?.[1]
  const digits = DATA_OF_DIGITS.findIndex((known) => known === data)
  return digits === -1 ? USUAL_PIN_DIGITS : digits
}

/** Base64 of the digit, at its place. */
const DATA_OF_DIGITS = ['', '', '', '', '', 'NQ', 'Ng', 'Nw', 'OA']
