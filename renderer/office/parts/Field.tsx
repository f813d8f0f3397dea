import { Input, Label, TextArea, TextField, FieldError, Text } from 'react-aria-components'
import styles from './Field.module.css'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'search' | 'email' | 'password' | 'date' | 'datetime-local' | 'time'
  readonly isLabelHidden?: boolean
  readonly inputMode?: 'decimal' | 'numeric'
  readonly maxLength?: number
  readonly autoComplete?: string
  readonly autoFocus?: boolean
  readonly isDisabled?: boolean
  readonly isRequired?: boolean
  readonly placeholder?: string
  readonly min?: string
  readonly max?: string
  /** What is wrong with it. */
  readonly fault?: string | null | undefined
  readonly hint?: string
  readonly suffix?: string
  readonly onEnter?: () => void
}

/** A line of text with its label; what is wrong with it stands below and is read out with it. */
export function Field(props: FieldProps) {
  const { label, value, onChange, type = 'text', fault = null, isLabelHidden = false } = props
  const placeholder = props.placeholder ?? (isLabelHidden ? label : undefined)
  return (
    <TextField
      className={styles['field'] ?? ''}
      value={value}
      onChange={onChange}
      type={type}
      isInvalid={fault !== null}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      validationBehavior="aria"
      autoComplete={props.autoComplete ?? 'off'}
      {...(props.maxLength !== undefined && { maxLength: props.maxLength })}
      {...(props.inputMode !== undefined && { inputMode: props.inputMode })}
      {...(isLabelHidden && { 'aria-label': label })}
      autoFocus={props.autoFocus ?? false}
    >
      {!isLabelHidden && <Label className={styles['label'] ?? ''}>{label}</Label>}
      <span className={styles['line']}>
        <Input
          className={styles['input'] ?? ''}
          {...(placeholder !== undefined && { placeholder })}
          {...(props.min !== undefined && { min: props.min })}
          {...(props.max !== undefined && { max: props.max })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') props.onEnter?.()
          }}
        />
        {props.suffix !== undefined && <span className={styles['suffix']}>{props.suffix}</span>}
      </span>
      {props.hint !== undefined && fault === null && (
        <Text slot="description" className={styles['hint'] ?? ''}>
          {props.hint}
        </Text>
      )}
      <FieldError className={styles['fault'] ?? ''}>{fault}</FieldError>
    </TextField>
  )
}

interface TextLinesProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows: number
  readonly hint: string
  readonly fault: string | null
}

/** Several lines of text, every character as wide as the next: what goes on paper. */
export function TextLines({ label, value, onChange, rows, hint, fault }: TextLinesProps) {
  return (
    <TextField
      className={styles['field'] ?? ''}
      value={value}
      onChange={onChange}
      isInvalid={fault !== null}
      validationBehavior="aria"
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <TextArea className={`${styles['input'] ?? ''} ${styles['lines'] ?? ''}`} rows={rows} />
      {fault === null && (
        <Text slot="description" className={styles['hint'] ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={styles['fault'] ?? ''}>{fault}</FieldError>
    </TextField>
  )
}

interface LongTextProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly maxLength: number
  readonly hint: string | undefined
  readonly fault: string | null
}

/** One line of text that is long: shown on several, with no breaks of its own. */
export function LongText({ label, value, onChange, maxLength, hint, fault }: LongTextProps) {
  return (
    <TextField
      className={styles['field'] ?? ''}
      value={value}
      onChange={(text) => onChange(text.replaceAll(/\s*\n\s*/g, ' '))}
      maxLength={maxLength}
      isInvalid={fault !== null}
      validationBehavior="aria"
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <TextArea className={`${styles['input'] ?? ''} ${styles['long'] ?? ''}`} rows={4} />
      {hint !== undefined && fault === null && (
        <Text slot="description" className={styles['hint'] ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={styles['fault'] ?? ''}>{fault}</FieldError>
    </TextField>
  )
}
