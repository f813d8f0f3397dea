/**
 * How far a zone's clocks are from UTC over a span of time, for whoever has to find the local hour of
 * many moments without asking for each.
 */
export interface OffsetPeriod {
  /** From here on, to the next period's beginning. */
  readonly fromMs: number
  readonly offsetMinutes: number
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const QUARTER_HOUR_MS = 15 * MINUTE_MS

/** The first period begins at `fromMs`, the last one has no end. Clocks change on a quarter of an hour. */
export function offsetPeriods(timeZone: string, fromMs: number, toMs: number): OffsetPeriod[] {
  const offsetAt = offsetReader(timeZone)
  const periods: OffsetPeriod[] = [{ fromMs, offsetMinutes: offsetAt(fromMs) }]
  for (let dayMs = fromMs; dayMs < toMs; dayMs += DAY_MS) {
    const before = offsetAt(dayMs)
    const offsetMinutes = offsetAt(dayMs + DAY_MS)
    if (offsetMinutes === before) continue
    periods.push({ fromMs: changeBetween(dayMs, dayMs + DAY_MS, offsetAt), offsetMinutes })
  }
  return periods
}

/** The first quarter of an hour at which it is no longer as at the beginning. */
function changeBetween(fromMs: number, toMs: number, offsetAt: (atMs: number) => number): number {
  const before = offsetAt(fromMs)
  let [low, high] = [Math.floor(fromMs / QUARTER_HOUR_MS), Math.ceil(toMs / QUARTER_HOUR_MS)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * QUARTER_HOUR_MS) === before) low = middle
    else high = middle
  }
  return high * QUARTER_HOUR_MS
}

function offsetReader(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return (atMs) => {
    const parts = new Map(
      format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]),
    )
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
    const month = part('month') - 1
    const localMs = Date.UTC(part('year'), month, part('day'), part('hour'), part('minute'))
    return Math.round((localMs - Math.floor(atMs / MINUTE_MS) * MINUTE_MS) / MINUTE_MS)
  }
}
