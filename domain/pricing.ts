import type { Catalog, MenuItem, RecordValue } from './catalog.ts'
import type { LineRequest } from './commands.ts'
import type { OrderEvent, OrderEventOf } from './events.ts'
import { derivedId } from './ids.ts'
import { usesOf, type Demand, type Use } from './inventory.ts'
import { sellModifiers, type ChosenModifier } from './modifiers.ts'
import { allocate } from './money.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'
import { isOnSale, priceNow, taxRateIdIn, type LevelPrice, type Occasion } from './sale-times.ts'

/**
 * Turns what a guest asked for into lines with the name, price, tax, modifiers and recipe of this
 * hour and channel (rule M2). A combo becomes a line for each pick, so that the kitchen, the taxes,
 * the stock and a split of the bill see what it is made of.
 */
export interface Sale extends Occasion {
  readonly catalog: Catalog
  readonly orderId: string
}

export interface SoldLine extends Demand {
  readonly added: OrderEventOf<'order.line_added'>
  readonly basis: OrderEventOf<'order.line_basis'> | null
  readonly seat?: number
  readonly course?: number
}

export function eventsOf({ added, basis, seat, course }: SoldLine): OrderEvent[] {
  const events: OrderEvent[] = basis === null ? [added] : [added, basis]
  if (seat === undefined && course === undefined) return events
  const { orderId, lineId } = added
  const seated = { ...(seat !== undefined && { seat }), ...(course !== undefined && { course }) }
  return [...events, { type: 'order.line_seated', orderId, lineId, ...seated }]
}

/** `nextLineId` is asked once a line. */
export function priceLines(
  sale: Sale,
  request: LineRequest,
  nextLineId: () => string,
): Result<readonly SoldLine[], Rejection> {
  const { catalog } = sale
  const { itemId } = request
  const combo = catalog.combo.get(itemId)
  const item = catalog.menu_item.get(itemId)
  const sold = item ?? combo
  if (sold === undefined) return refuse({ code: 'unknown_item', itemId })
  const { name, categoryId } = sold
  if (isTakenOff(catalog, itemId)) return refuse({ code: 'item_unavailable', itemId, name })
  if (!isOnSale(catalog, { id: itemId, categoryId }, sale.atMs)) {
    return refuse({ code: 'not_sold_now', itemId, name })
  }
  if (item === undefined) {
    return combo === undefined
      ? refuse({ code: 'unknown_item', itemId })
      : priceCombo(sale, combo, request, nextLineId)
  }
  if (request.picks !== undefined) return refuse({ code: 'not_a_combo', itemId, name })
  if (item.open !== undefined && request.open === undefined) {
    return refuse({ code: 'open_item_needs_price', itemId, name })
  }
  if (item.open === undefined && request.open !== undefined) {
    return refuse({ code: 'not_an_open_item', itemId, name })
  }
  const { open } = request
  const price =
    open === undefined
      ? priceNow(catalog, { id: itemId, ...item }, sale)
      : { priceMinor: open.priceMinor, level: null }
  // What is typed is what the kitchen reads as well.
  const named = open === undefined ? item : { ...withoutKitchenName(item), name: open.name }
  const line = priceLine(sale, itemId, named, request, price, null, nextLineId())
  return line.ok ? ok([line.value]) : line
}

const withoutKitchenName = ({ kitchenName: _, ...item }: MenuItem): MenuItem => item

const isTakenOff = ({ availability }: Catalog, itemId: string): boolean =>
  availability.get(itemId)?.available === false

function priceLine(
  { catalog, orderId, channel }: Sale,
  itemId: string,
  item: MenuItem,
  request: Pick<LineRequest, 'quantity' | 'modifierIds' | 'instructions'>,
  { priceMinor, level }: LevelPrice,
  combo: OrderEventOf<'order.line_basis'>['combo'] | null,
  lineId: string,
): Result<SoldLine, Rejection> {
  const chosen = sellModifiers(catalog, item, request.modifierIds)
  if (!chosen.ok) return chosen
  const taxRateId = taxRateIdIn(catalog, item.taxRateId, channel)
  const taxRate = catalog.tax_rate.get(taxRateId)
  if (!taxRate) return refuse({ code: 'store_not_loaded' })
  const uses = usesOf(catalog, itemId, chosen.value.map(choiceOf))
  const { quantity, instructions } = request
  return ok({
    itemId,
    name: item.name,
    quantity,
    uses,
    added: {
      type: 'order.line_added',
      orderId,
      lineId,
      itemId,
      name: item.name,
      ...(item.kitchenName !== undefined && { kitchenName: item.kitchenName }),
      quantity,
      unitPriceMinor: priceMinor,
      taxRateId,
      taxRatePpm: taxRate.ratePpm,
      taxIncluded: taxRate.included,
      modifiers: chosen.value.map(({ sold }) => sold),
      instructions,
      stationId: item.stationId,
    },
    basis: basisOf({ orderId, lineId }, uses, combo, level),
  })
}

export const choiceOf = ({ groupId, sold, times }: ChosenModifier) => ({
  groupId,
  modifierId: sold.id,
  times,
})

/** Nothing is written of a line that has no more to it than an item at its own price. */
function basisOf(
  line: { readonly orderId: string; readonly lineId: string },
  uses: readonly Use[],
  combo: OrderEventOf<'order.line_basis'>['combo'] | null,
  priceLevel: LevelPrice['level'],
): SoldLine['basis'] {
  if (uses.length === 0 && !combo && priceLevel === null) return null
  return {
    type: 'order.line_basis',
    ...line,
    ...(uses.length > 0 && { uses: [...uses] }),
    ...(combo && { combo }),
    ...(priceLevel !== null && { priceLevel }),
  }
}

/**
 * The price of a combo is spread over its picks by the menu's own prices of them, to the largest
 * remainders; what a pick costs beside it stays with the pick.
 */
function priceCombo(
  sale: Sale,
  combo: RecordValue<'combo'>,
  { itemId: comboId, quantity, modifierIds, instructions, picks = [] }: LineRequest,
  nextLineId: () => string,
): Result<readonly SoldLine[], Rejection> {
  const { catalog } = sale
  if (modifierIds.length > 0) {
    const [modifierId = ''] = modifierIds
    return refuse({ code: 'invalid_modifier', modifierId, itemName: combo.name, possible: [] })
  }
  const chosen: { item: MenuItem; pick: (typeof picks)[number]; surchargeMinor: number }[] = []
  for (const pick of picks) {
    const slot = combo.slots.find(({ id }) => id === pick.slotId)
    const choice = slot?.choices.find(({ itemId }) => itemId === pick.itemId)
    if (choice === undefined) {
      const possible = (slot ? [slot] : combo.slots).flatMap(({ id, choices }) =>
        choices.map(({ itemId }) => `${id}/${itemId}`),
      )
      const { slotId, itemId } = pick
      return refuse({ code: 'invalid_pick', slotId, itemId, comboName: combo.name, possible })
    }
    const item = catalog.menu_item.get(choice.itemId)
    if (item === undefined) return refuse({ code: 'store_not_loaded' })
    if (isTakenOff(catalog, choice.itemId)) {
      return refuse({ code: 'item_unavailable', itemId: choice.itemId, name: item.name })
    }
    chosen.push({ item, pick, surchargeMinor: choice.surchargeMinor })
  }
  for (const { id, name, min, max } of combo.slots) {
    const count = chosen.filter(({ pick }) => pick.slotId === id).length
    if (count < min || count > max) {
      const counts = { min, max, chosen: count }
      return refuse({ code: 'modifier_count', itemName: combo.name, groupName: name, ...counts })
    }
  }
  if (chosen.length === 0) return refuse({ code: 'empty_combo', comboName: combo.name })
  const { priceMinor, level } = priceNow(catalog, { id: comboId, ...combo }, sale)
  const shares = allocate(
    priceMinor,
    chosen.map(({ item }) => item.priceMinor),
  )
  const lines: SoldLine[] = []
  let id: string | null = null
  for (const [index, { item, pick, surchargeMinor }] of chosen.entries()) {
    const lineId = nextLineId()
    id ??= lineId
    const price = { priceMinor: (shares[index] ?? 0) + surchargeMinor, level }
    const wish = { quantity, modifierIds: pick.modifierIds, instructions }
    const part = { id, comboId, name: combo.name }
    const line = priceLine(sale, pick.itemId, item, wish, price, part, lineId)
    if (!line.ok) return line
    lines.push(line.value)
  }
  return ok(lines)
}

/** Ids of lines, one after the other, of one command. */
export function lineIdsOf(commandId: string): () => string {
  let index = 0
  return () => derivedId(commandId, index++)
}
