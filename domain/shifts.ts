import type { JournalLine, JournalValue } from './journal.ts'

/** Who worked when: lines of the store's journal that only add up, folded into shifts. Pure. */

export interface Shift {
  readonly id: string
  readonly staffId: string
  readonly from: string
  /** Null: somebody is still at work, or forgot to clock out. */
  readonly to: string | null
  /** A manager's word in the place of what was clocked. */
  readonly corrected: { readonly by: string; readonly at: string; readonly reason: string } | null
  /** A manager said that there was none. */
  readonly isVoid: boolean
}

/** Lines of any shifts, in any order. What was clocked out twice ended the first time. */
export function readShifts(lines: readonly JournalLine[]): Shift[] {
  const byShift = Map.groupBy(lines, ({ about }) => about)
  return [...byShift]
    .flatMap(([id, own]): Shift[] => {
      const started = firstOf(own, 'shift_started')
      if (started?.kind !== 'shift_started') return []
      const correction = lastCorrection(own)
      const word = correction?.value
      return [
        {
          id,
          staffId: started.value.staffId,
          from: word?.from ?? started.at,
          to: word === undefined ? (firstOf(own, 'shift_ended')?.at ?? null) : word.to,
          corrected:
            correction === null
              ? null
              : { by: correction.actor, at: correction.at, reason: correction.value.reason },
          isVoid: word?.isVoid === true,
        },
      ]
    })
    .toSorted((a, b) => compare(a.from, b.from) || compare(a.id, b.id))
}

const firstOf = (lines: readonly JournalLine[], kind: JournalLine['kind']) =>
  lines.filter((line) => line.kind === kind).toSorted(byMoment)[0]

type Correction = JournalLine & { readonly value: JournalValue<'shift_corrected'> }

function lastCorrection(lines: readonly JournalLine[]): Correction | null {
  const corrections = lines.filter((line): line is Correction => line.kind === 'shift_corrected')
  return (
    corrections.toSorted((a, b) => a.value.version - b.value.version || byMoment(a, b)).at(-1) ??
    null
  )
}

const byMoment = (a: JournalLine, b: JournalLine): number =>
  compare(a.at, b.at) || compare(a.id, b.id)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What one correction more has to be, to count. */
export const nextVersion = (lines: readonly JournalLine[]): number =>
  1 +
  Math.max(0, ...lines.map((line) => (line.kind === 'shift_corrected' ? line.value.version : 0)))

/** Longer nobody works: who is still there has gone home without clocking out. */
export const FORGOTTEN_AFTER_MS = 14 * 3_600_000

export const isForgotten = ({ from, to, isVoid }: Shift, nowMs: number): boolean =>
  !isVoid && to === null && nowMs - Date.parse(from) > FORGOTTEN_AFTER_MS

/**
 * Milliseconds that somebody was there. Shifts that overlap, as when two tills were apart, count once;
 * one that is open counts until now, and one that was forgotten counts for nothing until it is corrected.
 */
export function workedMs(shifts: readonly Shift[], nowMs: number): number {
  const stretches = shifts
    .filter((shift) => !shift.isVoid && !isForgotten(shift, nowMs))
    .map(({ from, to }) => [Date.parse(from), to === null ? nowMs : Date.parse(to)] as const)
    .filter(([from, to]) => to > from)
    .toSorted(([a], [b]) => a - b)
  let sum = 0
  let reached = -Infinity
  for (const [from, to] of stretches) {
    sum += Math.max(0, to - Math.max(from, reached))
    reached = Math.max(reached, to)
  }
  return sum
}
