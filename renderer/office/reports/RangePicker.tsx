import { MAX_RANGE_DAYS } from '../../../protocol/office/values.ts'
import { addDays, PRESETS, type Preset } from '../days.ts'
import { Field } from '../parts/Field.tsx'
import { changeQuery } from '../route.ts'
import type { ReportProps } from './report-props.ts'
import styles from './Reports.module.css'

/** Which business days. Stands in the address, so that a report can be kept as a bookmark. */
export function RangePicker({ range, preset, today }: Omit<ReportProps, 'store'>) {
  const pick = (from: string, to: string) => {
    if (from === '' || to === '') return
    changeQuery({ range: undefined, from, to })
  }
  return (
    <div className={styles['range']} role="group" aria-label="Business days">
      <div className={styles['presets']}>
        {(Object.keys(PRESETS) as Preset[]).map((one) => (
          <button
            key={one}
            type="button"
            className={styles['preset']}
            aria-pressed={preset === one}
            onClick={() => changeQuery({ range: one, from: undefined, to: undefined })}
          >
            {PRESETS[one]}
          </button>
        ))}
      </div>
      <Field
        label="From"
        isLabelHidden
        type="date"
        value={range.from}
        max={today}
        onChange={(from) => pick(from, laterOf(from, earlierOf(range.to, lastOf(from))))}
      />
      <span aria-hidden="true">–</span>
      <Field
        label="To"
        isLabelHidden
        type="date"
        value={range.to}
        max={today}
        onChange={(to) => pick(earlierOf(to, laterOf(range.from, firstOf(to))), to)}
      />
    </div>
  )
}

const earlierOf = (a: string, b: string): string => (a < b ? a : b)
const laterOf = (a: string, b: string): string => (a > b ? a : b)
/** The ends of the longest range that the centre answers for. */
const lastOf = (from: string): string => (from === '' ? '' : addDays(from, MAX_RANGE_DAYS - 1))
const firstOf = (to: string): string => (to === '' ? '' : addDays(to, 1 - MAX_RANGE_DAYS))
