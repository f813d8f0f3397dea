import type { Catalog } from './catalog.ts'
import { ingredientSubject, itemSubject, type Stock } from './inventory.ts'

/** The store's stock as people read it: every ingredient, and the items that somebody follows. */
export interface StockRow {
  readonly subject: string
  readonly kind: 'ingredient' | 'item'
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly parMilli: number | null
  /** Null: nobody follows it. */
  readonly levelMilli: number | null
  readonly low: boolean
  /** More was sold than there was: two tills apart sold the last one, or somebody counted wrongly. */
  readonly oversold: boolean
  readonly deliveredMilli: number
  readonly wastedMilli: number
  readonly usedMilli: number
  /** When and by whom it was counted last. */
  readonly countedAt: string | null
  readonly countedBy: string | null
}

export function stockList(
  catalog: Catalog,
  stockOf: (subject: string) => Stock | null,
): StockRow[] {
  const ingredients = [...catalog.ingredient]
    .toSorted(([idA, a], [idB, b]) => a.position - b.position || (idA < idB ? -1 : 1))
    .map(([id, { name, unit, parMilli }]): StockRow => {
      const subject = ingredientSubject(id)
      return rowOf({ subject, kind: 'ingredient', id, name, unit, parMilli }, stockOf(subject))
    })
  const items = [...catalog.menu_item].flatMap(([id, { name }]) => {
    const subject = itemSubject(id)
    const stock = stockOf(subject)
    const about = { subject, kind: 'item', id, name, unit: 'piece', parMilli: null } as const
    return stock === null ? [] : [rowOf(about, stock)]
  })
  return [...ingredients, ...items]
}

function rowOf(
  about: Pick<StockRow, 'subject' | 'kind' | 'id' | 'name' | 'unit' | 'parMilli'>,
  stock: Stock | null,
): StockRow {
  const levelMilli = stock?.levelMilli ?? null
  return {
    ...about,
    levelMilli,
    low: levelMilli !== null && about.parMilli !== null && levelMilli < about.parMilli,
    oversold: levelMilli !== null && levelMilli < 0,
    deliveredMilli: stock?.deliveredMilli ?? 0,
    wastedMilli: stock?.wastedMilli ?? 0,
    usedMilli: stock?.usedMilli ?? 0,
    countedAt: stock?.base.at ?? null,
    countedBy: stock?.base.actor ?? null,
  }
}
