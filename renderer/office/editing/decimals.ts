/** Decimal numbers as people type them, in whole units of the smallest part. Exact: no floating point. */

const MAX_DIGITS = 12

/**
 * `12.5` and `12,50` with two decimals are 1250. Null: no number, or more decimals than there are.
 * Thousands are not separated: `1,234` is read as one and a bit, and has a decimal too many.
 */
export function parseDecimal(text: string, decimals: number): number | null {
  const match = /^([+\-−]?)(\d*)(?:[.,](\d*))?$/u.exec(text.trim())
  if (match === null) return null
  const [, sign = '', whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return null
  if (fraction.length > decimals || whole.length + decimals > MAX_DIGITS) return null
  const digits = Number(`${whole || '0'}${fraction.padEnd(decimals, '0')}`)
  // A minus in front of nothing is nothing.
  return sign === '' || sign === '+' || digits === 0 ? digits : -digits
}

/** 1250 with two decimals is `12.50`. */
export function decimalText(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`
  return `${value < 0 ? '-' : ''}${whole}${fraction}`
}

const PPM_DECIMALS = 4

/** `8.875` percent is 88750 parts per million. */
export const parsePercent = (text: string): number | null => parseDecimal(text, PPM_DECIMALS)

export const percentText = (ppm: number): string =>
  decimalText(ppm, PPM_DECIMALS).replace(/\.?0+$/, '')

/** 1500 thousandths are `1.5`. */
export const milliText = (milli: number): string => decimalText(milli, 3).replace(/\.?0+$/, '')
