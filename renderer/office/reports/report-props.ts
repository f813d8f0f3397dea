import type { StoreLine } from '../../../protocol/office/overview.ts'
import type { DayRange, Preset } from '../days.ts'

/** What every report is asked for. */
export interface ReportProps {
  readonly store: StoreLine
  readonly range: DayRange
  /** Null: two days were picked. */
  readonly preset: Preset | null
  readonly today: string
}
