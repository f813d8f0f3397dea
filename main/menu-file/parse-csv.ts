import type { Catalog } from '../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { MenuRecord } from './catalog-record.ts'
import { createCsvCategories } from './csv-categories.ts'
import { readCsv, type Row } from './csv-cells.ts'
import { readHeader } from './csv-header.ts'
import { createItemReader, type CsvItem } from './csv-item.ts'
import { createRowReader } from './csv-row.ts'
import { createFaultList, type FaultList, type MenuFault } from './menu-fault.ts'
import { createPositions } from './positions.ts'
import { checkMenuText } from './read-text.ts'

/**
 * Reads a CSV menu file (docs/menu-file.md): the items, after the categories that it names for the
 * first time; or the faults and nothing.
 */
export function parseMenuCsv(
  source: string,
  existing: Catalog,
  currencyDigits: number,
): Result<readonly MenuRecord[], readonly MenuFault[]> {
  const text = checkMenuText(source)
  if (!text.ok) return text
  const rows = readCsv(text.value)
  if (!rows.ok) return rows
  const faults = createFaultList(text.value)
  const [first = [], ...itemRows] = rows.value
  const header = readHeader(first, faults)
  if (!faults.isEmpty()) return refuse(faults.faults())

  const positions = createPositions(existing)
  const categories = createCsvCategories(existing, positions)
  const readItem = createItemReader(existing, categories)
  const offsetById = new Map<string, number>()
  const items: CsvItem[] = []
  for (const row of itemRows) {
    if (!hasAllCells(row, first, faults)) continue
    const item = readItem(createRowReader(row, header, faults, currencyDigits))
    if (!item) continue
    const offset = row[header.get('id') ?? 0]?.offset ?? 0
    if (offsetById.has(item.id)) faults.add(offset, `id: "${item.id}" stands in an earlier row too`)
    offsetById.set(item.id, offset)
    items.push(item)
  }
  if (!faults.isEmpty()) return refuse(faults.faults())
  for (const { value, position } of items) positions.take('menu_item', position, value.categoryId)
  const itemRecords = items.map(({ id, value, position }) => ({
    kind: 'menu_item' as const,
    id,
    value: { ...value, position: position ?? positions.of('menu_item', id, value.categoryId) },
  }))
  return ok([...categories.created(), ...itemRecords])
}

function hasAllCells(row: Row, header: Row, faults: FaultList): boolean {
  if (row.length === header.length) return true
  const offset = (row[header.length] ?? row.at(-1))?.offset ?? 0
  const hint =
    row.length > header.length
      ? 'put a cell with a comma in it in double quotes'
      : 'write an empty cell for each that has nothing in it'
  faults.add(
    offset,
    `this row has ${row.length} cells and the first line ${header.length}; ${hint}`,
  )
  return false
}
