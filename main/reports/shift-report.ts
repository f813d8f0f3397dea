import { businessDayIn } from '../../domain/business-day.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { JournalLine } from '../../domain/journal.ts'
import { isForgotten, readShifts, workedMs, type Shift } from '../../domain/shifts.ts'
import type { RestShift } from '../../protocol/rest/shift.ts'
import { csvLine } from '../csv.ts'

/** Hours of some business days, per shift and per person: the same on a device and at the centre. */
export interface ShiftReport {
  readonly shifts: RestShift[]
  readonly people: { staff_id: string; staff_name: string | null; minutes: number }[]
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A correction may move a shift by so much to another day. */
const MARGIN_DAYS = 31

/** The stretch in which shifts of these days may have been begun. */
export const linesFor = (from: string, to: string): readonly [string, string] => [
  new Date(Date.parse(from) - MARGIN_DAYS * DAY_MS).toISOString(),
  new Date(Date.parse(to) + MARGIN_DAYS * DAY_MS).toISOString(),
]

export function shiftReport(
  lines: readonly JournalLine[],
  catalog: Catalog,
  { from, to }: { readonly from: string; readonly to: string },
  nowMs: number,
): ShiftReport {
  const dayOf = (shift: Shift) => businessDayIn(catalog, Date.parse(shift.from))
  const nameOf = (staffId: string) => catalog.staff.get(staffId)?.name ?? null
  const minutesOf = (shifts: readonly Shift[]) => Math.round(workedMs(shifts, nowMs) / MINUTE_MS)
  const shifts = readShifts(lines).filter((shift) => {
    const day = dayOf(shift)
    return day >= from && day <= to
  })
  return {
    shifts: shifts.map((shift) => ({
      id: shift.id,
      staff_id: shift.staffId,
      staff_name: nameOf(shift.staffId),
      business_day: dayOf(shift),
      from: shift.from,
      to: shift.to,
      forgotten: isForgotten(shift, nowMs),
      void: shift.isVoid,
      minutes: minutesOf([shift]),
      corrected: shift.corrected,
    })),
    people: [...Map.groupBy(shifts, ({ staffId }) => staffId)].map(([staffId, own]) => ({
      staff_id: staffId,
      staff_name: nameOf(staffId),
      minutes: minutesOf(own),
    })),
  }
}

export const shiftsCsv = ({ shifts }: ShiftReport): string =>
  [
    [
      'business_day',
      'staff_id',
      'staff_name',
      'from',
      'to',
      'minutes',
      'forgotten',
      'void',
      'corrected_by',
      'reason',
    ],
    ...shifts.map((shift) => [
      shift.business_day,
      shift.staff_id,
      shift.staff_name,
      shift.from,
      shift.to,
      shift.minutes,
      String(shift.forgotten),
      String(shift.void),
      shift.corrected?.by ?? null,
      shift.corrected?.reason ?? null,
    ]),
  ]
    .map(csvLine)
    .join('')
