import type { RecordEvent } from '../../domain/events.ts'
import { ingredientSubject, itemSubject } from '../../domain/inventory.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import { nextClock } from '../../domain/clock.ts'
import { stockEvents } from '../inventory/stock-lines.ts'

/** What the demo restaurant has in its kitchen, what its burgers are made of, and a combo of them. */

const INGREDIENTS = [
  ['beef', 'Ground beef', 'g', 3_000, 12_000],
  ['buns', 'Burger buns', 'piece', 24, 96],
  ['cheddar', 'Cheddar', 'g', 500, 2_400],
  ['bacon', 'Bacon', 'g', 400, 350],
  ['onions', 'Onions', 'g', 1_000, 5_000],
] as const

/** So many of the day's soup are left, and of the steaks. */
const COUNTED_DOWN = [
  ['soup-of-the-day', 12],
  ['steak-filet', 6],
] as const

const BURGER = [
  ['beef', 150],
  ['buns', 1],
  ['onions', 20],
] as const
const RECIPES: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  'burger-classic': BURGER,
  'burger-cheese': [...BURGER, ['cheddar', 40]],
  'burger-bacon': [...BURGER, ['bacon', 40]],
  'burger-double': [
    ['beef', 300],
    ['buns', 1],
    ['onions', 20],
  ],
  'burger-kids': [
    ['beef', 100],
    ['buns', 1],
  ],
}

const usesOf = (recipe: readonly (readonly [string, number])[]) =>
  recipe.map(([ingredientId, amount]) => ({ ingredientId, amountMilli: amount * 1_000 }))

export function demoStockRecords(): readonly RecordEvent[] {
  return [
    ...INGREDIENTS.map(([id, name, unit, par], position): RecordEvent => ({
      type: 'record.set',
      kind: 'ingredient',
      id,
      value: { name, unit, parMilli: par * 1_000, position },
    })),
    ...Object.entries(RECIPES).map(([id, recipe]): RecordEvent => ({
      type: 'record.set',
      kind: 'item_recipe',
      id,
      value: { uses: usesOf(recipe), modifiers: [] },
    })),
    {
      type: 'record.set',
      kind: 'modifier_recipe',
      id: 'extras',
      value: { modifiers: [{ modifierId: 'extra_cheese', uses: usesOf([['cheddar', 20]]) }] },
    },
    {
      type: 'record.set',
      kind: 'modifier_recipe',
      id: 'leave-out',
      value: { modifiers: [{ modifierId: 'no_onions', uses: usesOf([['onions', -20]]) }] },
    },
    {
      type: 'record.set',
      kind: 'combo',
      id: 'combo-burger',
      value: {
        name: 'Burger menu',
        description: 'A burger, a starter and a drink',
        categoryId: 'burgers',
        position: 9,
        priceMinor: 2095,
        slots: [
          {
            id: 'burger',
            name: 'Burger',
            min: 1,
            max: 1,
            choices: [
              { itemId: 'burger-classic', surchargeMinor: 0 },
              { itemId: 'burger-cheese', surchargeMinor: 0 },
              { itemId: 'burger-bacon', surchargeMinor: 150 },
            ],
          },
          {
            id: 'starter',
            name: 'Starter',
            min: 1,
            max: 1,
            choices: [
              { itemId: 'soup-of-the-day', surchargeMinor: 0 },
              { itemId: 'onion-rings', surchargeMinor: 0 },
            ],
          },
          {
            id: 'drink',
            name: 'Drink',
            min: 0,
            max: 1,
            choices: [
              { itemId: 'cola-bottle', surchargeMinor: 0 },
              { itemId: 'draft-lager', surchargeMinor: 200 },
            ],
          },
        ],
      },
    },
  ]
}

/** Counted on the day on which the store is made. */
export function demoCounts(commandId: string, nowMs: number): readonly JournalEvent[] {
  const lines = [
    ...INGREDIENTS.map(([id, , , , amount]) => [ingredientSubject(id), amount] as const),
    ...COUNTED_DOWN.map(([id, amount]) => [itemSubject(id), amount] as const),
  ].map(([subject, amount]) => ({ subject, amountMilli: amount * 1_000 }))
  return stockEvents(commandId, { kind: 'count', lines, note: null }, nextClock(0, nowMs))
}
