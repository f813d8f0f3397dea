import type { Catalog } from '../../../domain/catalog.ts'
import { indexItems, type FindIndex } from './search-items.ts'

const indexes = new WeakMap<Catalog, FindIndex>()

/** The index of this menu, made when it is first asked for. */
export function findIndexOf(catalog: Catalog): FindIndex {
  const held = indexes.get(catalog)
  if (held !== undefined) return held
  const index = indexItems(catalog)
  indexes.set(catalog, index)
  return index
}
