import { useId } from 'react'
import { Choice } from '../parts/Choice.tsx'
import styles from './Rows.module.css'
import { optionText, type Option } from './field-spec.ts'

interface PicksProps {
  readonly label: string
  readonly of: string
  readonly options: readonly Option[]
  readonly values: readonly string[]
  readonly fault: string | null
  readonly onChange: (values: readonly string[]) => void
}

/** Some of many: what is chosen stands there by name, the rest in one list. */
export function Picks({ label, of, options, values, fault, onChange }: PicksProps) {
  const id = useId()
  const nameOf = (value: string) =>
    options.find((option) => option.value === value)?.label ?? `${value} (gone)`
  const rest = options.filter(({ value }) => !values.includes(value))
  return (
    <fieldset className={styles['rows']} aria-describedby={fault === null ? undefined : id}>
      <legend>{label}</legend>
      {values.length > 0 && (
        <ul className={styles['picks']}>
          {values.map((value) => (
            <li key={value} className={styles['pick']}>
              {nameOf(value)}
              <button
                type="button"
                className={styles['drop']}
                aria-label={`Remove ${nameOf(value)}`}
                onClick={() => onChange(values.filter((one) => one !== value))}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      <Choice
        label={`${label}: add ${of}`}
        isLabelHidden
        value=""
        options={[
          { value: '', label: `Add ${of} …` },
          ...rest.map((option) => ({ value: option.value, label: optionText(option) })),
        ]}
        onChange={(value) => {
          if (value !== '') onChange([...values, value])
        }}
      />
      {fault !== null && (
        <p id={id} role="alert" className={styles['fault']}>
          {fault}
        </p>
      )}
    </fieldset>
  )
}
