import { money } from '../../../protocol/rest/values.ts'
import { formatMoney } from '../../ui/format.ts'
import { formatPpm, formatSpan, type StoreWords } from '../format.ts'
import { clockText, daysText, windowsText } from './day-times.ts'
import { milliText } from './decimals.ts'
import { fieldsOfRow, type FieldSpec, type RowsSpec, type TypedForm } from './field-spec.ts'
import { FIELDS } from './fields.ts'
import type { FormKind, Records } from './records.ts'
import { minorOf, type Value } from './typed.ts'

/** How a record before and after is written: as its form calls it. */

const specsOf = (kind: string): readonly FieldSpec[] =>
  kind in FIELDS ? FIELDS[kind as FormKind] : []

const specOf = (kind: string, field: string): FieldSpec | undefined =>
  specsOf(kind).find(({ name }) => name === field)

/** What a field of a record is called where its form calls it so. */
export const fieldLabel = (kind: string, field: string): string =>
  specOf(kind, field)?.label ?? (field === 'has_pin' ? 'PIN' : field.replaceAll('_', ' '))

/** `slots.0.choices.1.menu_item_id` is `Slots, 1, Choices, 2, Item`. */
export function placeLabel(kind: string, path: string): string {
  let specs = specsOf(kind)
  const words: string[] = []
  for (const part of path.split('.')) {
    const spec = specs.find(({ name }) => name === part)
    if (spec?.type === 'rows') specs = fieldsOfRow(spec)
    if (spec !== undefined) words.push(spec.label)
    else words.push(/^\d+$/.test(part) ? String(Number(part) + 1) : part.replaceAll('_', ' '))
  }
  return words.join(', ')
}

/** Where it stands, for those names that only the records have. */
export interface Written {
  readonly kind: string
  readonly id: string
  readonly records: Records | null
  readonly words: StoreWords
}

/** A value before or after, as its form shows it. */
export function valueText(field: string, value: unknown, at: Written): string {
  const spec = specOf(at.kind, field)
  if (spec?.type === 'ticks' && value === null && spec.unsaid !== undefined) return spec.unsaid
  if (value === null || value === undefined || value === '') return '–'
  if (spec !== undefined) return textOf(spec, value, at)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  const amount = money.safeParse(value)
  if (amount.success) return at.words.money(amount.data)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function textOf(spec: FieldSpec, value: unknown, at: Written): string {
  if (value === null || value === undefined || value === '') return '–'
  switch (spec.type) {
    case 'money':
      return formatMoney(minorOf(value), at.words.currency)
    case 'percent':
      return formatPpm(Number(value))
    case 'milli':
      return milliText(Number(value))
    case 'time':
    case 'clock':
      return clockText(Number(value))
    case 'days':
      return daysText(value as readonly number[])
    case 'number':
      return spec.suffix === 's' ? formatSpan(Number(value)) : withSuffix(value, spec.suffix)
    case 'flag':
      return value === true ? spec.yes : spec.no
    case 'choice':
      return labelOf(spec, value, at)
    case 'ticks':
    case 'picks':
      return listOf(value, (one) => labelOf(spec, one, at), ', ')
    case 'list':
      return listOf(value, String, ' ')
    case 'lines':
      return listOf(value, String, ' / ')
    case 'rows':
      return spec.name === 'windows'
        ? windowsText(value as Parameters<typeof windowsText>[0]) || '–'
        : listOf(value, (row) => rowText(spec, row as Value, at), spec.more ? ', ' : '; ')
    case 'text':
    case 'pin':
      return typeof value === 'string' ? value : JSON.stringify(value)
  }
}

const withSuffix = (value: unknown, suffix: string | undefined): string =>
  suffix === undefined ? String(value) : `${String(value)} ${suffix}`

function labelOf(
  { options }: Extract<FieldSpec, { type: 'choice' | 'ticks' | 'picks' }>,
  value: unknown,
  { records, id }: Written,
): string {
  const known = records === null ? [] : options(records, id)
  return known.find((option) => option.value === value)?.label ?? String(value)
}

const listOf = (values: unknown, write: (one: unknown) => string, between: string): string =>
  Array.isArray(values) && values.length > 0 ? values.map(write).join(between) : '–'

/** `Bacon $1.50`, `Drink 1 to 1: Cola, Water $0.50`, `Beef 150`. What says nothing is left out. */
function rowText(spec: RowsSpec, row: Value, at: Written): string {
  const said = spec.fields.filter(
    ({ name, type }) =>
      type !== 'rows' && !isFree(type, row[name]) && name !== 'min' && name !== 'max',
  )
  const own = said
    .map((one) => `${textOf(one, row[one.name], at)}${unitText(one, row, at)}`)
    .join(' ')
  const range =
    'min' in row && 'max' in row ? ` ${String(row['min'])} to ${String(row['max'])}` : ''
  const inside = spec.fields
    .filter((one) => one.type === 'rows')
    .map((one) => listOf(row[one.name], (each) => rowText(one, each as Value, at), ', '))
  return `${own}${range}${inside.length > 0 ? `: ${inside.join('; ')}` : ''}`
}

const unitText = (spec: FieldSpec, row: Value, { records }: Written): string =>
  spec.type !== 'milli' || spec.suffix === undefined || records === null
    ? ''
    : ` ${spec.suffix(row as TypedForm, records)}`

const isFree = (type: FieldSpec['type'], value: unknown): boolean =>
  type === 'money' && (value === null || value === undefined || minorOf(value) === 0)
