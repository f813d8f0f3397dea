import type { Catalog, RecordValue } from '../../domain/catalog.ts'
import type { CatalogRecord } from './catalog-record.ts'
import { createNameLookup, slugOf } from './names.ts'
import type { TaxColumn } from './square-header.ts'

/**
 * Taxes of a Square file. There an item may have several, here it has one rate: those of an item come
 * together as one, with the sum of their percentages. A rate that is in the store by its name is taken
 * as it is; whether prices contain the tax the file does not say, so new ones come on top of them.
 */
export function createSquareTaxes(existing: Catalog, notes: Set<string>) {
  const lookup = createNameLookup(existing.tax_rate)
  const created = new Map<string, RecordValue<'tax_rate'>>()

  function rateNamed(name: string, ratePpm: number): string {
    const known = lookup.find(name)
    if (known.found === 'one') {
      const held = existing.tax_rate.get(known.id)
      if (held !== undefined && held.ratePpm !== ratePpm) {
        notes.add(`the store's "${name}" has another rate than the file; the store's was kept`)
      }
      return known.id
    }
    const wish = slugOf(name) || 'tax'
    let id = wish
    const isTaken = (): boolean =>
      existing.tax_rate.has(id) || (created.has(id) && created.get(id)?.name !== name)
    for (let n = 2; isTaken(); n += 1) id = `${wish}-${n}`
    if (!created.has(id)) {
      created.set(id, { name, ratePpm, included: false })
      if (ratePpm > 0) notes.add(`the tax "${name}" is new and comes on top of prices`)
    }
    return id
  }

  return {
    rateOf: (columns: readonly TaxColumn[]): string => {
      if (columns.length === 0) return rateNamed('No tax', 0)
      const name = columns
        .map((column) => column.name)
        .join(' + ')
        .slice(0, 120)
      const sum = columns.reduce((all, { ratePpm }) => all + ratePpm, 0)
      return rateNamed(name, Math.min(sum, 1_000_000))
    },
    created: (): readonly CatalogRecord<'tax_rate'>[] =>
      [...created].map(([id, value]) => ({ kind: 'tax_rate', id, value })),
  }
}
