import type { RecordKind, RecordValue } from '../../domain/catalog.ts'
import type { CatalogRecord } from '../menu-file/catalog-record.ts'
import { hashPin } from '../pin.ts'
import { DEMO_COURSES, DEMO_ROOMS, DEMO_TABLE_PLACES } from './floor.ts'
import { DEMO_STAFF, DEMO_STATIONS, DEMO_TABLES, DEMO_TAX_RATES } from './house.ts'
import { DEMO_MODIFIER_GROUPS } from './menu-groups.ts'
import { DEMO_CATEGORIES } from './menu-items.ts'

/**
 * A brasserie to try the till with: menu, taxes, stations, tables and staff. The store record and
 * the devices are not in it; they belong to whoever creates the store. Each call salts the PINs
 * anew, so two demo stores share no hash.
 */
export function demoRecords(hash: (pin: string) => string = hashPin): readonly CatalogRecord[] {
  return [
    ...recordsOf('tax_rate', DEMO_TAX_RATES),
    ...recordsOf('station', DEMO_STATIONS),
    ...recordsOf('modifier_group', DEMO_MODIFIER_GROUPS),
    ...DEMO_CATEGORIES.flatMap(categoryRecords),
    ...recordsOf('room', DEMO_ROOMS),
    ...recordsOf('dining_table', DEMO_TABLES),
    ...recordsOf('table_place', DEMO_TABLE_PLACES),
    ...recordsOf('course', DEMO_COURSES),
    ...DEMO_STAFF.map(({ id, name, role, pin }) => ({
      kind: 'staff' as const,
      id,
      value: { name, role, pinHash: hash(pin) },
    })),
  ]
}

const recordsOf = <K extends RecordKind>(
  kind: K,
  rows: readonly { readonly id: string; readonly value: RecordValue<K> }[],
) => rows.map(({ id, value }) => ({ kind, id, value }))

function categoryRecords(
  category: (typeof DEMO_CATEGORIES)[number],
  position: number,
): CatalogRecord<'category' | 'menu_item'>[] {
  const { id, name, color } = category
  const items = category.items.map((row, cell) => {
    const [itemId, itemName, kitchenName, priceMinor, stationId, groups, description] = row
    return {
      kind: 'menu_item' as const,
      id: itemId,
      value: {
        name: itemName,
        kitchenName,
        ...(description !== undefined && { description }),
        categoryId: id,
        priceMinor,
        taxRateId: category.taxRateId,
        stationId,
        modifierGroupIds: [...groups],
        position: cell,
      },
    }
  })
  return [{ kind: 'category', id, value: { name, position, color } }, ...items]
}
