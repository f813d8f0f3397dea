/** Stripe counts these in hundredths, which the currency no longer has (its page on currencies). */
const IN_HUNDREDTHS: ReadonlySet<string> = new Set(['ISK', 'UGX'])

export const toStripe = (minor: number, currency: string): number =>
  IN_HUNDREDTHS.has(currency) ? minor * 100 : minor

/** Null: not a whole unit of ours. */
export function fromStripe(amount: number, currency: string): number | null {
  if (!IN_HUNDREDTHS.has(currency)) return amount
  return amount % 100 === 0 ? amount / 100 : null
}
