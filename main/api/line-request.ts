import type { LineRequest } from '../../domain/commands.ts'
import type { ItemIn } from '../../protocol/rest/order-requests.ts'

/** An item as the caller names it, as the line that the domain is asked for. */
export const lineRequest = (item: ItemIn): LineRequest => ({
  itemId: item.menu_item_id,
  quantity: item.quantity,
  modifierIds: item.modifiers ?? [],
  instructions: item.special_instructions ?? null,
  ...(item.open && { open: { name: item.open.name, priceMinor: item.open.price.amount } }),
  ...(item.seat !== undefined && { seat: item.seat }),
  ...(item.course !== undefined && { course: item.course }),
  ...(item.picks && {
    picks: item.picks.map(({ slot_id: slotId, menu_item_id: itemId, modifiers }) => ({
      slotId,
      itemId,
      modifierIds: modifiers ?? [],
    })),
  }),
})
