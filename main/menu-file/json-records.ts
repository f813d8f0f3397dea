import type { Catalog } from '../../domain/catalog.ts'
import type { CatalogRecord, MenuRecord, PlainKind } from './catalog-record.ts'
import type { MenuFileContent } from './json-schema.ts'
import { createPositions } from './positions.ts'

type Row<S extends keyof MenuFileContent> =
  Extract<MenuFileContent[S], readonly unknown[] | undefined> extends
    | readonly (infer R)[]
    | undefined
    ? R
    : never

/** The file's content as records; what stands without a position comes after what has one. */
export function recordsOf(content: MenuFileContent, existing: Catalog): MenuRecord[] {
  const positions = createPositions(existing)
  for (const row of content.items ?? []) positions.take('menu_item', row.position, row.category)
  for (const row of content.stations ?? []) positions.take('station', row.position)
  for (const row of content.categories ?? []) positions.take('category', row.position)
  for (const row of content.modifier_groups ?? []) positions.take('modifier_group', row.position)

  const taxRate = (row: Row<'tax_rates'>): MenuRecord => ({
    kind: 'tax_rate',
    id: row.id,
    value: { name: row.name, ratePpm: row.rate_ppm, included: row.included },
  })
  const station = (row: Row<'stations'>): MenuRecord => ({
    kind: 'station',
    id: row.id,
    value: {
      name: row.name,
      position: row.position ?? positions.of('station', row.id),
      warnAfterSeconds: row.warn_after_seconds,
      lateAfterSeconds: row.late_after_seconds,
      ...(row.kind === 'expo' && { kind: row.kind }),
      ...(row.also_shows_item_ids?.length && { alsoShowsItemIds: row.also_shows_item_ids }),
      ...(row.also_shows_category_ids?.length && {
        alsoShowsCategoryIds: row.also_shows_category_ids,
      }),
      ...(row.also_makes_item_ids?.length && { alsoMakesItemIds: row.also_makes_item_ids }),
      ...(row.also_makes_category_ids?.length && {
        alsoMakesCategoryIds: row.also_makes_category_ids,
      }),
    },
  })
  const category = (row: Row<'categories'>): MenuRecord => ({
    kind: 'category',
    id: row.id,
    value: {
      name: row.name,
      position: row.position ?? positions.of('category', row.id),
      color: row.color,
    },
  })
  const group = (row: Row<'modifier_groups'>): MenuRecord => ({
    kind: 'modifier_group',
    id: row.id,
    value: {
      name: row.name,
      position: row.position ?? positions.of('modifier_group', row.id),
      min: row.min,
      max: row.max,
      ...(row.preparations !== undefined && { preparations: row.preparations }),
      modifiers: row.modifiers.map((modifier) => ({
        id: modifier.id,
        name: modifier.name,
        priceMinor: modifier.price,
        ...(modifier.kitchen_name !== undefined && { kitchenName: modifier.kitchen_name }),
        ...(modifier.opens !== undefined && { opens: modifier.opens }),
        ...(modifier.extra_price !== undefined && { extraPriceMinor: modifier.extra_price }),
        ...(modifier.standard && { standard: true as const }),
      })),
    },
  })
  const item = (row: Row<'items'>): MenuRecord => ({
    kind: 'menu_item',
    id: row.id,
    value: {
      name: row.name,
      ...(row.kitchen_name !== undefined && { kitchenName: row.kitchen_name }),
      ...(row.description !== undefined && { description: row.description }),
      categoryId: row.category,
      priceMinor: row.price,
      taxRateId: row.tax_rate,
      stationId: row.station ?? null,
      modifierGroupIds: row.modifier_groups ?? [],
      ...(row.open && { open: true as const }),
      ...(row.barcodes !== undefined && { barcodes: row.barcodes }),
      position: row.position ?? positions.of('menu_item', row.id, row.category),
    },
  })
  return [
    ...(content.tax_rates ?? []).map(taxRate),
    ...(content.stations ?? []).map(station),
    ...(content.categories ?? []).map(category),
    ...(content.modifier_groups ?? []).map(group),
    ...(content.items ?? []).map(item),
    // Its shape was looked at before (see parse-json.ts).
    ...((content.records ?? []) as CatalogRecord<PlainKind>[]),
  ]
}
