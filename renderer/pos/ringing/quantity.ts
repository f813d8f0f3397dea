/** How many of the next item: typed before it, as on a calculator. Pure. */

export const MAX_QUANTITY = 999

/** The digits after one more; one that would make too many of it counts for nothing. */
export function typeDigit(typed: string, digit: string): string {
  const next = `${typed}${digit}`.replace(/^0+/, '')
  return Number(next) > MAX_QUANTITY ? typed : next
}

/** Nothing typed is one. */
export const quantityOf = (typed: string): number => (typed === '' ? 1 : Number(typed))
