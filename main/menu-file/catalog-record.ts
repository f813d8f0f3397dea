import {
  emptyCatalog,
  type Catalog,
  type RecordKind,
  type RecordValue,
} from '../../domain/catalog.ts'

/** One piece of reference data with its id: what an importer hands on to be written to the log. */
export type CatalogRecord<K extends RecordKind = RecordKind> = {
  readonly [P in K]: { readonly kind: P; readonly id: string; readonly value: RecordValue<P> }
}[K]

/** The kinds that a menu file carries, in the order in which they refer to one another. */
export const MENU_KINDS = [
  'tax_rate',
  'station',
  'category',
  'modifier_group',
  'menu_item',
] as const satisfies readonly RecordKind[]
export type MenuKind = (typeof MENU_KINDS)[number]

/** And those that stand in it as they are in the log, without a list of their own. */
export const PLAIN_KINDS = [
  'combo',
  'price_level',
  'channel_tax',
  'sale_times',
  'item_details',
  'favourites',
  'ingredient',
  'item_recipe',
  'modifier_recipe',
  'inventory_settings',
] as const satisfies readonly RecordKind[]
export type PlainKind = (typeof PLAIN_KINDS)[number]

/** Pictures stand in it by what shows them. */
type PictureKind = 'picture' | 'item_picture'

export type MenuRecord = CatalogRecord<MenuKind | PlainKind | PictureKind>

/** What the catalog will be once these records are in it; later records win. */
export function withRecords(catalog: Catalog, records: readonly CatalogRecord[]): Catalog {
  const next = emptyCatalog()
  const copy = <K extends RecordKind>(kind: K) => {
    for (const [id, value] of catalog[kind]) next[kind].set(id, value)
  }
  for (const kind of Object.keys(next) as RecordKind[]) copy(kind)
  const put = <K extends RecordKind>(kind: K, id: string, value: RecordValue<K>) => {
    next[kind].set(id, value)
  }
  for (const record of records) put(record.kind, record.id, record.value)
  return next
}
