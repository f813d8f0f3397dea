import { currencyDigits } from '../../../domain/money.ts'

/**
 * Nexo writes amounts as JSON numbers with a point, `10.99`. Digits are moved as text: the shortest
 * text of a number that was read is the text that was sent, and no price is ever multiplied (M1).
 */
export function toDecimal(minor: number, currency: string): number {
  const digits = currencyDigits(currency)
  const text = String(minor).padStart(digits + 1, '0')
  return Number(digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`)
}

/** Null: not an amount of this currency. */
export function fromDecimal(amount: number, currency: string): number | null {
  const digits = currencyDigits(currency)
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(String(amount))
  if (!match) return null
  const [, whole = '', decimals = ''] = match
  return decimals.length > digits ? null : Number(whole + decimals.padEnd(digits, '0'))
}
