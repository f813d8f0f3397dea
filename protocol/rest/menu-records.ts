import { z } from 'zod'
import type { RecordValue } from '../../domain/catalog.ts'
import { CHANNELS } from '../../domain/channels.ts'
import {
  ingredientRecord,
  inventorySettingsRecord,
  MAX_AMOUNT_MILLI,
} from '../../domain/inventory-records.ts'
import {
  ALLERGENS,
  comboRecord,
  MAX_FAVOURITES,
  priceLevelRecord,
} from '../../domain/menu-records.ts'
import { pictureId } from '../../domain/picture-records.ts'
import { isStorable, money, moneyIn, moneyOf, text } from './values.ts'

/**
 * The records beside the menu's items, as REST spells them: combos, price levels, taxes by channel,
 * hours, details, and what is in stock. Amounts of stock are integers of thousandths of the unit.
 */

const recordId = text(80).min(1)
const label = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine(isStorable, 'Invalid input: this text cannot be stored')
const openText = text(500).nullable().default(null)

/** `days`: 1 is Monday. Where `to` is not after `from`, it ends on the next day. */
const windowShape = {
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from_minutes: z.int().min(0).max(1439),
  to_minutes: z.int().min(0).max(1440),
}
const timeWindow = z.strictObject(windowShape).meta({
  description:
    'Minutes after midnight on the clocks of the store. `days`: 1 is Monday. Where `to_minutes` is not after `from_minutes`, it ends on the next day.',
})
const amountMilli = z.int().min(-MAX_AMOUNT_MILLI).max(MAX_AMOUNT_MILLI)
const uses = z
  .array(z.strictObject({ ingredient_id: recordId, amount_milli: amountMilli }))
  .max(100)
const modifierUses = z.array(z.strictObject({ modifier_id: recordId, uses })).max(200)
const slot = comboRecord.shape.slots.element

const channelRate = recordId.nullable().default(null)

export const menuRecordIn = {
  combo: z.strictObject({
    name: label,
    description: openText,
    category_id: recordId,
    position: comboRecord.shape.position,
    price: moneyIn,
    slots: z
      .array(
        z.strictObject({
          id: recordId,
          name: label,
          min: slot.shape.min,
          max: slot.shape.max,
          choices: z
            .array(z.strictObject({ menu_item_id: recordId, surcharge: moneyIn.optional() }))
            .min(1)
            .max(200),
        }),
      )
      .min(1)
      .max(20),
  }),
  price_level: z.strictObject({
    name: label,
    position: priceLevelRecord.shape.position,
    channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
    windows: z.array(timeWindow).max(50),
    prices: z.array(z.strictObject({ menu_item_id: recordId, price: moneyIn })).max(2_000),
    categories: z
      .array(
        z.strictObject({
          category_id: recordId,
          rate_ppm: priceLevelRecord.shape.categories.element.shape.ratePpm,
        }),
      )
      .max(200),
  }),
  channel_tax: z.strictObject({
    dine_in: channelRate,
    takeout: channelRate,
    delivery: channelRate,
    online: channelRate,
  }),
  sale_times: z.strictObject({
    name: label,
    menu_item_ids: z.array(recordId).max(2_000),
    category_ids: z.array(recordId).max(2_000),
    windows: z.array(timeWindow).min(1).max(50),
  }),
  item_details: z.strictObject({
    /** Null: nobody has said. Empty: none. */
    allergens: z.array(z.enum(ALLERGENS)).max(ALLERGENS.length).nullable(),
    texts: z
      .array(
        z.strictObject({
          language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
          name: label.nullable().default(null),
          description: openText,
        }),
      )
      .max(40),
  }),
  favourites: z.strictObject({ menu_item_ids: z.array(recordId).max(MAX_FAVOURITES) }),
  ingredient: z.strictObject({
    name: label,
    unit: z.string().trim().min(1).max(20).refine(isStorable, 'Invalid input: cannot be stored'),
    par_milli: ingredientRecord.shape.parMilli,
    position: ingredientRecord.shape.position,
  }),
  item_recipe: z.strictObject({ uses, modifiers: modifierUses }),
  modifier_recipe: z.strictObject({ modifiers: modifierUses }),
  inventory_settings: z.strictObject({ sold_out_by: inventorySettingsRecord.shape.soldOutBy }),
  item_picture: z.strictObject({ picture_id: pictureId }),
} as const

const windowOut = z.strictObject({
  days: z.array(z.int()),
  from_minutes: z.int(),
  to_minutes: z.int(),
})
const usesOut = z.array(z.strictObject({ ingredient_id: z.string(), amount_milli: z.int() }))
const modifierUsesOut = z.array(z.strictObject({ modifier_id: z.string(), uses: usesOut }))

export const menuRecordOut = {
  combo: z
    .strictObject({
      name: z.string(),
      description: z.string().nullable(),
      category_id: z.string(),
      position: z.int(),
      price: money,
      slots: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          min: z.int(),
          max: z.int(),
          choices: z.array(z.strictObject({ menu_item_id: z.string(), surcharge: money })),
        }),
      ),
    })
    .meta({ id: 'ComboValue' }),
  price_level: z
    .strictObject({
      name: z.string(),
      position: z.int(),
      channels: z.array(z.enum(CHANNELS)),
      windows: z.array(windowOut),
      prices: z.array(z.strictObject({ menu_item_id: z.string(), price: money })),
      categories: z.array(z.strictObject({ category_id: z.string(), rate_ppm: z.int() })),
    })
    .meta({ id: 'PriceLevelValue' }),
  channel_tax: z
    .strictObject({
      dine_in: z.string().nullable(),
      takeout: z.string().nullable(),
      delivery: z.string().nullable(),
      online: z.string().nullable(),
    })
    .meta({ id: 'ChannelTaxValue' }),
  sale_times: z
    .strictObject({
      name: z.string(),
      menu_item_ids: z.array(z.string()),
      category_ids: z.array(z.string()),
      windows: z.array(windowOut),
    })
    .meta({ id: 'SaleTimesValue' }),
  item_details: z
    .strictObject({
      allergens: z.array(z.enum(ALLERGENS)).nullable(),
      texts: z.array(
        z.strictObject({
          language: z.string(),
          name: z.string().nullable(),
          description: z.string().nullable(),
        }),
      ),
    })
    .meta({ id: 'ItemDetailsValue' }),
  favourites: z
    .strictObject({ menu_item_ids: z.array(z.string()) })
    .meta({ id: 'FavouritesValue' }),
  ingredient: z
    .strictObject({
      name: z.string(),
      unit: z.string(),
      par_milli: z.int().nullable(),
      position: z.int(),
    })
    .meta({ id: 'IngredientValue' }),
  item_recipe: z
    .strictObject({ uses: usesOut, modifiers: modifierUsesOut })
    .meta({ id: 'ItemRecipeValue' }),
  modifier_recipe: z
    .strictObject({ modifiers: modifierUsesOut })
    .meta({ id: 'ModifierRecipeValue' }),
  inventory_settings: z
    .strictObject({ sold_out_by: inventorySettingsRecord.shape.soldOutBy })
    .meta({ id: 'InventorySettingsValue' }),
  item_picture: z.strictObject({ picture_id: z.string() }).meta({ id: 'ItemPictureValue' }),
} as const

export const MENU_RECORD_KINDS = Object.keys(menuRecordIn) as (keyof typeof menuRecordIn)[]
type Kind = keyof typeof menuRecordIn
type In<K extends Kind> = z.output<(typeof menuRecordIn)[K]>
type Out<K extends Kind> = z.output<(typeof menuRecordOut)[K]>

type Windows = RecordValue<'sale_times'>['windows']
const windowsToRest = (windows: Windows) =>
  windows.map(({ days, fromMinutes, toMinutes }) => ({
    days,
    from_minutes: fromMinutes,
    to_minutes: toMinutes,
  }))
const windowsFromRest = (windows: readonly z.output<typeof timeWindow>[]): Windows =>
  windows.map(({ days, from_minutes: fromMinutes, to_minutes: toMinutes }) => ({
    days: [...new Set(days)].toSorted((a, b) => a - b),
    fromMinutes,
    toMinutes,
  }))

type Uses = RecordValue<'item_recipe'>['uses']
const usesToRest = (all: Uses) =>
  all.map(({ ingredientId, amountMilli: amount }) => ({
    ingredient_id: ingredientId,
    amount_milli: amount,
  }))
const usesFromRest = (all: z.output<typeof uses>): Uses =>
  all.map(({ ingredient_id: ingredientId, amount_milli: amount }) => ({
    ingredientId,
    amountMilli: amount,
  }))
const modifiersToRest = (all: RecordValue<'item_recipe'>['modifiers']) =>
  all.map((one) => ({ modifier_id: one.modifierId, uses: usesToRest(one.uses) }))
const modifiersFromRest = (all: z.output<typeof modifierUses>) =>
  all.map((one) => ({ modifierId: one.modifier_id, uses: usesFromRest(one.uses) }))

export const menuRecordToRest: {
  readonly [K in Kind]: (value: RecordValue<K>, currency: string) => Out<K>
} = {
  combo: (combo, currency) => ({
    name: combo.name,
    description: combo.description ?? null,
    category_id: combo.categoryId,
    position: combo.position,
    price: moneyOf(combo.priceMinor, currency),
    slots: combo.slots.map(({ id, name, min, max, choices }) => ({
      id,
      name,
      min,
      max,
      choices: choices.map(({ itemId, surchargeMinor }) => ({
        menu_item_id: itemId,
        surcharge: moneyOf(surchargeMinor, currency),
      })),
    })),
  }),
  price_level: (level, currency) => ({
    name: level.name,
    position: level.position,
    channels: level.channels,
    windows: windowsToRest(level.windows),
    prices: level.prices.map(({ itemId, priceMinor }) => ({
      menu_item_id: itemId,
      price: moneyOf(priceMinor, currency),
    })),
    categories: level.categories.map(({ categoryId, ratePpm }) => ({
      category_id: categoryId,
      rate_ppm: ratePpm,
    })),
  }),
  channel_tax: ({ dineIn, takeout, delivery, online }) => ({
    dine_in: dineIn ?? null,
    takeout: takeout ?? null,
    delivery: delivery ?? null,
    online: online ?? null,
  }),
  sale_times: ({ name, itemIds, categoryIds, windows }) => ({
    name,
    menu_item_ids: itemIds,
    category_ids: categoryIds,
    windows: windowsToRest(windows),
  }),
  item_details: ({ allergens, texts }) => ({ allergens, texts }),
  favourites: ({ itemIds }) => ({ menu_item_ids: itemIds }),
  ingredient: ({ name, unit, parMilli, position }) => ({
    name,
    unit,
    par_milli: parMilli,
    position,
  }),
  item_recipe: (recipe) => ({
    uses: usesToRest(recipe.uses),
    modifiers: modifiersToRest(recipe.modifiers),
  }),
  modifier_recipe: ({ modifiers }) => ({ modifiers: modifiersToRest(modifiers) }),
  inventory_settings: ({ soldOutBy }) => ({ sold_out_by: soldOutBy }),
  item_picture: (shown) => ({ picture_id: shown.pictureId }),
}

export const menuRecordFromRest: {
  readonly [K in Kind]: (value: In<K>) => RecordValue<K>
} = {
  combo: (combo) => ({
    name: combo.name,
    ...(combo.description !== null &&
      combo.description !== '' && { description: combo.description }),
    categoryId: combo.category_id,
    position: combo.position,
    priceMinor: combo.price.amount,
    slots: combo.slots.map(({ id, name, min, max, choices }) => ({
      id,
      name,
      min,
      max,
      choices: choices.map(({ menu_item_id: itemId, surcharge }) => ({
        itemId,
        surchargeMinor: surcharge?.amount ?? 0,
      })),
    })),
  }),
  price_level: (level) => ({
    name: level.name,
    position: level.position,
    channels: [...new Set(level.channels)],
    windows: windowsFromRest(level.windows),
    prices: level.prices.map(({ menu_item_id: itemId, price }) => ({
      itemId,
      priceMinor: price.amount,
    })),
    categories: level.categories.map(({ category_id: categoryId, rate_ppm: ratePpm }) => ({
      categoryId,
      ratePpm,
    })),
  }),
  channel_tax: ({ dine_in: dineIn, takeout, delivery, online }) => ({
    ...(dineIn !== null && { dineIn }),
    ...(takeout !== null && { takeout }),
    ...(delivery !== null && { delivery }),
    ...(online !== null && { online }),
  }),
  sale_times: ({ name, menu_item_ids: itemIds, category_ids: categoryIds, windows }) => ({
    name,
    itemIds: [...new Set(itemIds)],
    categoryIds: [...new Set(categoryIds)],
    windows: windowsFromRest(windows),
  }),
  item_details: ({ allergens, texts }) => ({
    allergens: allergens && [...new Set(allergens)],
    texts,
  }),
  favourites: ({ menu_item_ids: itemIds }) => ({ itemIds: [...new Set(itemIds)] }),
  ingredient: ({ name, unit, par_milli: parMilli, position }) => ({
    name,
    unit,
    parMilli,
    position,
  }),
  item_recipe: (recipe) => ({
    uses: usesFromRest(recipe.uses),
    modifiers: modifiersFromRest(recipe.modifiers),
  }),
  modifier_recipe: ({ modifiers }) => ({ modifiers: modifiersFromRest(modifiers) }),
  inventory_settings: ({ sold_out_by: soldOutBy }) => ({ soldOutBy }),
  item_picture: (shown) => ({ pictureId: shown.picture_id }),
}
