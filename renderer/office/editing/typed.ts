import { recordSchemas } from '../../../domain/catalog.ts'
import { memberToRest, recordFromRest } from '../../../protocol/rest/record-json.ts'
import { recordIn, type RecordIn } from '../../../protocol/rest/records.ts'
import { decimalsOf } from '../../ui/format.ts'
import { clockText, parseClock } from './day-times.ts'
import { decimalText, milliText, parseDecimal, parsePercent, percentText } from './decimals.ts'
import { fieldsOfRow, type FieldSpec, type RowsSpec, type Typed } from './field-spec.ts'
import type { TypedForm, TypedRow } from './field-spec.ts'
import { FIELDS } from './fields.ts'
import type { FormKind } from './records.ts'

/** Between a record as the centre has it and what stands in its form. */

/** PIN fields hold one of these, or the digits of a new one. */
export const PIN_KEPT = ''
export const PIN_NONE = 'none'

/** Ticked where nobody has said anything. */
export const UNSAID = ''

export type Value = Readonly<Record<string, unknown>>

/** A value as it stands in a form; null: a new record's. */
export const typedOf = (kind: FormKind, value: Value | null, currency: string): TypedForm =>
  typedFields(FIELDS[kind], value, currency)

const typedFields = (
  fields: readonly FieldSpec[],
  value: Value | null,
  currency: string,
): TypedForm =>
  Object.fromEntries(
    fields.map((field) => [field.name, typedField(field, value?.[field.name], currency)]),
  )

/** A row that has just been added. */
export const newRow = (spec: RowsSpec, key: string, currency: string): TypedRow => ({
  key,
  values: typedFields(fieldsOfRow(spec), null, currency),
})

function typedField(field: FieldSpec, value: unknown, currency: string): Typed {
  switch (field.type) {
    case 'money':
      return value === undefined || value === null
        ? ''
        : decimalText(minorOf(value), decimalsOf(currency))
    case 'percent':
      return value === undefined ? '0' : percentText(Number(value))
    case 'milli':
      return value === undefined || value === null ? '' : milliText(Number(value))
    case 'time':
      return clockText(Number(value ?? 0))
    case 'clock':
      return value === undefined ? '' : clockText(Number(value))
    case 'days':
      return ((value as readonly number[] | undefined) ?? [1, 2, 3, 4, 5, 6, 7]).map(String)
    case 'number':
      if (field.isOptional === true) return String((value as number | null | undefined) ?? '')
      return String((value as number | undefined) ?? field.min)
    case 'flag':
      return value === true ? 'yes' : 'no'
    case 'list':
      return ((value as readonly string[] | undefined) ?? []).join(' ')
    case 'lines':
      return ((value as readonly string[] | undefined) ?? []).join('\n')
    case 'ticks':
      if (field.unsaid !== undefined && value === null) return [UNSAID]
      return (value as readonly string[] | undefined) ?? []
    case 'picks':
      return (value as readonly string[] | undefined) ?? []
    case 'pin':
      return PIN_KEPT
    case 'rows':
      return ((value as readonly Value[] | undefined) ?? []).map((row, place): TypedRow => ({
        key: field.isKeyed === true ? String(row['id']) : `row-${String(place)}`,
        values: typedFields(fieldsOfRow(field), row, currency),
      }))
    case 'text':
    case 'choice':
      return (value as string | null | undefined) ?? ''
  }
}

/** Minor units of an amount as the centre writes it, or as the draft holds it. */
export const minorOf = (value: unknown): number =>
  typeof value === 'number' ? value : (value as { amount: number }).amount

/** By the place of a field: `name`, `slots.0.choices.1.surcharge`. */
export type Faults = Readonly<Record<string, string>>
export type Read =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: Faults }

/**
 * What was typed, as the centre takes it, and what is wrong with it by the record's own schema. The
 * centre looks at the whole once more, with all records in sight.
 */
export function readForm(kind: FormKind, typed: TypedForm, currency: string): Read {
  const faults: Record<string, string> = {}
  const value = readFields(FIELDS[kind], typed, currency, (place, fault) => {
    faults[place] ??= fault
  })
  if (Object.keys(faults).length > 0) return { ok: false, faults }
  for (const { place, message } of schemaFaults(kind, value)) {
    faults[place] ??= message.replace(/^Invalid input: /, '')
  }
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, value }
}

/** By what the centre takes, and by what a till's log does. */
function schemaFaults<K extends FormKind>(
  kind: K,
  value: Value,
): { readonly place: string; readonly message: string }[] {
  const taken = recordIn[kind].safeParse(value)
  if (!taken.success) {
    return taken.error.issues.map(({ path, message }) => ({ place: path.join('.'), message }))
  }
  const kept = recordFromRest(kind, taken.data as RecordIn<K>, null)
  const issues = recordSchemas[kind].safeParse(kept).error?.issues ?? []
  return issues.map(({ path, message }) => ({ place: memberToRest(path.join('.')), message }))
}

type Tell = (place: string, fault: string) => void

function readFields(
  fields: readonly FieldSpec[],
  typed: TypedForm,
  currency: string,
  tell: Tell,
): Value {
  const value: Record<string, unknown> = {}
  for (const field of fields) {
    const read = readField(field, typed[field.name] ?? '', currency, (place, fault) =>
      tell(place === '' ? field.name : `${field.name}.${place}`, fault),
    )
    if (read !== undefined) value[field.name] = read
  }
  return value
}

/** Undefined: the field says nothing, or something is wrong with it. */
function readField(field: FieldSpec, typed: Typed, currency: string, tell: Tell): unknown {
  const wrong = (fault: string) => {
    tell('', fault)
  }
  switch (field.type) {
    case 'text': {
      const text = (typed as string).trim()
      if (text !== '') return text
      return field.isOptional === true ? null : wrong('This is needed.')
    }
    case 'money': {
      if (field.whenEmpty !== undefined && (typed as string).trim() === '')
        return field.whenEmpty === 'null' ? null : 0
      const minor = parseDecimal(typed as string, decimalsOf(currency))
      if (minor === null)
        return wrong(
          `An amount in ${currency}, such as ${decimalText(1250, decimalsOf(currency))}.`,
        )
      return minor < 0 && field.isSigned !== true ? wrong('A price is not below 0.') : minor
    }
    case 'percent': {
      const { maxPpm = 1_000_000 } = field
      const ppm = parsePercent(typed as string)
      return ppm === null || ppm < 0 || ppm > maxPpm
        ? wrong(`A percentage from 0 to ${percentText(maxPpm)}, with up to four decimals.`)
        : ppm
    }
    case 'milli': {
      if (field.isOptional === true && (typed as string).trim() === '') return null
      const milli = parseDecimal(typed as string, 3)
      if (milli !== null && (milli >= 0 || field.isSigned === true)) return milli
      return wrong(
        `A number with up to three decimals${field.isOptional === true ? ', or nothing' : ''}.`,
      )
    }
    case 'number': {
      if (field.isOptional === true && typed === '') return null
      const number = Number(typed)
      const isFine =
        typed !== '' && Number.isInteger(number) && number >= field.min && number <= field.max
      return isFine
        ? number
        : wrong(`A whole number from ${String(field.min)} to ${String(field.max)}.`)
    }
    case 'time':
      return parseClock(typed as string, false) ?? wrong('A time, such as 05:00.')
    case 'clock':
      return parseClock(typed as string, field.isEnd === true) ?? wrong('A time, such as 17:30.')
    case 'days': {
      const days = (typed as readonly string[]).map(Number)
      return days.length > 0 ? days : wrong('At least one day.')
    }
    case 'choice':
      if (typed !== '') return typed
      return field.none === undefined ? wrong('Choose one.') : null
    case 'flag':
      return typed === 'yes'
    case 'list':
      return (typed as string).split(/\s+/).filter((part) => part !== '')
    case 'lines':
      return readLines(typed as string, field, wrong)
    case 'ticks':
      return (typed as readonly string[]).includes(UNSAID) ? null : typed
    case 'picks':
      return typed
    case 'pin':
      if (typed === PIN_KEPT) return undefined
      if (typed === PIN_NONE) return null
      return /^\d{4,8}$/.test(typed as string) ? typed : wrong('A PIN has 4 to 8 digits.')
    case 'rows':
      return readRows(field, typed as readonly TypedRow[], currency, tell)
  }
}

/** Empty lines above and below are nobody's wish; those between are. */
function readLines(
  typed: string,
  { maxLines, maxLength }: { readonly maxLines: number; readonly maxLength: number },
  wrong: (fault: string) => void,
): unknown {
  const text = typed.replaceAll('\r', '').replace(/^(?:[^\S\n]*\n)+/, '')
  const lines = text.trimEnd() === '' ? [] : text.trimEnd().split('\n')
  if (lines.length > maxLines) return wrong(`At most ${String(maxLines)} lines.`)
  const long = lines.findIndex((line) => line.length > maxLength)
  return long < 0
    ? lines
    : wrong(`Line ${String(long + 1)} has more than ${String(maxLength)} characters.`)
}

function readRows(
  spec: RowsSpec,
  rows: readonly TypedRow[],
  currency: string,
  tell: Tell,
): readonly Value[] {
  const { min = 0, max, unique } = spec
  if (rows.length < min) tell('', `At least ${String(min)} ${spec.of}.`)
  if (rows.length > max) tell('', `At most ${String(max)}.`)
  const seen = new Set<unknown>()
  return rows.map(({ key, values }, place) => {
    const read = readFields(fieldsOfRow(spec), values, currency, (inside, fault) =>
      tell(`${String(place)}.${inside}`, fault),
    )
    if (unique !== undefined) {
      const said = read[unique]
      if (said !== undefined && seen.has(said)) {
        tell(`${String(place)}.${unique}`, 'It stands here twice.')
      }
      seen.add(said)
    }
    return spec.isKeyed === true ? { id: key, ...read } : read
  })
}

/** What is wrong with a field, or anywhere inside it where it shows no fields of its own. */
export function faultOf(faults: Faults, place: string, isWhole: boolean): string | undefined {
  const own = faults[place]
  if (own !== undefined || !isWhole) return own
  return Object.entries(faults).find(([path]) => path.startsWith(`${place}.`))?.[1]
}
