import type { Catalog, MenuItem } from '../../domain/catalog.ts'

export interface MenuCell {
  readonly itemId: string
  readonly item: MenuItem
}

/** A position further out than this is a fault in the data and not a screen full of holes. */
const MAX_CELLS = 200

/**
 * A category's grid: each item in the cell that its position names, holes and all, so that hands
 * find it blindly. Two items on one position: the later id takes the next free cell.
 */
export function menuCells(catalog: Catalog, categoryId: string): (MenuCell | null)[] {
  const items = [...catalog.menu_item]
    .filter(([, item]) => item.categoryId === categoryId)
    .toSorted(([idA, a], [idB, b]) => a.position - b.position || (idA < idB ? -1 : 1))
  const taken = new Map<number, MenuCell>()
  for (const [itemId, item] of items) {
    let cell = item.position < MAX_CELLS ? item.position : 0
    while (taken.has(cell)) cell += 1
    taken.set(cell, { itemId, item })
  }
  const length = Math.max(0, ...taken.keys()) + (taken.size > 0 ? 1 : 0)
  return Array.from({ length }, (_, cell) => taken.get(cell) ?? null)
}
