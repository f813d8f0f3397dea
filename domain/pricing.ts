import type { Catalog, MenuItem, ModifierGroup } from './catalog.ts'
import type { LineRequest } from './commands.ts'
import type { OrderEventOf, SoldModifier } from './events.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'

type LineAdded = OrderEventOf<'order.line_added'>

/** Turns what a guest asked for into a line with today's name, price, tax and modifiers (rule M2). */
export function priceLine(
  catalog: Catalog,
  orderId: string,
  lineId: string,
  request: LineRequest,
): Result<LineAdded, Rejection> {
  const item = catalog.menu_item.get(request.itemId)
  if (!item) return refuse({ code: 'unknown_item', itemId: request.itemId })
  if (catalog.availability.get(request.itemId)?.available === false) {
    return refuse({ code: 'item_unavailable', itemId: request.itemId, name: item.name })
  }
  const modifiers = sellModifiers(catalog, item, request.modifierIds)
  if (!modifiers.ok) return modifiers
  const taxRate = catalog.tax_rate.get(item.taxRateId)
  if (!taxRate) return refuse({ code: 'store_not_loaded' })
  return ok({
    type: 'order.line_added',
    orderId,
    lineId,
    itemId: request.itemId,
    name: item.name,
    ...(item.kitchenName !== undefined && { kitchenName: item.kitchenName }),
    quantity: request.quantity,
    unitPriceMinor: item.priceMinor,
    taxRateId: item.taxRateId,
    taxRatePpm: taxRate.ratePpm,
    taxIncluded: taxRate.included,
    modifiers: modifiers.value,
    instructions: request.instructions,
    stationId: item.stationId,
  })
}

/** Looks the modifiers up in the item's groups and holds each group's minimum and maximum. */
export function sellModifiers(
  catalog: Catalog,
  item: MenuItem,
  modifierIds: readonly string[],
): Result<SoldModifier[], Rejection> {
  const groups: { readonly group: ModifierGroup; chosen: number }[] = []
  for (const groupId of item.modifierGroupIds) {
    const group = catalog.modifier_group.get(groupId)
    // A new device may have an item already and not yet what it names: they come from several logs.
    if (!group) return refuse({ code: 'store_not_loaded' })
    groups.push({ group, chosen: 0 })
  }
  const sold: SoldModifier[] = []
  for (const id of modifierIds) {
    const found = findModifier(groups, id)
    if (!found) {
      const possible = groups.flatMap(({ group }) => group.modifiers.map((m) => m.id))
      return refuse({ code: 'invalid_modifier', modifierId: id, itemName: item.name, possible })
    }
    found.entry.chosen += 1
    const { modifier } = found
    sold.push({
      id,
      name: modifier.name,
      ...(modifier.kitchenName !== undefined && { kitchenName: modifier.kitchenName }),
      priceMinor: modifier.priceMinor,
    })
  }
  for (const { group, chosen } of groups) {
    if (chosen < group.min || chosen > group.max) {
      return refuse({
        code: 'modifier_count',
        itemName: item.name,
        groupName: group.name,
        min: group.min,
        max: group.max,
        chosen,
      })
    }
  }
  return ok(sold)
}

function findModifier(groups: { group: ModifierGroup; chosen: number }[], id: string) {
  for (const entry of groups) {
    const modifier = entry.group.modifiers.find((m) => m.id === id)
    if (modifier) return { entry, modifier }
  }
  return undefined
}
