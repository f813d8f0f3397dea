import type { Catalog, MenuItem } from '../../domain/catalog.ts'

/** Menu files list things as the screens show them, so that two exports compare line by line. */

type Placed = { readonly position: number }
const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const byPosition = <T extends Placed>(records: ReadonlyMap<string, T>): [string, T][] =>
  [...records].toSorted(([a, x], [b, y]) => x.position - y.position || compareIds(a, b))

export function itemsInMenuOrder(catalog: Catalog): [string, MenuItem][] {
  const rankById = new Map(byPosition(catalog.category).map(([id], rank) => [id, rank]))
  const rankOf = (item: MenuItem) => rankById.get(item.categoryId) ?? rankById.size
  return byPosition(catalog.menu_item).toSorted(([, a], [, b]) => rankOf(a) - rankOf(b))
}
