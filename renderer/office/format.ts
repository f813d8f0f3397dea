import { decimalsOf, formatMoney } from '../ui/format.ts'

/** How the back office writes amounts, times and ages. Times are the store's, wherever one sits. */
export interface StoreWords {
  readonly currency: string
  readonly timeZone: string
  readonly money: (amount: { readonly amount: number; readonly currency: string }) => string
  readonly minor: (minor: number) => string
  /** `19:04` */
  readonly time: (at: string | number) => string
  /** `19:04:31` */
  readonly clock: (at: string | number) => string
  /** `Sat 21 Nov, 19:04` */
  readonly moment: (at: string | number) => string
  /** `Sat 21 Nov 2026, 19:04:31` */
  readonly exactly: (at: string | number) => string
}

const wordsByStore = new Map<string, StoreWords>()

/** Formatters are dear to make, and a screen needs the same ones all the time. */
export function storeWords(currency: string, timeZone: string): StoreWords {
  const key = `${currency} ${timeZone}`
  const known = wordsByStore.get(key)
  if (known !== undefined) return known
  const made = makeWords(currency, timeZone)
  wordsByStore.set(key, made)
  return made
}

function makeWords(currency: string, timeZone: string): StoreWords {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(undefined, { timeZone, hourCycle: 'h23', ...options })
    return (at: string | number) => made.format(typeof at === 'string' ? Date.parse(at) : at)
  }
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  return {
    currency,
    timeZone,
    money: (amount) => formatMoney(amount.amount, amount.currency),
    minor: (minor) => formatMoney(minor, currency),
    time: format(clock),
    clock: format({ ...clock, second: '2-digit' }),
    moment: format({ ...day, ...clock }),
    exactly: format({ ...day, year: 'numeric', ...clock, second: '2-digit' }),
  }
}

/** A business day is a date and no moment: written as it is, in whatever zone. */
export const formatBusinessDay = (day: string): string => dayFormat.format(Date.parse(day))
export const formatShortDay = (day: string): string => shortDayFormat.format(Date.parse(day))

const dayFormat = new Intl.DateTimeFormat(undefined, {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const shortDayFormat = new Intl.DateTimeFormat(undefined, {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
})

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** `just now`, `4 min ago`, `3 h ago`, `2 days ago`. */
export function formatAgo(ms: number): string {
  if (ms < MINUTE_MS) return 'just now'
  if (ms < HOUR_MS) return `${String(Math.floor(ms / MINUTE_MS))} min ago`
  if (ms < DAY_MS) return `${String(Math.floor(ms / HOUR_MS))} h ago`
  const days = Math.floor(ms / DAY_MS)
  return days === 1 ? '1 day ago' : `${String(days)} days ago`
}

/** Preparation and the like: `48 s`, `12 min`, `1 h 05 min`. */
export function formatSpan(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 90) return `${String(whole)} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return `${String(minutes)} min`
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** `+12 %`, `−3 %`; null where there is nothing to compare with. */
export function formatChange(now: number, before: number): string | null {
  if (before <= 0) return null
  const percent = Math.round(((now - before) / before) * 100)
  if (percent === 0) return '±0 %'
  return `${percent > 0 ? '+' : '−'}${String(Math.abs(percent))} %`
}

export const formatShare = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`

/** Axis labels: short, and never more exact than the eye reads them. */
export function formatShortMoney(minor: number, currency: string): string {
  const short = new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
  })
  return short.format(minor / 10 ** decimalsOf(currency))
}

/** `125000` ppm as `12.5 %`. */
export const formatPpm = (ppm: number): string => `${String(ppm / 10_000)} %`
