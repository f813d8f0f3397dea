import type { Cell, Row } from './csv-cells.ts'
import type { CsvColumn, Header } from './csv-header.ts'
import { splitList } from './csv-cells.ts'
import { parsePrice } from './decimal-price.ts'
import type { FaultList } from './menu-fault.ts'
import type { Found, NameLookup } from './names.ts'

type Fault = (column: CsvColumn, message: string) => undefined

/** One row's cells by column. A column that the file does not have is `undefined`. */
export function createRowReader(row: Row, header: Header, faults: FaultList, digits: number) {
  const rowOffset = row[0]?.offset ?? 0
  const cell = (column: CsvColumn): Cell | undefined => row[header.get(column) ?? row.length]
  const fault: Fault = (column, message) => {
    faults.add(cell(column)?.offset ?? rowOffset, `${column}: ${message}`)
    return undefined
  }
  const chosen = (
    column: CsvColumn,
    label: string,
    found: Found,
    known: () => readonly string[],
  ) => {
    if (found.found === 'one') return found.id
    return fault(
      column,
      found.found === 'none'
        ? `"${label}" is not known; ${listed(known())}`
        : `"${label}" names several; write one of the ids ${found.ids.join(', ')}`,
    )
  }
  return {
    fault,
    text: (column: CsvColumn): string | undefined => cell(column)?.text,
    has: (column: CsvColumn): boolean => header.has(column),
    chosen,
    reference: (column: CsvColumn, label: string, lookup: NameLookup): string | undefined =>
      chosen(column, label, lookup.find(label), lookup.names),
    references: (column: CsvColumn, lookup: NameLookup): string[] =>
      splitList(cell(column)?.text ?? '').flatMap((label) => {
        const exact = lookup.find(label)
        if (exact.found === 'none' && label.trim() === '') return []
        const found = exact.found === 'none' ? lookup.find(label.trim()) : exact
        return chosen(column, label.trim(), found, lookup.names) ?? []
      }),
    price: (text: string): number | undefined =>
      parsePrice(text, digits) ?? fault('price', `"${text}" should be ${priceForm(digits)}`),
    wholeNumber: (column: CsvColumn, text: string): number | undefined =>
      /^\d{1,6}$/.test(text)
        ? Number(text)
        : fault(column, `"${text}" should be a whole number from 0 to 100000, or empty`),
  }
}
export type RowReader = ReturnType<typeof createRowReader>

const MAX_LISTED = 12

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'there is none yet' : `there are: ${names.slice(0, MAX_LISTED).join(', ')}`

const priceForm = (digits: number): string =>
  digits === 0
    ? 'a whole number such as 1250, without sign, currency or thousands separator'
    : `a price such as 12.${'5'.padEnd(digits, '0')}: at most ${digits} decimals after a point, without sign, currency or thousands separator`
