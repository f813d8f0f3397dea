/** Ranges of business days. A day is `YYYY-MM-DD`, and a range holds both its ends. Pure. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

export const PRESETS = {
  today: 'Today',
  yesterday: 'Yesterday',
  this_week: 'This week',
  last_week: 'Last week',
  this_month: 'This month',
} as const
export type Preset = keyof typeof PRESETS
export const isPreset = (text: string | undefined): text is Preset =>
  text !== undefined && Object.hasOwn(PRESETS, text)

const DAY_MS = 86_400_000

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
export const addDays = (day: string, days: number): string => dayOf(Date.parse(day) + days * DAY_MS)

/** Weeks begin on Monday (ISO 8601). */
function mondayOf(day: string): string {
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7
  return addDays(day, -sinceMonday)
}

export function rangeOf(preset: Preset, today: string): DayRange {
  const monday = mondayOf(today)
  switch (preset) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'this_week':
      return { from: monday, to: today }
    case 'last_week':
      return { from: addDays(monday, -7), to: addDays(monday, -1) }
    case 'this_month':
      return { from: `${today.slice(0, 7)}-01`, to: today }
  }
}

export const dayCount = ({ from, to }: DayRange): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** A day that exists: 30 February is none. */
export const isDay = (text: string | undefined): text is string =>
  text !== undefined &&
  DAY.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  dayOf(Date.parse(text)) === text

/** The range in an address: a preset's, else two days, else today's. */
export function readRange(
  query: Readonly<Record<string, string | undefined>>,
  today: string,
): { readonly preset: Preset | null; readonly range: DayRange } {
  const { range, from, to } = query
  if (isPreset(range)) return { preset: range, range: rangeOf(range, today) }
  if (isDay(from) && isDay(to) && from <= to) return { preset: null, range: { from, to } }
  return { preset: 'today', range: rangeOf('today', today) }
}
