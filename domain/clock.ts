/**
 * Hybrid logical clock (Kulkarni et al. 2014), packed into one safe integer so that it sorts as a
 * number in SQLite, PostgreSQL and JavaScript alike:
 *
 *     52........................12 11........0
 *     milliseconds since 2020-01-01  counter
 *
 * 41 bits of milliseconds last until 2089. The counter needs no overflow rule: the next value is
 * the last one plus one, so a full counter carries into the milliseconds and the clock merely runs
 * ahead of the wall by one of them.
 */
export type Clock = number

const EPOCH_MS = Date.UTC(2020, 0, 1)
const TICKS_PER_MS = 4096

/** The stamp for a new local entry: later than everything seen, and not before the wall clock. */
export function nextClock(last: Clock, wallMs: number): Clock {
  const wall = Math.max(0, wallMs - EPOCH_MS) * TICKS_PER_MS
  return Math.max(wall, last + 1)
}

/** What this device has seen after learning of a stamp made elsewhere. */
export function observeClock(last: Clock, remote: Clock): Clock {
  return Math.max(last, remote)
}

/** The milliseconds since 1970 inside a stamp. For display and drift only, never for deciding. */
export function clockToMs(clock: Clock): number {
  return Math.floor(clock / TICKS_PER_MS) + EPOCH_MS
}

/** Where an event stands in the one order that all devices agree on (rule T1). */
export interface Stamp {
  readonly clock: Clock
  readonly origin: string
  /** Tells two branches of one origin apart, which may have the same clock (rule L6). Not of records. */
  readonly commandId?: string
  /** Position of the event inside its entry. */
  readonly index: number
}

/** Total order over events: clock, then origin, then command, then the position inside the entry. */
export function compareStamps(a: Stamp, b: Stamp): number {
  if (a.clock !== b.clock) return a.clock - b.clock
  if (a.origin !== b.origin) return a.origin < b.origin ? -1 : 1
  const [commandA, commandB] = [a.commandId ?? '', b.commandId ?? '']
  if (commandA !== commandB) return commandA < commandB ? -1 : 1
  return a.index - b.index
}
