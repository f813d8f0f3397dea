import type { Catalog, MenuItem, RecordValue } from '../../domain/catalog.ts'

export type MenuCell =
  | { readonly kind: 'item'; readonly itemId: string; readonly item: MenuItem }
  | { readonly kind: 'combo'; readonly itemId: string; readonly item: RecordValue<'combo'> }

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
