import type { Store } from '../../db/sqlite/store.ts'
import { businessDayIn } from '../../domain/business-day.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { Stamped } from '../../domain/commands.ts'
import { derivedId } from '../../domain/ids.ts'
import type { JournalEvent, JournalLine } from '../../domain/journal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { nextVersion, readShifts, type Shift } from '../../domain/shifts.ts'

/** Clocking in and out, and a manager's corrections, in the store's journal. */
export interface Shifts {
  /** Shifts of somebody that have not ended; two where tills were apart. */
  readonly openOf: (staffId: string, nowMs: number) => readonly Shift[]
  /** Where somebody is in already, nothing is written; the same for out. */
  readonly clock: (stamp: Stamp, staffId: string, wish: 'in' | 'out') => void
  readonly correct: (stamp: Stamp, wish: ShiftCorrection) => Result<null, 'shift_not_found'>
  /** That belong to a business day, and those from before it that were never ended. */
  readonly ofDay: (catalog: Catalog, day: string) => readonly Shift[]
}

type Stamp = Omit<Stamped<never>, 'command'>

export interface ShiftCorrection {
  readonly shiftId: string
  readonly from: string
  readonly to: string | null
  readonly isVoid: boolean
  readonly reason: string
}

const DAY_MS = 86_400_000
/** A shift that nobody ended is asked about for so long. */
const OPEN_DAYS = 31

export function createShifts({
  journal,
  writeJournal,
  deviceId,
}: Pick<Store, 'journal' | 'writeJournal' | 'deviceId'>): Shifts {
  const between = (fromMs: number, toMs: number): Shift[] =>
    readShifts(
      journal
        .begun('shift_started', new Date(fromMs).toISOString(), new Date(toMs).toISOString())
        .filter(isOfShift),
    )

  const openOf = (staffId: string, nowMs: number): Shift[] =>
    between(nowMs - OPEN_DAYS * DAY_MS, nowMs + DAY_MS).filter(
      (shift) => shift.staffId === staffId && shift.to === null && !shift.isVoid,
    )

  return {
    openOf,
    clock: (stamp, staffId, wish) => {
      writeJournal<'nothing_to_write'>(stamp, () => {
        const open = openOf(staffId, Date.parse(stamp.at))
        const events =
          wish === 'out'
            ? open.map(({ id }, place) => ended(stamp.id, place, id, staffId, deviceId))
            : open.length === 0
              ? [started(stamp.id, staffId, deviceId)]
              : []
        return events.length === 0 ? refuse('nothing_to_write') : ok(events)
      })
    },
    correct: (stamp, { shiftId, from, to, isVoid, reason }) => {
      const written = writeJournal<'shift_not_found'>(stamp, () => {
        const lines = journal.about(shiftId)
        if (!lines.some(({ kind }) => kind === 'shift_started')) return refuse('shift_not_found')
        return ok([
          {
            type: 'journal.written',
            kind: 'shift_corrected',
            id: derivedId(stamp.id, 0),
            about: shiftId,
            value: {
              version: nextVersion(lines),
              from,
              to,
              ...(isVoid && { isVoid: true as const }),
              reason,
            },
          },
        ])
      })
      return written.ok ? ok(null) : written
    },
    ofDay: (catalog, day) => {
      const startMs = Date.parse(day)
      return between(startMs - OPEN_DAYS * DAY_MS, startMs + 3 * DAY_MS).filter((shift) => {
        const own = businessDayIn(catalog, Date.parse(shift.from))
        return own === day || (own < day && shift.to === null && !shift.isVoid)
      })
    },
  }
}

const isOfShift = ({ kind }: JournalLine): boolean =>
  kind === 'shift_started' || kind === 'shift_ended' || kind === 'shift_corrected'

function started(commandId: string, staffId: string, deviceId: string): JournalEvent {
  const id = derivedId(commandId, 0)
  const value = { staffId, deviceId }
  return { type: 'journal.written', kind: 'shift_started', id, about: id, value }
}

const ended = (
  commandId: string,
  place: number,
  about: string,
  staffId: string,
  deviceId: string,
): JournalEvent => ({
  type: 'journal.written',
  kind: 'shift_ended',
  id: derivedId(commandId, place),
  about,
  value: { staffId, deviceId },
})
