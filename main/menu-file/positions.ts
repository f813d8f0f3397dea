import type { Catalog } from '../../domain/catalog.ts'

type Placed = 'station' | 'category' | 'modifier_group' | 'menu_item'

/**
 * Places for what a file gives no position: a record that is already there keeps its own, so that a
 * cashier's finger finds it where it was; a new one comes behind all others. Items are counted
 * within their category.
 */
export function createPositions(existing: Catalog) {
  const lastByGrid = new Map<string, number>()
  const gridOf = (kind: Placed, categoryId: string) => `${kind} ${categoryId}`

  const take = (kind: Placed, position: number | undefined, categoryId = ''): void => {
    const grid = gridOf(kind, categoryId)
    lastByGrid.set(grid, Math.max(lastByGrid.get(grid) ?? -1, position ?? -1))
  }

  for (const kind of ['station', 'category', 'modifier_group'] as const) {
    for (const value of existing[kind].values()) take(kind, value.position)
  }
  for (const item of existing.menu_item.values()) take('menu_item', item.position, item.categoryId)

  return {
    take,
    of: (kind: Placed, id: string, categoryId = ''): number => {
      const before = placeBefore(existing, kind, id, categoryId)
      if (before !== undefined) return before
      const next = (lastByGrid.get(gridOf(kind, categoryId)) ?? -1) + 1
      take(kind, next, categoryId)
      return next
    },
  }
}

function placeBefore(existing: Catalog, kind: Placed, id: string, categoryId: string) {
  if (kind !== 'menu_item') return existing[kind].get(id)?.position
  const item = existing.menu_item.get(id)
  return item?.categoryId === categoryId ? item.position : undefined
}
