/**
 * Ids that are computed rather than drawn. Whatever is made twice from the same command, firing or
 * device gets the same id, so that a set join makes one thing of it (rules L5, K1, N1).
 */

/** The id of the nth thing (line, payment, firing…) that one command creates. */
export const derivedId = (commandId: string, index: number): string => `${commandId}.${index}`

/** A ticket is what one station makes from one firing; there cannot be two of it (rule K1). */
export const ticketIdOf = (firingId: string, stationId: string): string =>
  `${firingId}/${stationId}`

/** `A-017`: the device's code, unique in the store, and its own count in the business day (N1). */
export const orderNumberOf = (deviceCode: string, count: number): string =>
  `${deviceCode}-${String(count).padStart(3, '0')}`

/** The nth code a device may hand to one that it admits. */
const letter = (n: number): string => String.fromCharCode(65 + n)

/**
 * Codes are a tree, so two members that admit devices while apart never hand out the same one:
 * the founder is `A` and hands out `B` … `Z`, then `AA`, `AB` …; every other device hands out its
 * own code with letters behind it.
 *
 * `nth` counts from 0 the devices which `parentCode` has admitted so far.
 */
export function childDeviceCode(parentCode: string, nth: number): string {
  if (parentCode === 'A') {
    if (nth < 25) return letter(nth + 1)
    return `A${suffix(nth - 25)}`
  }
  return `${parentCode}${suffix(nth)}`
}

/** A, B … Z, then 1A, 1B … 1Z, 2A …: never the code of a grandchild, which has letters only. */
function suffix(n: number): string {
  const round = Math.floor(n / 26)
  return `${round === 0 ? '' : round}${letter(n % 26)}`
}
