import type { Row } from './csv-cells.ts'
import type { FaultList } from './menu-fault.ts'
import { fold } from './names.ts'

export const CSV_COLUMNS = [
  'id',
  'name',
  'kitchen_name',
  'category',
  'price',
  'tax_rate',
  'station',
  'modifier_groups',
  'position',
  'description',
  'barcodes',
  'open',
] as const
export type CsvColumn = (typeof CSV_COLUMNS)[number]

/** Which cell of a row belongs to which column. */
export type Header = ReadonlyMap<CsvColumn, number>

export function readHeader(row: Row, faults: FaultList): Header {
  const header = new Map<CsvColumn, number>()
  row.forEach(({ text, offset }, index) => {
    const column = CSV_COLUMNS.find((name) => name === fold(text).replaceAll(' ', '_'))
    if (column === undefined) {
      const hint = text.includes(';') ? 'cells are separated by commas; ' : ''
      faults.add(
        offset,
        `the column "${text}" is not known; ${hint}known are: ${CSV_COLUMNS.join(', ')}`,
      )
    } else if (header.has(column)) {
      faults.add(offset, `the column "${column}" stands twice; keep one`)
    } else header.set(column, index)
  })
  if (faults.isEmpty() && !header.has('id') && !header.has('name')) {
    faults.add(0, 'the first line should name the columns, with "id" or "name" among them')
  }
  return header
}
