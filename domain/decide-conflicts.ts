import type { OrderCommandOf } from './commands.ts'
import { RESOLUTIONS_OF } from './conflict-kinds.ts'
import { madeLines, MAX_FACTS, movedLines, openConflicts } from './conflicts.ts'
import type { DecideContext, Decision } from './decision.ts'
import type { OrderEvent } from './events.ts'
import type { OrderState } from './evolve.ts'
import type { OrderView } from './order-view.ts'
import { placedLines } from './placed-lines.ts'
import { ok, refuse } from './result.ts'

/**
 * What conflicts rest on (see conflicts.ts): a cancellation says what it knew, and a settlement names
 * the facts that it covers.
 */

export function cancelled(
  state: OrderState,
  { orderId, reason }: OrderCommandOf<'cancelOrder'>,
  { lenders }: DecideContext,
): OrderEvent {
  const placed = placedLines(state, lenders)
  const made = madeLines(orderId, placed)
    .slice(0, MAX_FACTS)
    .map(({ lineId, mark }) => ({ lineId, mark }))
  const moved = movedLines(orderId, placed)
    .slice(0, MAX_FACTS)
    .map(({ lineId }) => lineId)
  return {
    type: 'order.cancelled',
    orderId,
    reason,
    ...(made.length > 0 && { made }),
    ...(moved.length > 0 && { moved }),
  }
}

export function settleConflict(
  order: OrderView,
  command: OrderCommandOf<'settleConflict'>,
): Decision {
  const { kind, resolution, note } = command
  const conflict = openConflicts(order.conflicts).find((open) => open.kind === kind)
  if (!conflict) return refuse({ code: 'conflict_not_found', kind })
  if (!RESOLUTIONS_OF[kind].includes(resolution)) {
    return refuse({ code: 'resolution_not_possible', kind, possible: RESOLUTIONS_OF[kind] })
  }
  const isAsSeen = command.facts?.join('\n') === conflict.facts.join('\n')
  if (command.facts !== undefined && !isAsSeen) return refuse({ code: 'conflict_changed', kind })
  const facts = conflict.facts.slice(0, MAX_FACTS)
  return ok([{ type: 'order.conflict_settled', orderId: order.id, kind, facts, resolution, note }])
}
