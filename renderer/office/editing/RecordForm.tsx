import { useState, type SubmitEvent } from 'react'
import { SubmitButton } from '../parts/FormMessage.tsx'
import styles from './Editing.module.css'
import { FIELDS } from './fields.ts'
import { FormField } from './FormField.tsx'
import type { FormKind, Records } from './records.ts'
import { readForm, typedOf, type Faults } from './typed.ts'

interface RecordFormProps {
  readonly kind: FormKind
  readonly id: string
  /** As it counts now with the draft laid over it; null: a new one. */
  readonly value: Readonly<Record<string, unknown>> | null
  readonly records: Records
  readonly currency: string
  readonly onDraft: (value: Readonly<Record<string, unknown>>) => void
  /** It was opened by hand: the first field takes the focus. */
  readonly takesFocus?: boolean
}

/** One record's fields. Nothing is changed by typing: the button puts it into the draft. */
export function RecordForm(props: RecordFormProps) {
  const { kind, id, value, records, currency, onDraft, takesFocus = false } = props
  const [typed, setTyped] = useState(() => typedOf(kind, value, currency))
  const [faults, setFaults] = useState<Faults>({})
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const read = readForm(kind, typed, currency)
    setFaults(read.ok ? {} : read.faults)
    if (read.ok) onDraft(read.value)
  }
  const count = Object.keys(faults).length
  return (
    <form className={styles['form']} noValidate onSubmit={submit}>
      {FIELDS[kind].map((field, place) => (
        <FormField
          key={field.name}
          field={field}
          at={field.name}
          typed={typed[field.name] ?? ''}
          row={typed}
          faults={faults}
          recordId={id}
          records={records}
          currency={currency}
          takesFocus={takesFocus && place === 0}
          onChange={(next) => setTyped((before) => ({ ...before, [field.name]: next }))}
        />
      ))}
      {count > 0 && (
        <p role="alert" className={styles['fault']}>
          {faults[''] ?? 'Not in the draft yet: see above what is to be mended.'}
        </p>
      )}
      <SubmitButton>Put in the draft</SubmitButton>
    </form>
  )
}
