import type { Catalog, RecordValue } from '../../domain/catalog.ts'
import { PLAIN_KINDS } from './catalog-record.ts'
import { byPosition, itemsInMenuOrder } from './menu-order.ts'
import { MENU_FILE_VERSION, type MenuFileContent } from './json-schema.ts'

/** What an item or a combo looks like, as the file says it: as a file beside it, or with its bytes. */
export type FilePicture = NonNullable<MenuFileContent['pictures']>[number]

/** The whole menu as a JSON menu file, which `parseMenuJson` reads back to the same records. */
export function exportMenuJson(catalog: Catalog, pictures: readonly FilePicture[] = []): string {
  const content: MenuFileContent = {
    version: MENU_FILE_VERSION,
    tax_rates: [...catalog.tax_rate].map(([id, value]) => ({
      id,
      name: value.name,
      rate_ppm: value.ratePpm,
      included: value.included,
    })),
    stations: byPosition(catalog.station).map(([id, value]) => ({
      id,
      name: value.name,
      position: value.position,
      warn_after_seconds: value.warnAfterSeconds,
      late_after_seconds: value.lateAfterSeconds,
      // What is undefined is left out of the file.
      kind: value.kind,
      also_shows_item_ids: value.alsoShowsItemIds,
      also_shows_category_ids: value.alsoShowsCategoryIds,
      also_makes_item_ids: value.alsoMakesItemIds,
      also_makes_category_ids: value.alsoMakesCategoryIds,
    })),
    categories: byPosition(catalog.category).map(([id, value]) => ({ id, ...value })),
    modifier_groups: byPosition(catalog.modifier_group).map(groupRow),
    items: itemsInMenuOrder(catalog).map(itemRow),
    ...(pictures.length > 0 && { pictures: [...pictures] }),
    records: PLAIN_KINDS.flatMap((kind) =>
      [...catalog[kind]].map(([id, value]) => ({ kind, id, value })),
    ),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

const groupRow = ([id, group]: [string, RecordValue<'modifier_group'>]) => ({
  id,
  name: group.name,
  position: group.position,
  min: group.min,
  max: group.max,
  ...(group.preparations !== undefined && { preparations: group.preparations }),
  modifiers: group.modifiers.map((modifier) => ({
    id: modifier.id,
    name: modifier.name,
    price: modifier.priceMinor,
    ...(modifier.kitchenName !== undefined && { kitchen_name: modifier.kitchenName }),
    ...(modifier.opens !== undefined && { opens: modifier.opens }),
    ...(modifier.extraPriceMinor !== undefined && { extra_price: modifier.extraPriceMinor }),
    ...(modifier.standard && { standard: modifier.standard }),
  })),
})

const itemRow = ([id, item]: [string, RecordValue<'menu_item'>]) => ({
  id,
  name: item.name,
  ...(item.kitchenName !== undefined && { kitchen_name: item.kitchenName }),
  ...(item.description !== undefined && { description: item.description }),
  category: item.categoryId,
  price: item.priceMinor,
  tax_rate: item.taxRateId,
  station: item.stationId,
  modifier_groups: item.modifierGroupIds,
  ...(item.open && { open: item.open }),
  ...(item.barcodes !== undefined && { barcodes: item.barcodes }),
  position: item.position,
})
