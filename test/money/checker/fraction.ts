/** Exact arithmetic: a fraction of whole numbers, so that nothing is rounded before its rule says so. */

export interface Fraction {
  readonly top: bigint
  /** Above zero. */
  readonly bottom: bigint
}

export const fraction = (top: bigint, bottom = 1n): Fraction => ({ top, bottom })

/** `part` of a million of something. */
export const partsPerMillion = (amount: bigint, part: bigint): Fraction =>
  fraction(amount * part, 1_000_000n)

/** To the nearest whole; a half goes away from zero. */
export function rounded({ top, bottom }: Fraction): bigint {
  const size = top < 0n ? -top : top
  const whole = size / bottom
  const isUp = (size - whole * bottom) * 2n >= bottom
  const result = isUp ? whole + 1n : whole
  return top < 0n ? -result : result
}

/** The part before the point of what is not below zero, and what is left behind it. */
export function parted({ top, bottom }: Fraction): { readonly whole: bigint; rest: Fraction } {
  const whole = top / bottom
  return { whole, rest: fraction(top - whole * bottom, bottom) }
}

export const isLarger = (a: Fraction, b: Fraction): boolean => a.top * b.bottom > b.top * a.bottom

export const sum = (amounts: Iterable<bigint>): bigint => {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}

/**
 * Shares of an amount by weight that lose nothing: each gets the whole part of its share, and what is
 * left goes, one each, to those with the largest rests; of two alike the earlier one comes first.
 */
export function shared(amount: bigint, weights: readonly bigint[]): bigint[] {
  const all = sum(weights)
  const even = all === 0n
  const parts = weights.map((weight) =>
    parted(even ? fraction(amount, BigInt(weights.length)) : fraction(amount * weight, all)),
  )
  const shares = parts.map(({ whole }) => whole)
  let left = amount - sum(shares)
  const taken = new Set<number>()
  while (left > 0n && taken.size < parts.length) {
    let best = -1
    for (const [place, { rest }] of parts.entries()) {
      if (taken.has(place)) continue
      if (best < 0 || isLarger(rest, parts[best]!.rest)) best = place
    }
    taken.add(best)
    shares[best] = shares[best]! + 1n
    left -= 1n
  }
  return shares
}
