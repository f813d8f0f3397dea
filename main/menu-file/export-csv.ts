import type { Catalog } from '../../domain/catalog.ts'
import { joinList, writeRow } from './csv-cells.ts'
import { CSV_COLUMNS, type CsvColumn } from './csv-header.ts'
import { formatPrice } from './decimal-price.ts'
import { itemsInMenuOrder } from './menu-order.ts'
import { createNameLookup } from './names.ts'

/**
 * The items as a CSV file for a spreadsheet, which `parseMenuCsv` reads back to the same items. CSV
 * has no difference between an empty description and none.
 */
export function exportMenuCsv(catalog: Catalog, currencyDigits: number): string {
  const categories = createNameLookup(catalog.category)
  const taxRates = createNameLookup(catalog.tax_rate)
  const stations = createNameLookup(catalog.station)
  const groups = createNameLookup(catalog.modifier_group)
  const rows = itemsInMenuOrder(catalog).map(([id, item]) => {
    const cells: Record<CsvColumn, string> = {
      id,
      name: item.name,
      kitchen_name: item.kitchenName ?? '',
      category: categories.labelOf(item.categoryId),
      price: formatPrice(item.priceMinor, currencyDigits),
      tax_rate: taxRates.labelOf(item.taxRateId),
      station: item.stationId === null ? '' : stations.labelOf(item.stationId),
      modifier_groups: joinList(item.modifierGroupIds.map(groups.labelOf)),
      position: String(item.position),
      description: item.description ?? '',
      barcodes: joinList(item.barcodes ?? []),
      open: item.open ? 'yes' : '',
    }
    return writeRow(CSV_COLUMNS.map((column) => cells[column]))
  })
  return [writeRow(CSV_COLUMNS), ...rows].join('')
}
