import { useState, type SubmitEvent } from 'react'
import { Button } from '../../ui/Button.tsx'
import { newId } from '../../ui/new-id.ts'
import { Choice, Ticks } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { SubmitButton } from '../parts/FormMessage.tsx'
import {
  FIELDS,
  PIN_KEPT,
  PIN_NONE,
  readForm,
  typedOf,
  type FieldSpec,
  type Typed,
  type TypedModifier,
} from './fields.ts'
import styles from './Editing.module.css'
import type { FormKind, Records } from './records.ts'

interface RecordFormProps {
  readonly kind: FormKind
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
  const { kind, value, records, currency, onDraft, takesFocus = false } = props
  const [typed, setTyped] = useState(() => typedOf(kind, value, currency))
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({})
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const read = readForm(kind, typed, currency)
    setFaults(read.ok ? {} : read.faults)
    if (read.ok) onDraft(read.value)
  }
  return (
    <form className={styles['form']} noValidate onSubmit={submit}>
      {FIELDS[kind].map((field, place) => (
        <FormField
          key={field.name}
          field={field}
          typed={typed[field.name] ?? ''}
          fault={faults[field.name]}
          records={records}
          currency={currency}
          takesFocus={takesFocus && place === 0}
          onChange={(next) => setTyped({ ...typed, [field.name]: next })}
        />
      ))}
      <SubmitButton>Put in the draft</SubmitButton>
    </form>
  )
}

interface FormFieldProps {
  readonly field: FieldSpec
  readonly typed: Typed
  readonly fault: string | undefined
  readonly records: Records
  readonly currency: string
  readonly takesFocus: boolean
  readonly onChange: (typed: Typed) => void
}

function FormField(props: FormFieldProps) {
  const { field, typed, fault, records, currency, takesFocus, onChange } = props
  const shared = { label: field.label, fault: fault ?? null, onChange }
  switch (field.type) {
    case 'text':
      return (
        <Field
          {...shared}
          value={typed as string}
          autoFocus={takesFocus}
          maxLength={field.maxLength}
          {...(field.hint !== undefined && { hint: field.hint })}
        />
      )
    case 'money':
      return <Field {...shared} value={typed as string} inputMode="decimal" suffix={currency} />
    case 'percent':
      return <Field {...shared} value={typed as string} inputMode="decimal" suffix="%" />
    case 'number':
      return (
        <Field
          {...shared}
          value={typed as string}
          inputMode="numeric"
          {...(field.suffix !== undefined && { suffix: field.suffix })}
          {...(field.hint !== undefined && { hint: field.hint })}
        />
      )
    case 'milli':
      return <Field {...shared} value={typed as string} inputMode="decimal" hint={field.hint} />
    case 'list':
      return <Field {...shared} value={typed as string} hint={field.hint} />
    case 'time':
      return <Field {...shared} value={typed as string} type="time" />
    case 'choice': {
      const options = field.options(records)
      const isKnown = options.some(({ value }) => value === typed)
      return (
        <Choice
          {...shared}
          value={typed as string}
          options={[
            ...(field.none !== undefined ? [{ value: '', label: field.none }] : []),
            ...(isKnown || (typed === '' && field.none !== undefined)
              ? []
              : [
                  {
                    value: typed as string,
                    label: typed === '' ? 'Choose …' : `${typed as string} (gone)`,
                  },
                ]),
            ...options,
          ]}
        />
      )
    }
    case 'flag':
      return (
        <Choice
          {...shared}
          value={typed as string}
          options={[
            { value: 'no', label: field.no },
            { value: 'yes', label: field.yes },
          ]}
        />
      )
    case 'ticks':
      return (
        <Ticks
          label={field.label}
          options={field.options(records)}
          values={typed as readonly string[]}
          onChange={onChange}
        />
      )
    case 'pin':
      return <PinField {...shared} typed={typed as string} />
    case 'modifiers':
      return (
        <ModifiersField
          rows={typed as readonly TypedModifier[]}
          fault={fault ?? null}
          currency={currency}
          onChange={onChange}
        />
      )
  }
}

interface PinFieldProps {
  readonly label: string
  readonly typed: string
  readonly fault: string | null
  readonly onChange: (typed: string) => void
}

function PinField({ label, typed, fault, onChange }: PinFieldProps) {
  const [isNew, setNew] = useState(false)
  const way = typed === PIN_NONE ? 'none' : isNew ? 'new' : 'kept'
  const choose = (chosen: string) => {
    setNew(chosen === 'new')
    onChange(chosen === 'none' ? PIN_NONE : PIN_KEPT)
  }
  return (
    <>
      <Choice
        label={label}
        value={way}
        options={[
          { value: 'kept', label: 'As it is' },
          { value: 'new', label: 'A new PIN' },
          { value: 'none', label: 'None: may not sign in' },
        ]}
        onChange={choose}
      />
      {way === 'new' && (
        <Field
          label="New PIN"
          type="password"
          inputMode="numeric"
          maxLength={8}
          hint="4 to 8 digits"
          autoComplete="off"
          value={typed}
          fault={fault}
          onChange={onChange}
        />
      )}
    </>
  )
}

interface ModifiersFieldProps {
  readonly rows: readonly TypedModifier[]
  readonly fault: string | null
  readonly currency: string
  readonly onChange: (rows: readonly TypedModifier[]) => void
}

function ModifiersField({ rows, fault, currency, onChange }: ModifiersFieldProps) {
  const change = (id: string, changes: Partial<TypedModifier>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...changes } : row)))
  return (
    <fieldset className={styles['modifiers']}>
      <legend>Modifiers</legend>
      {rows.map((row, place) => {
        const which = row.name === '' ? `modifier ${String(place + 1)}` : row.name
        return (
          <div key={row.id} className={styles['modifier']}>
            <Field
              label={`Name of ${which}`}
              placeholder="Name"
              isLabelHidden
              value={row.name}
              maxLength={120}
              onChange={(name) => change(row.id, { name })}
            />
            <Field
              label={`Price of ${which} in ${currency}`}
              placeholder="Price"
              isLabelHidden
              inputMode="decimal"
              value={row.price}
              onChange={(price) => change(row.id, { price })}
            />
            <Button
              label={`Remove ${which}`}
              kind="quiet"
              onPress={() => onChange(rows.filter(({ id }) => id !== row.id))}
            >
              ✕
            </Button>
          </div>
        )
      })}
      <Button
        onPress={() => onChange([...rows, { id: newId(), name: '', kitchen_name: '', price: '0' }])}
      >
        Add a modifier
      </Button>
      {fault !== null && (
        <p role="alert" className={styles['fault']}>
          {fault}
        </p>
      )}
    </fieldset>
  )
}
