import { Input, Label, TextField } from 'react-aria-components'
import styles from './TextInput.module.css'

interface TextInputProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly maxLength: number
  readonly type?: 'text' | 'tel' | 'search' | 'password'
  readonly onEnter?: () => void
  /** It is what the sheet was opened for. */
  readonly takesFocus?: boolean
}

export function TextInput(props: TextInputProps) {
  const { label, value, onChange, maxLength, type = 'text', onEnter, takesFocus = false } = props
  return (
    <TextField
      className={styles['field'] ?? ''}
      value={value}
      onChange={onChange}
      maxLength={maxLength}
      type={type}
      autoComplete={type === 'password' ? 'new-password' : 'off'}
      autoFocus={takesFocus}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <Input
        className={styles['input'] ?? ''}
        // Digits alone: on a tablet the keys for them come up.
        {...(type === 'password' && { inputMode: 'numeric' as const })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || onEnter === undefined) return
          // Or the same stroke presses what has the focus once this is closed.
          event.preventDefault()
          onEnter()
        }}
      />
    </TextField>
  )
}
