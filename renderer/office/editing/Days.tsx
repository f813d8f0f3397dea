import { DAY_NAMES } from './day-times.ts'
import styles from './Rows.module.css'

interface DaysProps {
  readonly label: string
  /** `1` is Monday. */
  readonly values: readonly string[]
  readonly fault: string | null
  readonly onChange: (values: readonly string[]) => void
}

/** The days of a week, side by side. */
export function Days({ label, values, fault, onChange }: DaysProps) {
  const set = (day: string, isOn: boolean) =>
    onChange(
      DAY_NAMES.map((_, place) => String(place + 1)).filter((one) =>
        one === day ? isOn : values.includes(one),
      ),
    )
  return (
    <div>
      <div role="group" aria-label={label} className={styles['days']}>
        {DAY_NAMES.map((name, place) => {
          const day = String(place + 1)
          const isOn = values.includes(day)
          return (
            <button
              key={day}
              type="button"
              className={styles['day']}
              aria-label={name}
              aria-pressed={isOn}
              onClick={() => set(day, !isOn)}
            >
              {name.slice(0, 2)}
            </button>
          )
        })}
      </div>
      {fault !== null && (
        <p role="alert" className={styles['fault']}>
          {fault}
        </p>
      )}
    </div>
  )
}
