import type { OrderCommand, Stamped } from '../domain/commands.ts'
import { decide, wasTaken } from '../domain/decide.ts'
import type { DecideContext, Decision } from '../domain/decision.ts'
import { parseEvent, type OrderEvent } from '../domain/events.ts'
import type { OrderState } from '../domain/evolve.ts'
import type { OrderView } from '../domain/order-view.ts'
import { assert, refuse } from '../domain/result.ts'

/** An order as it is held, and what it is read together with. */
export interface KnownOrder {
  readonly state: OrderState
  readonly lenders: readonly OrderState[]
  /** Null: nobody has created it yet. */
  readonly view: OrderView | null
}

/**
 * What a command comes to, on a device and at the centre alike. `expectedVersion`: refused where the
 * order has moved on; a command that was taken before is no refusal (rule L5).
 */
export function decideOnHeld(
  held: KnownOrder | undefined,
  stamped: Stamped<OrderCommand>,
  expectedVersion: number | undefined,
  context: Omit<DecideContext, 'lenders' | 'atMs'>,
): Decision {
  const lenders = held?.lenders ?? []
  const isRepeat = held !== undefined && wasTaken(stamped.id, [held.state, ...lenders])
  const actual = held?.view?.version
  if (
    !isRepeat &&
    expectedVersion !== undefined &&
    (actual ?? expectedVersion) !== expectedVersion
  ) {
    return refuse({ code: 'version_mismatch', expected: expectedVersion, actual: actual ?? 0 })
  }
  const decision = decide(held?.state, stamped, {
    ...context,
    lenders,
    atMs: Date.parse(stamped.at),
  })
  if (decision.ok) for (const event of decision.value) assertReadable(event)
  return decision
}

/** An entry is for ever: what no device could read again must not be written at all. */
function assertReadable(event: OrderEvent): void {
  assert(parseEvent(event) !== null, `nobody could read this ${event.type} again`)
}
