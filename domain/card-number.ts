import { z } from 'zod'
import { plainText } from './text.ts'

/**
 * No card number is ever kept. Text that comes with a payment is refused where 13 to 19 digits in it,
 * with spaces or dashes between or without, have the check digit of a card (ISO/IEC 7812-1, Luhn).
 */
const MIN_DIGITS = 13
const MAX_DIGITS = 19

export function looksLikeCardNumber(text: string): boolean {
  for (const [run] of text.matchAll(/\d+(?:[ -]\d+)*/g)) {
    const groups = run.split(/[ -]/)
    if (groups.some(hidesCardNumber)) return true
    // A number may be written in groups, and something else may stand behind it.
    for (let first = 0; first < groups.length; first += 1) {
      let digits = ''
      for (const group of groups.slice(first)) {
        digits += group
        if (digits.length > MAX_DIGITS) break
        if (digits.length >= MIN_DIGITS && hasCheckDigit(digits)) return true
      }
    }
  }
  return false
}

/** Of a longer string of digits, it may be any part. */
function hidesCardNumber(digits: string): boolean {
  if (digits.length <= MAX_DIGITS) return false
  for (let start = 0; start + MIN_DIGITS <= digits.length; start += 1) {
    for (let length = MIN_DIGITS; length <= MAX_DIGITS; length += 1) {
      const part = digits.slice(start, start + length)
      if (part.length === length && hasCheckDigit(part)) return true
    }
  }
  return false
}

/** From the right, every second digit doubled, the digits of all added: a multiple of ten. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, place) => {
    const doubled = Number(digit) * 2
    return total + (place % 2 === 0 ? Number(digit) : doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** Text of a payment, at every door and in the log. */
export const paymentText = (max: number): z.ZodString =>
  plainText(max).refine((text) => !looksLikeCardNumber(text), {
    message: 'must not contain a card number',
  })
