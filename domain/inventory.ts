import { INVENTORY_SETTINGS_ID, type Catalog } from './catalog.ts'
import type { JournalLine } from './journal.ts'

/**
 * Stock. What there is of a thing is a sum over facts that only add up, and one that does not: a count
 * says how much was there at a moment, whatever had happened before it.
 *
 *     count 10 ──── sold 3 ──── delivered 5 ──── count 11 ──── sold 2        there are 9
 *     └── all of this is behind the last count ──┘        └── this counts ──┘
 *
 * The moments are those of the hybrid clock (rule T1), so every device finds the same, and what comes
 * late is put where it belongs: before the count it was part of what was counted, after it it counts.
 * What is sold is never written down as a movement: it is read from the orders' lines themselves.
 */

/** What is followed: an ingredient, or an item itself ("six left"). */
export const ingredientSubject = (ingredientId: string): string => `ingredient/${ingredientId}`
export const itemSubject = (itemId: string): string => `item/${itemId}`

export interface Subject {
  readonly kind: 'ingredient' | 'item'
  readonly id: string
}

/** Null: it names nothing that can be in stock. */
export function readSubject(subject: string): Subject | null {
  const [, kind, id] = /^(ingredient|item)\/([\s\S]+)$/.exec(subject) ?? []
  return id === undefined ? null : { kind: kind as Subject['kind'], id }
}

/** Items are whole, and amounts thousandths. */
export const ONE_MILLI = 1_000

export interface Use {
  readonly ingredientId: string
  readonly amountMilli: number
}

/** How much of a subject there is. Null: nobody follows it. */
export type StockOf = (subject: string) => number | null

/** What one of an item uses up with these modifiers; leaving out takes away, but never adds. */
export function usesOf(
  catalog: Catalog,
  itemId: string,
  chosen: readonly {
    readonly groupId: string
    readonly modifierId: string
    /** How often: see preparations.ts. */
    readonly times: number
  }[],
): Use[] {
  const recipe = catalog.item_recipe.get(itemId)
  const sums = new Map<string, number>()
  const add = (uses: readonly Use[], times = 1): void => {
    for (const { ingredientId, amountMilli } of uses) {
      sums.set(ingredientId, (sums.get(ingredientId) ?? 0) + amountMilli * times)
    }
  }
  add(recipe?.uses ?? [])
  for (const { groupId, modifierId, times } of chosen) {
    const isThis = (one: { readonly modifierId: string }): boolean => one.modifierId === modifierId
    const own = recipe?.modifiers.find(isThis)
    add((own ?? catalog.modifier_recipe.get(groupId)?.modifiers.find(isThis))?.uses ?? [], times)
  }
  return [...sums]
    .filter(([, amountMilli]) => amountMilli > 0)
    .map(([ingredientId, amountMilli]) => ({ ingredientId, amountMilli }))
}

/** A line of the journal that says how much there was. */
export type StockBase = Extract<JournalLine, { readonly kind: 'stock_counted' | 'stock_carried' }>
/** A line of the journal that is about stock. */
export type StockLine =
  | StockBase
  | Extract<JournalLine, { readonly kind: 'stock_delivered' | 'stock_wasted' }>

export interface Used {
  readonly clock: number
  readonly amountMilli: number
}

export interface Stock {
  readonly levelMilli: number
  /** What it is reckoned from. */
  readonly base: StockBase
  readonly deliveredMilli: number
  readonly wastedMilli: number
  readonly usedMilli: number
}

/** Null: it was never counted, or the last count says that nobody follows it any more. */
export function stockOf(lines: readonly StockLine[], used: readonly Used[]): Stock | null {
  const base = lines
    .filter((line) => line.kind === 'stock_counted' || line.kind === 'stock_carried')
    .reduce<StockBase | null>(laterBase, null)
  if (base === null) return null
  const { clock } = base.value
  const moved = (kind: 'stock_delivered' | 'stock_wasted'): number =>
    lines
      .filter((line) => line.kind === kind && line.value.clock > clock)
      .reduce((sum, line) => sum + (line.value.amountMilli ?? 0), 0)
  return stockSince(base, {
    deliveredMilli: moved('stock_delivered'),
    wastedMilli: moved('stock_wasted'),
    usedMilli: used
      .filter((one) => one.clock > clock)
      .reduce((sum, { amountMilli }) => sum + amountMilli, 0),
  })
}

/** The same from sums of what came after the base. */
export function stockSince(
  base: StockBase,
  since: Pick<Stock, 'deliveredMilli' | 'wastedMilli' | 'usedMilli'>,
): Stock | null {
  if (base.value.amountMilli === null) return null
  const { deliveredMilli, wastedMilli, usedMilli } = since
  const levelMilli = base.value.amountMilli + deliveredMilli - wastedMilli - usedMilli
  return { levelMilli, base, ...since }
}

/** Of two at one moment the greater id counts, wherever it came from. */
export function laterBase(a: StockBase | null, b: StockBase): StockBase {
  if (a === null || b.value.clock > a.value.clock) return b
  return b.value.clock === a.value.clock && b.id > a.id ? b : a
}

/** What a line that is to be sold, or waits to be sent, asks of the stock. */
export interface Demand {
  readonly itemId: string
  readonly name: string
  readonly quantity: number
  readonly uses: readonly Use[]
}

export interface Shortage {
  readonly itemId: string
  readonly name: string
  /** How many of it can still be sold, beside what waits in the order already. */
  readonly left: number
}

/**
 * The first of the lines for which there is not enough, where the store lets its stock take items off
 * the menu. `waiting`: what is in the order and not sent yet, so not deducted.
 */
export function findShortage(
  catalog: Catalog,
  stock: StockOf,
  waiting: readonly Demand[],
  asked: readonly Demand[],
): Shortage | null {
  const soldOutBy = catalog.inventory_settings.get(INVENTORY_SETTINGS_ID)?.soldOutBy ?? 'nothing'
  if (soldOutBy === 'nothing') return null
  const needsOf = ({ itemId, uses }: Demand): (readonly [string, number])[] => [
    [itemSubject(itemId), ONE_MILLI],
    ...(soldOutBy === 'items'
      ? []
      : uses.map(
          ({ ingredientId, amountMilli }) =>
            [ingredientSubject(ingredientId), amountMilli] as const,
        )),
  ]
  const taken = new Map<string, number>()
  const take = (demand: Demand): void => {
    for (const [subject, each] of needsOf(demand)) {
      taken.set(subject, (taken.get(subject) ?? 0) + each * demand.quantity)
    }
  }
  for (const demand of waiting) take(demand)
  for (const demand of asked) {
    for (const [subject, each] of needsOf(demand)) {
      const level = stock(subject)
      if (level === null) continue
      const left = Math.max(0, Math.floor((level - (taken.get(subject) ?? 0)) / each))
      if (left < demand.quantity) return { itemId: demand.itemId, name: demand.name, left }
    }
    take(demand)
  }
  return null
}
