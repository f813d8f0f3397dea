import { Input, Label, TextField } from 'react-aria-components'
import styles from './TextInput.module.css'

interface TextInputProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly maxLength: number
  readonly type?: 'text' | 'tel' | 'search'
  readonly onEnter?: () => void
}

export function TextInput(props: TextInputProps) {
  const { label, value, onChange, maxLength, type = 'text', onEnter } = props
  return (
    <TextField
      className={styles['field'] ?? ''}
      value={value}
      onChange={onChange}
      maxLength={maxLength}
      type={type}
      autoComplete="off"
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <Input
        className={styles['input'] ?? ''}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.()
        }}
      />
    </TextField>
  )
}
