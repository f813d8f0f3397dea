import type { OrderCommandOf } from './commands.ts'
import type { Decision } from './decision.ts'
import { findLine, liveLines } from './order-parts.ts'
import type { OrderView } from './order-view.ts'
import { ok, refuse } from './result.ts'

/** Says how a bill is shared, or, with null, that it is one again. */
export function splitOrder(order: OrderView, { split }: OrderCommandOf<'splitOrder'>): Decision {
  const set = { type: 'order.split_set', orderId: order.id, split } as const
  if (split === null) return ok(order.split === null ? [] : [set])
  if (liveLines(order).length === 0) return refuse({ code: 'empty_order' })
  if (split.kind === 'seats' && liveLines(order).every(({ seat }) => seat === null)) {
    return refuse({ code: 'no_seats' })
  }
  if (split.kind === 'items') {
    const lineIds = split.groups.flat()
    for (const [index, lineId] of lineIds.entries()) {
      const line = findLine(order, lineId)
      if (!line.ok) return line
      if (lineIds.indexOf(lineId) !== index) {
        return refuse({ code: 'item_split_twice', lineId, name: line.value.name })
      }
    }
  }
  return ok([set])
}
