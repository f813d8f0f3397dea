import type { Catalog } from '../../../domain/catalog.ts'
import type { LineRequest } from '../../../domain/commands.ts'
import { wishOfSold } from '../../../domain/preparations.ts'
import { isLive, type LineView, type ShownOrder } from '../../../domain/order-view.ts'
import { isOpen } from '../open-orders.ts'

/** The same once more: what a guest says when a round comes. Pure. */

/** The last line that can be had again; a part of a combo cannot without the rest of it. */
export function lastLine(order: ShownOrder | null): LineView | null {
  if (order === null || !isOpen(order)) return null
  const line = order.lines.findLast(isLive)
  return line === undefined || line.combo !== null ? null : line
}

/** What is not sent yet only becomes more. */
export const canGrow = (line: LineView): boolean => !line.fired

export const requestOf = (
  catalog: Pick<Catalog, 'menu_item'> | null,
  line: LineView,
  quantity: number,
): LineRequest => ({
  itemId: line.itemId,
  quantity,
  modifierIds: line.modifiers.map(wishOfSold),
  instructions: line.instructions,
  ...(catalog?.menu_item.get(line.itemId)?.open && {
    open: { name: line.name, priceMinor: line.unitPriceMinor },
  }),
})
