import { useId } from 'react'
import styles from './SelectInput.module.css'
import fieldStyles from './TextInput.module.css'

interface SelectInputProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

/** One of many, in the browser's own list: every keyboard, finger and screen reader knows it. */
export function SelectInput({ label, value, options, onChange }: SelectInputProps) {
  const id = useId()
  return (
    <div className={fieldStyles['field']}>
      <label className={fieldStyles['label']} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={styles['select']}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
