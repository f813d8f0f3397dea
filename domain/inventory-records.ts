import { z } from 'zod'

/**
 * What the store keeps in stock, and what is used up by selling an item. Records of their own, beside
 * those of the menu: a new price and a new recipe never collide, and a device that is older than
 * stock goes on with the menu as it knows it.
 */

const id = z.string().min(1).max(80)
const name = z.string().min(1).max(120)

/** Amounts are integers of thousandths of the unit: half a lemon is 500. */
export const MAX_AMOUNT_MILLI = 1_000_000_000
const amountMilli = z.int().min(-MAX_AMOUNT_MILLI).max(MAX_AMOUNT_MILLI)

export const ingredientRecord = z.strictObject({
  name,
  /** As people write it: `g`, `l`, `piece`. */
  unit: z.string().min(1).max(20),
  /** Below it, it is low; null: nobody wants to know. */
  parMilli: z.int().min(0).max(MAX_AMOUNT_MILLI).nullable(),
  position: z.int().min(0).max(100_000),
})

const uses = z.array(z.strictObject({ ingredientId: id, amountMilli })).max(100)
const modifierUses = z.array(z.strictObject({ modifierId: id, uses })).max(200)

/** What one of an item is made of; its id is the item's. */
export const itemRecipeRecord = z.strictObject({
  uses,
  /** Where a modifier means something else for this item than its group says. */
  modifiers: modifierUses,
})

/** What the modifiers of a group add, or below 0 leave out; its id is the group's. */
export const modifierRecipeRecord = z.strictObject({ modifiers: modifierUses })

/** Which stock that has run out takes items off the menu. */
export const SOLD_OUT_BY = ['nothing', 'items', 'items_and_ingredients'] as const

export const inventorySettingsRecord = z.strictObject({ soldOutBy: z.enum(SOLD_OUT_BY) })
