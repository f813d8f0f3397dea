/** Arithmetic with cents, as one would do it on paper: whole numbers alone. */

/** `of × n / outOf`, a half rounded up. None of the day's numbers is below nothing. */
export const part = (of: number, n: number, outOf: number): number =>
  Math.floor((2 * of * n + outOf) / (2 * outOf))

/** Gives each its part by weight in whole cents; the cents left over go to those who lost most. */
export function share(all: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((a, b) => a + b, 0)
  if (whole === 0) return weights.map(() => 0)
  const parts = weights.map((weight) => Math.floor((all * weight) / whole))
  const lost = weights.map((weight) => (all * weight) % whole)
  let left = all - parts.reduce((a, b) => a + b, 0)
  const byLoss = [...lost.keys()].toSorted((a, b) => lost[b]! - lost[a]! || a - b)
  for (const place of byLoss) {
    if (left === 0) break
    parts[place]! += 1
    left -= 1
  }
  return parts
}

/** As it stands on a screen: `$1,234.05`. */
export function usd(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  const dollars = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0 ? '-' : ''}$${dollars}.${digits.slice(-2)}`
}
