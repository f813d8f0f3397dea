import type { ReactNode } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { formatSpan } from '../format.ts'
import type { Column } from '../parts/DataTable.tsx'
import { formatMoney } from '../../ui/format.ts'
import { valueText, type Written } from './change-words.ts'
import type { Drafted } from './drafts.ts'
import type { FormKind, Records } from './records.ts'
import type { StoreWords } from '../format.ts'
import { minorOf } from './typed.ts'

/** Columns of the lists of records. */

export interface Listed {
  readonly records: Records
  readonly words: StoreWords
}

export type ColumnsOf = (of: Listed) => readonly Column<Drafted>[]

/** Kinds that are edited on one page, each under its own name. */
export interface Part {
  readonly kind: FormKind
  readonly name: string
  readonly columns: ColumnsOf
  readonly sortBy?: { readonly id: string; readonly desc: boolean }
  /** Under the form of one that is chosen. */
  readonly beside?: (props: BesideProps) => ReactNode
}

export interface BesideProps {
  readonly store: StoreLine
  readonly id: string
  readonly title: string
  readonly records: Records
}

export const text = (id: string, header: string, isMinor = false): Column<Drafted> => ({
  id,
  header,
  isMinor,
  value: ({ value }) => value[id] as string | number | null,
})

export const number = (id: string, header: string): Column<Drafted> => ({
  ...text(id, header),
  isNumber: true,
})

export const span = (id: string, header: string): Column<Drafted> => ({
  ...number(id, header),
  show: ({ value }) => formatSpan(value[id] as number),
})

export const price = (currency: string): Column<Drafted> => ({
  id: 'price',
  header: 'Price',
  isNumber: true,
  value: ({ value }) => minorOf(value['price']),
  show: ({ value }) => formatMoney(minorOf(value['price']), currency),
})

/** A field as the preview writes it: names for ids, hours for minutes. */
export const written = (
  kind: FormKind,
  id: string,
  header: string,
  { records, words }: Listed,
  { isMinor = false, none = '–' }: { readonly isMinor?: boolean; readonly none?: string } = {},
): Column<Drafted> => ({
  id,
  header,
  isMinor,
  value: (row) => {
    const at: Written = { kind, id: row.id, records, words }
    const said = valueText(id, row.value[id], at)
    return said === '–' ? none : said
  },
})
