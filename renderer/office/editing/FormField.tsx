import { Button } from '../../ui/Button.tsx'
import { newId } from '../../ui/new-id.ts'
import { Choice, Ticks } from '../parts/Choice.tsx'
import { Field, LongText, TextLines } from '../parts/Field.tsx'
import { Days } from './Days.tsx'
import {
  optionText,
  type FieldSpec,
  type Option,
  type RowsSpec,
  type Typed,
  type TypedForm,
  type TypedRow,
} from './field-spec.ts'
import { Picks } from './Picks.tsx'
import { PinField } from './PinField.tsx'
import type { Records } from './records.ts'
import styles from './Rows.module.css'
import { faultOf, newRow, UNSAID, type Faults } from './typed.ts'

interface FieldProps<F> {
  readonly field: F
  /** Its place in the form: `slots.0.name`. */
  readonly at: string
  readonly typed: Typed
  /** What stands beside it. */
  readonly row: TypedForm
  readonly faults: Faults
  readonly recordId: string
  readonly records: Records
  readonly currency: string
  readonly takesFocus?: boolean
  /** In a row whose columns are named above it: `Price of Bacon`. */
  readonly hiddenLabel?: string
  readonly onChange: (typed: Typed) => void
}

/** From so many letters on a line shows too little of it. */
const LONG_TEXT = 400

/** A field of a form, of whatever type; one of rows has fields in it. */
export function FormField(props: FieldProps<FieldSpec>) {
  const { field, at, row, faults, recordId, records, currency, hiddenLabel, onChange } = props
  const fault = faultOf(faults, at, field.type !== 'rows') ?? null
  const typed = props.typed as string
  const shared = {
    label: hiddenLabel ?? field.label,
    isLabelHidden: hiddenLabel !== undefined,
    fault,
    onChange,
    ...(hiddenLabel !== undefined && { placeholder: field.label }),
  }
  const hintOf = (hint: string | undefined) =>
    hint === undefined || hiddenLabel !== undefined ? {} : { hint }
  switch (field.type) {
    case 'text':
      if (field.maxLength >= LONG_TEXT && hiddenLabel === undefined) {
        return <LongText {...shared} value={typed} maxLength={field.maxLength} hint={field.hint} />
      }
      return (
        <Field
          {...shared}
          value={typed}
          autoFocus={props.takesFocus ?? false}
          maxLength={field.maxLength}
          {...hintOf(field.hint)}
        />
      )
    case 'money':
      return (
        <Field
          {...shared}
          value={typed}
          inputMode="decimal"
          {...(hiddenLabel === undefined && { suffix: currency })}
        />
      )
    case 'percent':
      return <Field {...shared} value={typed} inputMode="decimal" suffix="%" />
    case 'number':
      return (
        <Field
          {...shared}
          value={typed}
          inputMode="numeric"
          {...(field.suffix !== undefined && { suffix: field.suffix })}
          {...hintOf(field.hint)}
        />
      )
    case 'milli':
      return (
        <Field
          {...shared}
          value={typed}
          inputMode="decimal"
          {...(field.suffix !== undefined && { suffix: field.suffix(row, records) })}
          {...hintOf(field.hint)}
        />
      )
    case 'list':
      return <Field {...shared} value={typed} hint={field.hint} />
    case 'lines':
      return <TextLines {...shared} value={typed} rows={field.maxLines} hint={field.hint} />
    case 'time':
      return <Field {...shared} value={typed} type="time" />
    case 'clock':
      return <Field {...shared} value={typed} placeholder={field.isEnd ? '18:00' : '16:00'} />
    case 'days':
      return <Days {...shared} values={props.typed as readonly string[]} />
    case 'choice': {
      const options = field.options(records, recordId)
      return <Choice {...shared} value={typed} options={choicesOf(typed, options, field.none)} />
    }
    case 'flag':
      return (
        <Choice
          {...shared}
          value={typed}
          options={[
            { value: 'no', label: field.no },
            { value: 'yes', label: field.yes },
          ]}
        />
      )
    case 'ticks': {
      const values = props.typed as readonly string[]
      const { unsaid } = field
      return (
        <Ticks
          label={field.label}
          options={[
            ...(unsaid === undefined ? [] : [{ value: UNSAID, label: unsaid }]),
            ...field.options(records, recordId),
          ]}
          values={values}
          {...hintOf(field.hint)}
          onChange={(next) => onChange(withOrWithout(next, values))}
        />
      )
    }
    case 'picks':
      return (
        <Picks
          {...shared}
          of={field.of}
          options={field.options(records, recordId)}
          values={props.typed as readonly string[]}
        />
      )
    case 'pin':
      return <PinField {...shared} typed={typed} />
    case 'rows':
      return <RowsField {...props} field={field} />
  }
}

/** Nothing said and something said are never both so. */
function withOrWithout(next: readonly string[], before: readonly string[]): readonly string[] {
  if (!next.includes(UNSAID)) return next
  return before.includes(UNSAID) ? next.filter((one) => one !== UNSAID) : [UNSAID]
}

/** What is chosen stays in the list, also when it has gone meanwhile. */
function choicesOf(
  typed: string,
  options: readonly Option[],
  none: string | undefined,
): readonly { readonly value: string; readonly label: string }[] {
  const isKnown =
    options.some(({ value }) => value === typed) || (typed === '' && none !== undefined)
  const gone = typed === '' ? 'Choose …' : `${typed} (gone)`
  return [
    ...(none === undefined ? [] : [{ value: '', label: none }]),
    ...(isKnown ? [] : [{ value: typed, label: gone }]),
    ...options.map((option) => ({ value: option.value, label: optionText(option) })),
  ]
}

function RowsField(props: FieldProps<FieldSpec & RowsSpec>) {
  const { field, at, faults, records, recordId, currency, onChange } = props
  const rows = props.typed as readonly TypedRow[]
  const fault = faults[at] ?? null
  const inLine = field.fields.filter(isInLine)
  const below = field.fields.filter((one) => !isInLine(one))
  const { more = [] } = field
  const change = (key: string, name: string, typed: Typed) =>
    onChange(
      rows.map((row) =>
        row.key === key ? { ...row, values: { ...row.values, [name]: typed } } : row,
      ),
    )
  return (
    <fieldset className={styles['rows']}>
      <legend>{field.label}</legend>
      {field.hint !== undefined && <p className={styles['hint']}>{field.hint}</p>}
      {rows.length > 0 && inLine.length > 1 && (
        // Each field says it again for those who hear it.
        <div aria-hidden className={styles['heads']} data-held={below.length + more.length > 0}>
          {inLine.map((one) => (
            <span key={one.name} className={styles['cell']} data-type={one.type}>
              {one.label}
            </span>
          ))}
          <span className={styles['end']} />
        </div>
      )}
      {rows.map((row, place) => {
        const which = `${field.of} ${String(place + 1)}`
        const show = (one: FieldSpec, hiddenLabel?: string) => (
          <FormField
            key={one.name}
            field={one}
            at={`${at}.${String(place)}.${one.name}`}
            typed={row.values[one.name] ?? ''}
            row={row.values}
            faults={faults}
            recordId={recordId}
            records={records}
            currency={currency}
            {...(hiddenLabel !== undefined && { hiddenLabel })}
            onChange={(typed) => change(row.key, one.name, typed)}
          />
        )
        return (
          <div key={row.key} role="group" aria-label={which} className={styles['row']}>
            <div className={styles['line']}>
              {inLine.map((one) => (
                <div key={one.name} className={styles['cell']} data-type={one.type}>
                  {show(one, `${one.label} of ${which}`)}
                </div>
              ))}
              <Button
                label={`Remove ${which}`}
                kind="quiet"
                onPress={() => onChange(rows.filter(({ key }) => key !== row.key))}
              >
                ✕
              </Button>
            </div>
            {below.map((one) => show(one))}
            {more.length > 0 && (
              <details className={styles['more']}>
                <summary aria-label={`More of ${which}`}>More</summary>
                <div className={styles['moreFields']}>{more.map((one) => show(one))}</div>
              </details>
            )}
          </div>
        )
      })}
      {rows.length < field.max && (
        <div>
          <Button onPress={() => onChange([...rows, newRow(field, newId(), currency)])}>
            {`Add ${aOrAn(field.of)}`}
          </Button>
        </div>
      )}
      {fault !== null && (
        <p role="alert" className={styles['fault']}>
          {fault}
        </p>
      )}
    </fieldset>
  )
}

/** What is short enough to stand beside others. */
const isInLine = ({ type }: FieldSpec): boolean => type !== 'rows' && type !== 'ticks'

const aOrAn = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`)
