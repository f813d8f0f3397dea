/**
 * Prices as people write them, `12.50`, to and from integer minor units. Digits are moved as text:
 * no floating point touches a price (rule M1).
 */

export { currencyDigits } from '../../domain/money.ts'

/** `null`: not a price with at most that many decimals and a point between. */
export function parsePrice(text: string, digits: number): number | null {
  const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(text)
  if (!match) return null
  const [, whole = '', decimals = ''] = match
  if (decimals.length > digits) return null
  return Number(whole + decimals.padEnd(digits, '0'))
}

export function formatPrice(minor: number, digits: number): string {
  const padded = String(minor).padStart(digits + 1, '0')
  const whole = padded.slice(0, padded.length - digits)
  return digits === 0 ? whole : `${whole}.${padded.slice(-digits)}`
}
