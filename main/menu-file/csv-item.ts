import { doubledModifier } from '../../domain/catalog-faults.ts'
import {
  recordSchemas,
  type Catalog,
  type MenuItem,
  type ModifierGroup,
} from '../../domain/catalog.ts'
import { splitList } from './csv-cells.ts'
import type { createCsvCategories } from './csv-categories.ts'
import type { CsvColumn } from './csv-header.ts'
import type { RowReader } from './csv-row.ts'
import { EXPECTED } from './json-schema.ts'
import { createNameLookup, fold, slugOf } from './names.ts'

export interface CsvItem {
  readonly id: string
  readonly value: Omit<MenuItem, 'position'>
  /** Absent where the file leaves the place to us. */
  readonly position: number | undefined
}

/**
 * Makes a menu item of a row. A column that the file lacks leaves what the item has, so that a list
 * of ids and new prices is a file too. Tells faults to the row; its result then does not matter.
 */
export function createItemReader(
  existing: Catalog,
  categories: ReturnType<typeof createCsvCategories>,
) {
  const taxRates = createNameLookup(existing.tax_rate)
  const stations = createNameLookup(existing.station)
  const groups = createNameLookup(existing.modifier_group)
  const [onlyTaxRateId] = existing.tax_rate.size === 1 ? existing.tax_rate.keys() : []

  return (row: RowReader): CsvItem | undefined => {
    const id = readId(row, existing)
    if (id === undefined) return undefined
    const before = existing.menu_item.get(id)

    const required = <T>(
      column: CsvColumn,
      old: T | undefined,
      read: (text: string) => T | undefined,
    ) => {
      const text = row.text(column)
      if (text === undefined && old !== undefined) return old
      if (text !== undefined && text !== '') return read(text)
      const state = text === undefined ? 'is missing' : 'is empty'
      const who = before === undefined ? `"${id}" is a new item and` : `"${id}"`
      return row.fault(column, `${state}; ${who} needs one`)
    }
    const optional = (column: CsvColumn, old: string | undefined) =>
      row.has(column) ? row.text(column) || undefined : old

    const name = required('name', before?.name, (text) => text)
    const categoryId = required('category', before?.categoryId, (text) =>
      recordSchemas.category.shape.name.safeParse(text).success
        ? row.chosen('category', text, categories.find(text), () => [])
        : row.fault('category', `should be ${EXPECTED['name']}`),
    )
    const priceMinor = required('price', before?.priceMinor, row.price)
    const taxRateId =
      !row.text('tax_rate') && before === undefined && onlyTaxRateId !== undefined
        ? onlyTaxRateId
        : required('tax_rate', before?.taxRateId, (text) =>
            row.reference('tax_rate', text, taxRates),
          )
    const station = row.text('station')
    const stationId = !row.has('station')
      ? (before?.stationId ?? null)
      : station
        ? row.reference('station', station, stations)
        : null
    const modifierGroupIds = row.has('modifier_groups')
      ? row.references('modifier_groups', groups)
      : (before?.modifierGroupIds ?? [])
    const barcodes = row.has('barcodes')
      ? splitList(row.text('barcodes') ?? '').flatMap((code) => code.trim() || [])
      : (before?.barcodes ?? [])
    // Any other word is taken for a no: a price that anybody may type is not to come of a typing error.
    const isOpen = row.has('open') ? row.text('open') === 'yes' : before?.open === true
    const place = row.text('position')
    const position = place ? row.wholeNumber('position', place) : undefined
    const kitchenName = optional('kitchen_name', before?.kitchenName)
    const description = optional('description', before?.description)
    if (
      name === undefined ||
      categoryId === undefined ||
      priceMinor === undefined ||
      taxRateId === undefined ||
      stationId === undefined ||
      (place && position === undefined)
    ) {
      return undefined
    }
    const value = {
      name,
      ...(kitchenName !== undefined && { kitchenName }),
      ...(description !== undefined && { description }),
      categoryId,
      priceMinor,
      taxRateId,
      stationId,
      modifierGroupIds,
      ...(isOpen && { open: true as const }),
      ...(barcodes.length > 0 && { barcodes }),
    }
    checkItem(row, existing, id, { ...value, position: position ?? 0 })
    return { id, value, position }
  }
}

function readId(row: RowReader, existing: Catalog): string | undefined {
  const given = row.text('id')
  if (given) return given
  const name = row.text('name') ?? ''
  const id = slugOf(name)
  if (id === '') return row.fault('id', `is empty and does not follow from the name; give one`)
  const other = existing.menu_item.get(id)
  if (other !== undefined && fold(other.name) !== fold(name)) {
    return row.fault('id', `is empty, and "${id}" is "${other.name}" already; give another`)
  }
  return id
}

const COLUMN_OF: Readonly<Record<string, CsvColumn>> = {
  name: 'name',
  kitchenName: 'kitchen_name',
  description: 'description',
  categoryId: 'category',
  priceMinor: 'price',
  taxRateId: 'tax_rate',
  stationId: 'station',
  modifierGroupIds: 'modifier_groups',
  barcodes: 'barcodes',
  open: 'open',
  position: 'position',
}

function checkItem(row: RowReader, existing: Catalog, id: string, item: MenuItem): void {
  if (!recordSchemas.menu_item.shape.categoryId.safeParse(id).success) {
    row.fault('id', `should be ${EXPECTED['id']}`)
  }
  for (const issue of recordSchemas.menu_item.safeParse(item).error?.issues ?? []) {
    const column = COLUMN_OF[String(issue.path[0])] ?? 'id'
    const expected = column === 'price' ? undefined : EXPECTED[column]
    row.fault(
      column,
      expected === undefined ? `${issue.message} (in minor units)` : `should be ${expected}`,
    )
  }
  const groups = item.modifierGroupIds.map((groupId) => existing.modifier_group.get(groupId))
  const doubled = doubledModifier(groups.filter((group): group is ModifierGroup => !!group))
  if (doubled !== null) row.fault('modifier_groups', doubled)
}
