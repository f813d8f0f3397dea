/** Clocks on the wall of a store, and the moments that they mean. Pure. */

interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formatters.set(timeZone, made)
  return made
}

function wallTimeOf(ms: number, timeZone: string): WallTime {
  const parts = formatterFor(timeZone).formatToParts(ms)
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value)
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
  }
}

const asUtcMs = ({ year, month, day, hour, minute }: WallTime): number =>
  Date.UTC(year, month - 1, day, hour, minute)

/** `2026-11-22T14:05`, as a field for date and time holds it. */
export const localTextOf = (ms: number, timeZone: string): string =>
  new Date(asUtcMs(wallTimeOf(ms, timeZone))).toISOString().slice(0, 16)

/**
 * The moment at which the store's clocks show this; null: no such text. Of an hour that the clocks
 * skip it is the moment as if they had not, of one that comes twice it is the first.
 */
export function momentOf(local: string, timeZone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null
  const wanted = Date.parse(`${local}Z`)
  if (Number.isNaN(wanted)) return null
  const offsetAt = (ms: number) => asUtcMs(wallTimeOf(ms, timeZone)) - ms
  // The offset of the day before and after: one of them holds, or both do.
  const candidates = [wanted - offsetAt(wanted - DAY_MS), wanted - offsetAt(wanted + DAY_MS)]
  const exact = candidates.filter((ms) => localTextOf(ms, timeZone) === local)
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates)
}

const DAY_MS = 86_400_000
