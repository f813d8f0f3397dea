import { useId } from 'react'
import styles from './Field.module.css'

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
  readonly isLabelHidden?: boolean
  readonly isDisabled?: boolean
  readonly fault?: string | null | undefined
  readonly hint?: string
}

/** One of a few, in the browser's own list: every keyboard and screen reader knows it. */
export function Choice(props: ChoiceProps) {
  const { label, value, options, onChange, isLabelHidden = false, fault = null } = props
  const id = useId()
  return (
    <div className={styles['field']}>
      {!isLabelHidden && (
        <label htmlFor={id} className={styles['label']}>
          {label}
        </label>
      )}
      <select
        id={id}
        className={styles['input']}
        value={value}
        disabled={props.isDisabled}
        aria-label={isLabelHidden ? label : undefined}
        aria-invalid={fault !== null}
        aria-describedby={fault === null && props.hint === undefined ? undefined : `${id}-about`}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {(fault ?? props.hint) !== undefined && (
        <span id={`${id}-about`} className={styles[fault === null ? 'hint' : 'fault']}>
          {fault ?? props.hint}
        </span>
      )}
    </div>
  )
}

interface TicksProps {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  readonly hint?: string
}

/** Any of a few. The order of the options is the order of what is chosen. */
export function Ticks({ label, options, values, onChange, hint }: TicksProps) {
  const set = (value: string, isOn: boolean) =>
    onChange(
      options
        .map((option) => option.value)
        .filter((one) => (one === value ? isOn : values.includes(one))),
    )
  return (
    <fieldset className={styles['options']}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles['option']}>
          <input
            type="checkbox"
            checked={values.includes(option.value)}
            onChange={(event) => set(option.value, event.target.checked)}
          />
          {option.label}
        </label>
      ))}
      {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
    </fieldset>
  )
}
