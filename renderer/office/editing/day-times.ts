/** Minutes after midnight as people type and read them, and the hours of a week in few words. */

const DAY_MINUTES = 1440

export const clockText = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** `9`, `9:30`, `09.30` and, where a day ends, `24:00`. Null: no time of a day. */
export function parseClock(text: string, isEnd: boolean): number | null {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text.trim())
  if (match === null) return null
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)]
  const total = hours * 60 + minutes
  if (minutes > 59 || total > DAY_MINUTES) return null
  return total === DAY_MINUTES && !isEnd ? null : total
}

export const DAY_NAMES = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const

const shortDay = (day: number): string => (DAY_NAMES[day - 1] ?? String(day)).slice(0, 3)

/** `Mon–Fri`, `Sat, Sun`, `Every day`. */
export function daysText(days: readonly number[]): string {
  const sorted = [...new Set(days)].toSorted((a, b) => a - b)
  if (sorted.length === 7) return 'Every day'
  const runs: number[][] = []
  for (const day of sorted) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  return runs
    .flatMap((run) =>
      run.length > 2
        ? [`${shortDay(run[0] ?? 0)}–${shortDay(run.at(-1) ?? 0)}`]
        : run.map(shortDay),
    )
    .join(', ')
}

interface Window {
  readonly days: readonly number[]
  readonly from_minutes: number
  readonly to_minutes: number
}

/** `Mon–Fri 16:00–18:00; Sat, Sun 15:00–02:00`. */
export const windowsText = (windows: readonly Window[]): string =>
  windows
    .map(
      ({ days, from_minutes: from, to_minutes: to }) =>
        `${daysText(days)} ${clockText(from)}–${clockText(to)}`,
    )
    .join('; ')
