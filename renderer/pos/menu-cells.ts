import type { Catalog, MenuItem, RecordValue } from '../../domain/catalog.ts'
import { FAVOURITES_ID } from '../../domain/menu-records.ts'

export type MenuCell =
  | { readonly kind: 'item'; readonly itemId: string; readonly item: MenuItem }
  | { readonly kind: 'combo'; readonly itemId: string; readonly item: RecordValue<'combo'> }

/** What this id is sold as; undefined: it is no longer on the menu. */
export function cellOf(
  catalog: Pick<Catalog, 'menu_item' | 'combo'>,
  itemId: string,
): MenuCell | undefined {
  const item = catalog.menu_item.get(itemId)
  if (item !== undefined) return { kind: 'item', itemId, item }
  const combo = catalog.combo.get(itemId)
  return combo && { kind: 'combo', itemId, item: combo }
}

/** So many places the favourites have at least; managers may put more there. */
const FAVOURITE_PLACES = 24

/**
 * What managers have put in front, in their order, and in the places that are left what this till
 * sells most. That list is the same all day, and so is the place of each.
 */
export function favouriteCells(
  catalog: Pick<Catalog, 'favourites' | 'menu_item' | 'combo'>,
  popularItemIds: readonly string[],
): MenuCell[] {
  const pinnedIds = favouriteIds(catalog)
  const toCell = (itemId: string) => cellOf(catalog, itemId) ?? []
  const pinned = pinnedIds.flatMap(toCell)
  const popular = popularItemIds.filter((itemId) => !pinnedIds.includes(itemId)).flatMap(toCell)
  return [...pinned, ...popular.slice(0, Math.max(0, FAVOURITE_PLACES - pinned.length))]
}

export const favouriteIds = ({ favourites }: Pick<Catalog, 'favourites'>): readonly string[] =>
  favourites.get(FAVOURITES_ID)?.itemIds ?? []

/** A position further out than this is a fault in the data and not a screen full of holes. */
const MAX_CELLS = 200

/**
 * A category's grid: each item in the cell that its position names, holes and all, so that hands
 * find it blindly. Two items on one position: the later id takes the next free cell.
 */
export function menuCells(catalog: Catalog, categoryId: string): (MenuCell | null)[] {
  const sold = [
    ...[...catalog.menu_item].map(([itemId, item]): MenuCell => ({ kind: 'item', itemId, item })),
    ...[...catalog.combo].map(([itemId, item]): MenuCell => ({ kind: 'combo', itemId, item })),
  ]
    .filter(({ item }) => item.categoryId === categoryId)
    .toSorted((a, b) => a.item.position - b.item.position || (a.itemId < b.itemId ? -1 : 1))
  const taken = new Map<number, MenuCell>()
  for (const one of sold) {
    let cell = one.item.position < MAX_CELLS ? one.item.position : 0
    while (taken.has(cell)) cell += 1
    taken.set(cell, one)
  }
  const length = Math.max(0, ...taken.keys()) + (taken.size > 0 ? 1 : 0)
  return Array.from({ length }, (_, cell) => taken.get(cell) ?? null)
}
