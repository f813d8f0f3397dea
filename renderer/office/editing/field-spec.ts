import type { Records } from './records.ts'

/**
 * What a field of a record is: how it stands in a form, how it is read from there and what it is
 * called. Fields that hold rows of fields make up whatever a record's schema holds.
 */
export type FieldSpec = { readonly name: string; readonly label: string } & (
  | {
      readonly type: 'text'
      readonly maxLength: number
      readonly isOptional?: boolean
      readonly hint?: string
    }
  /** Words without a space in them. */
  | { readonly type: 'list'; readonly hint: string }
  /** Lines of a text, as they stand on paper. */
  | {
      readonly type: 'lines'
      readonly maxLines: number
      readonly maxLength: number
      readonly hint: string
    }
  | {
      readonly type: 'money'
      readonly isSigned?: true
      /** What leaving it empty says; absent: it is needed. */
      readonly whenEmpty?: 'null' | 'zero'
    }
  | {
      readonly type: 'number'
      readonly min: number
      readonly max: number
      readonly isOptional?: boolean
      readonly suffix?: string
      readonly hint?: string
    }
  | { readonly type: 'percent'; readonly maxPpm?: number }
  /** Up to three decimals, held in thousandths. Optional: empty is null. */
  | {
      readonly type: 'milli'
      readonly isOptional?: true
      readonly isSigned?: true
      readonly hint?: string
      /** The unit, by what stands beside it in its row. */
      readonly suffix?: (row: TypedForm, records: Records) => string
    }
  | { readonly type: 'time' }
  /** A time of day, typed; the end of a day may be 24:00. */
  | { readonly type: 'clock'; readonly isEnd?: true }
  /** Days of the week, 1 is Monday. */
  | { readonly type: 'days' }
  | { readonly type: 'choice'; readonly options: OptionsOf; readonly none?: string }
  | { readonly type: 'flag'; readonly yes: string; readonly no: string }
  /** Any of a few. */
  | {
      readonly type: 'ticks'
      readonly options: OptionsOf
      readonly hint?: string
      /** What it is called that nobody has said anything, which is another thing than none of them. */
      readonly unsaid?: string
    }
  /** Any of many. */
  | { readonly type: 'picks'; readonly options: OptionsOf; readonly of: string }
  | { readonly type: 'pin' }
  | RowsSpec
)

export interface RowsSpec {
  readonly type: 'rows'
  /** What one of them is called: `slot`. */
  readonly of: string
  readonly fields: readonly FieldSpec[]
  /** Folded away until somebody wants them. */
  readonly more?: readonly FieldSpec[]
  /** Each has an id of its own, which nobody sees and which never changes. */
  readonly isKeyed?: true
  readonly min?: number
  readonly max: number
  /** The field in which no two of them say the same. */
  readonly unique?: string
  readonly hint?: string
}

/** `recordId`: of the record whose form it is. */
export type OptionsOf = (records: Records, recordId: string) => readonly Option[]

export interface Option {
  readonly value: string
  readonly label: string
  /** What helps to choose, and is no part of its name. */
  readonly note?: string
}

/** One of the rows of a field, as typed. `key`: its id, or what tells it apart on the screen. */
export interface TypedRow {
  readonly key: string
  readonly values: TypedForm
}

export type Typed = string | readonly string[] | readonly TypedRow[]
export interface TypedForm {
  readonly [field: string]: Typed
}

export const fieldsOfRow = ({ fields, more = [] }: RowsSpec): readonly FieldSpec[] => [
  ...fields,
  ...more,
]

export const optionText = ({ label, note }: Option): string =>
  note === undefined ? label : `${label} · ${note}`
