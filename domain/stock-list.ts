import { INVENTORY_SETTINGS_ID, type Catalog } from './catalog.ts'
import { ingredientSubject, itemSubject, ONE_MILLI, type Stock, type StockOf } from './inventory.ts'

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

/** What a till shows on an item's button: "6 left", and whether that takes it off the menu. */
export interface ItemLeft {
  readonly itemId: string
  readonly left: number
  readonly isSoldOut: boolean
}

/** Items of which somebody keeps count: of themselves, or of what they are made of. */
export function itemsLeft(catalog: Catalog, levelOf: StockOf): ItemLeft[] {
  const rule = catalog.inventory_settings.get(INVENTORY_SETTINGS_ID)?.soldOutBy ?? 'nothing'
  return [...catalog.menu_item.keys()].flatMap((itemId) => {
    const own = levelOf(itemSubject(itemId))
    const uses =
      rule === 'items_and_ingredients' ? (catalog.item_recipe.get(itemId)?.uses ?? []) : []
    const portions = uses.flatMap(({ ingredientId, amountMilli }) => {
      const level = amountMilli > 0 ? levelOf(ingredientSubject(ingredientId)) : null
      return level === null ? [] : [Math.floor(level / amountMilli)]
    })
    const counted = own === null ? [] : [Math.floor(own / ONE_MILLI)]
    const left = Math.min(...counted, ...portions)
    return Number.isFinite(left)
      ? [{ itemId, left, isSoldOut: rule !== 'nothing' && left <= 0 }]
      : []
  })
}
