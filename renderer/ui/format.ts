import { inOnePiece } from '../words/one-piece.ts'
import { perLanguage } from '../words/per-language.ts'
import { say } from '../words/say.ts'

/** How money, times and ages are written on every screen, in its language. */

const moneyFormat = perLanguage(
  (locale, currency) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
)

/** Digits behind the point: 2 for USD, 0 for JPY, 3 for KWD. */
export const decimalsOf = (currency: string): number =>
  moneyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2

/**
 * Minor units as people write them. The point is put into the digits, and Intl formats the decimal
 * text exactly, so that no floating point stands between the amount and the eye (rule M1).
 */
export function formatMoney(minor: number, currency: string): string {
  return legible(moneyFormat(currency).format(toDecimalText(minor, decimalsOf(currency))))
}

/** Arabic signs read as Arabic does; `US$` must not be torn apart. */
const legible = (amount: string): string =>
  /\p{Script=Arabic}/u.test(amount) ? amount : inOnePiece(amount.replaceAll(/[\u200e\u200f]/g, ''))

/** A price beside a modifier: "+$1.50", "−$0.50", and nothing where it is free. */
export function formatSurcharge(minor: number, currency: string): string {
  if (minor === 0) return ''
  return inOnePiece(`${minor > 0 ? '+' : '−'}${formatMoney(Math.abs(minor), currency)}`)
}

const percentFormat = perLanguage(
  (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }),
)

/** Parts per million as people write them: `12.5%`, `12,5 %`. */
export const formatPercent = (ppm: number): string => percentFormat().format(ppm / 1_000_000)

function toDecimalText(minor: number, decimals: number): Intl.StringNumericLiteral {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`
  return `${minor < 0 ? '-' : ''}${whole}${fraction}` as Intl.StringNumericLiteral
}

/** `19:04`, in the reader's own zone. */
export const formatTime = (ms: number): string => timeFormat().format(ms)
/** `19:04:31`, where a second matters. */
export const formatTimeWithSeconds = (ms: number): string => timeWithSecondsFormat().format(ms)

/** `12 May`: for what was not today. */
export const formatDay = (ms: number): string => dayFormat().format(ms)

/** A business day is a date and no moment: written as it is, in whatever zone. */
export const formatDate = (day: string): string => dateFormat().format(Date.parse(day))

const dateFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
)
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const dayFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
)
const timeFormat = perLanguage((locale) => new Intl.DateTimeFormat(locale, clock))
const timeWithSecondsFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { ...clock, second: '2-digit' }),
)

/** How long something has been: `12 s`, `3 min`, `2 h 05 min`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return say('common.seconds', { n: seconds })
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return say('common.minutes', { n: minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 48) {
    return say('common.hours', { h: hours, min: String(minutes % 60).padStart(2, '0') })
  }
  return say('common.days', { count: Math.floor(hours / 24) })
}

/** A running timer: `04:07`, `75:00`. */
export function formatTimer(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  return `${String(minutes).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}

export const countOf = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`

/** `1234 5678`: read out and typed in halves. */
export const formatCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`
