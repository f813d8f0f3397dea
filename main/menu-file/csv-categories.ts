import type { Catalog } from '../../domain/catalog.ts'
import type { CatalogRecord } from './catalog-record.ts'
import { createNameLookup, fold, slugOf, type Found } from './names.ts'
import type { createPositions } from './positions.ts'

/** The screens' colour tokens, given to new categories in turn. */
const COLORS = ['amber', 'red', 'green', 'blue', 'violet', 'teal', 'rose', 'slate'] as const

/** The store's categories, and those that a CSV file names for the first time. */
export function createCsvCategories(
  existing: Catalog,
  positions: ReturnType<typeof createPositions>,
) {
  const lookup = createNameLookup(existing.category)
  const createdByName = new Map<string, CatalogRecord<'category'>>()
  const takenIds = new Set(existing.category.keys())

  const create = (name: string): CatalogRecord<'category'> => {
    const id = freeId(slugOf(name) || 'category', takenIds)
    takenIds.add(id)
    const color = COLORS[(takenIds.size - 1) % COLORS.length] ?? COLORS[0]
    return {
      kind: 'category',
      id,
      value: { name, position: positions.of('category', id), color },
    }
  }

  return {
    /** Never none: a category that is not known is made. */
    find: (label: string): Exclude<Found, { found: 'none' }> => {
      const known = lookup.find(label)
      if (known.found !== 'none') return known
      const made = createdByName.get(fold(label)) ?? create(label.trim())
      createdByName.set(fold(label), made)
      return { found: 'one', id: made.id }
    },
    created: (): readonly CatalogRecord<'category'>[] => [...createdByName.values()],
  }
}

function freeId(wish: string, taken: ReadonlySet<string>): string {
  let id = wish
  for (let n = 2; taken.has(id); n += 1) id = `${wish}-${n}`
  return id
}
