import { actsWithApproval, needsApproval, type Approvable } from './approvals.ts'
import { STORE_RECORD_ID } from './catalog.ts'
import type { OrderCommand, OrderCommandOf, Stamped } from './commands.ts'
import { isSentAsPlaced } from './auto-confirm.ts'
import { cancelled, settleConflict } from './decide-conflicts.ts'
import {
  confirmAndFire,
  fireCourse,
  holdCourse,
  markLines,
  markSelected,
  sendToKitchen,
} from './decide-kitchen.ts'
import { addLines, changeLine, compLine, moveLines, voidLine } from './decide-lines.ts'
import { mergeOrder } from './decide-merge.ts'
import { cancelPayment, recordOutcome, settlePayment } from './decide-intents.ts'
import { refundPayment, takePayment } from './decide-payments.ts'
import { splitOrder } from './decide-split.ts'
import { promise } from './decide-promises.ts'
import {
  bumpTicket,
  handTickets,
  recallTicket,
  rushTickets,
  seeChanges,
  seeTickets,
} from './decide-tickets.ts'
import { sellVoucher, withdrawVoucher } from './decide-vouchers.ts'
import { notFrom, type DecideContext, type Decision } from './decision.ts'
import type { OrderEvent } from './events.ts'
import { emptyOrder, evolve, type OrderState } from './evolve.ts'
import { MAX_MINOR } from './money.ts'
import { liveLines } from './order-parts.ts'
import { PERMITTED } from './order-status.ts'
import { timedOut } from './order-timeout.ts'
import { viewOrder, type OrderView } from './order-view.ts'
import { assert, ok, refuse } from './result.ts'
import { schedulingFault } from './scheduling.ts'

/**
 * The rules of an order: a wish becomes the events of one entry, or a refusal that says why. Pure.
 * A command that the order has seen already gives no events (rule L5).
 */
export function decide(
  state: OrderState | undefined,
  stamped: Stamped<OrderCommand>,
  context: DecideContext,
): Decision {
  const { command } = stamped
  const order = state && viewOrder(state, context.lenders)
  if (order && wasTaken(stamped.id, [state, ...context.lenders])) return ok([])
  if (command.type === 'createOrder') {
    if (order) return refuse({ code: 'order_exists', orderId: command.orderId })
    return withApproval(stamped, null, createOrder({ ...stamped, command }, context), context)
  }
  if (!state || !order) return refuse({ code: 'order_not_found', orderId: command.orderId })
  if (!PERMITTED[order.status][command.type]) return notFrom(order.status, command)
  const decision = decideOn(state, order, { ...stamped, command }, context)
  if (!decision.ok || decision.value.length === 0) return decision
  if (command.type === 'changeDetails' && command.overbook && stamped.role === 'service') {
    return refuse({ code: 'forbidden', role: stamped.role, command: command.type })
  }
  const approved = withApproval(stamped, order, decision, context)
  return approved.ok ? ok([...missingStatusFacts(state, order), ...approved.value]) : approved
}

/** What a manager has approved says so beside it; what needs a manager is refused without (A3). */
function withApproval(
  { role, approval, command }: Stamped<OrderCommand>,
  order: OrderView | null,
  decision: Decision,
  { catalog }: DecideContext,
): Decision {
  const isToApprove = role !== undefined && actsWithApproval(role)
  if (!decision.ok || !isToApprove || !needsApproval(command, order, catalog)) return decision
  if (approval === undefined) {
    return refuse({ code: 'approval_required', command: command.type as Approvable })
  }
  const { by: approvedBy, at: approvedAt } = approval
  const word = { command: command.type as Approvable, approvedBy, approvedAt }
  return ok([...decision.value, { type: 'order.approved', orderId: command.orderId, ...word }])
}

/** A command on a line that was moved here is written where the line was sold. */
export const wasTaken = (commandId: string, states: readonly OrderState[]): boolean =>
  states.some((state) => commandId in state.commandIds)

type ExistingCommand = Exclude<OrderCommand, { type: 'createOrder' }>

function decideOn(
  state: OrderState,
  order: OrderView,
  { id, at, command }: Stamped<ExistingCommand>,
  context: DecideContext,
): Decision {
  switch (command.type) {
    case 'addLines':
      return addLines(id, order, liveLines(order), command.lines, context)
    case 'changeLine':
      return changeLine(order, command, context)
    case 'moveLines':
      return moveLines(order, command, context)
    case 'mergeOrder':
      return mergeOrder(order, command, context)
    case 'voidLine':
      return voidLine(order, command)
    case 'compLine':
      return compLine(order, command)
    case 'changeDetails': {
      const fault = schedulingFault(command.scheduledFor, at)
      if (fault !== null) return refuse(fault)
      return changeDetails(order, { at, command }, context)
    }
    case 'splitOrder':
      return splitOrder(order, command)
    case 'setDiscount':
      return command.discount !== null && command.reason === null
        ? refuse({ code: 'reason_required' })
        : ok([{ ...command, type: 'order.discount_set' }])
    case 'setServiceCharge':
      return setServiceCharge(order, command)
    case 'sendToKitchen':
      return sendToKitchen(id, order, context, command.early)
    case 'confirmOrder':
      return sendToKitchen(id, order, context)
    case 'holdCourse':
      return holdCourse(order, command)
    case 'fireCourse':
      return fireCourse(id, order, command, context)
    case 'startPreparing':
      return markSelected(order, command, 'preparing')
    case 'markReady':
      return markSelected(order, command, 'ready')
    case 'completeOrder':
      return ok([{ type: 'order.completed', orderId: order.id }])
    case 'cancelOrder':
      return ok([cancelled(state, command, context)])
    case 'timeOutOrder':
      return ok(timedOut(state))
    case 'markLines':
      return markLines(order, command)
    case 'bumpTicket':
      return bumpTicket(order, command)
    case 'recallTicket':
      return recallTicket(order, command)
    case 'seeTickets':
      return seeTickets(order, command)
    case 'rushTickets':
      return rushTickets(order, command)
    case 'handTickets':
      return handTickets(order, command)
    case 'seeChanges':
      return seeChanges(order, command)
    case 'takePayment':
      return takePayment(id, order, command, context)
    case 'refundPayment':
      return refundPayment(id, order, command, context)
    case 'sellVoucher':
      return sellVoucher(order, command, context)
    case 'withdrawVoucher':
      return withdrawVoucher(order, command, context)
    case 'cancelPayment':
      return cancelPayment(order, command)
    case 'settlePayment':
      return settlePayment(id, order, command, context)
    case 'recordOutcome':
      return recordOutcome(id, order, command, context)
    case 'settleConflict':
      return settleConflict(order, command)
  }
}

function createOrder(
  { id: commandId, at, command }: Stamped<OrderCommandOf<'createOrder'>>,
  context: DecideContext,
): Decision {
  const fault = schedulingFault(command.scheduledFor, at)
  if (fault !== null) return refuse(fault)
  const store = context.catalog.store.get(STORE_RECORD_ID)
  if (!store) return refuse({ code: 'store_not_loaded' })
  const { type: _, lines, promisedFor, ...details } = command
  const created: OrderEvent = {
    type: 'order.created',
    ...details,
    number: context.orderNumber,
    businessDay: context.businessDay,
    currency: store.currency,
    taxRounding: store.taxRounding,
    serviceChargePpm: command.channel === 'dine_in' ? store.serviceChargePpm : 0,
    ...(command.channel === 'dine_in' &&
      store.serviceChargeFromGuests !== undefined && {
        serviceChargeFromGuests: store.serviceChargeFromGuests,
      }),
  }
  const { orderId, channel } = command
  const added = addLines(commandId, { id: orderId, channel }, [], lines, context)
  if (!added.ok) return added
  const items = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const promised = promise({ orderId, promisedFor }, items, at, context)
  if (!promised.ok) return promised
  const events = [created, ...promised.value, ...added.value]
  return isSentAsPlaced(context.catalog, command, context.autoConfirm)
    ? ok([...events, ...confirmAndFire(commandId, viewOf(orderId, events, at), context)])
    : ok(events)
}

/** An order that is about to be: what a clock and an origin would say of it is asked by nobody. */
function viewOf(orderId: string, events: readonly OrderEvent[], at: string): OrderView {
  const meta = { origin: '', clock: 1, commandId: '', at, actor: '' }
  const state = events.reduce(
    (before, event, index) => evolve(before, event, { ...meta, index }),
    emptyOrder(orderId),
  )
  const view = viewOrder(state, [])
  assert(view !== null, 'an order that was created can be read')
  return view
}

function changeDetails(
  order: OrderView,
  { at, command }: Pick<Stamped<OrderCommandOf<'changeDetails'>>, 'at' | 'command'>,
  context: DecideContext,
): Decision {
  const { type: _, promisedFor, overbook, ...details } = command
  const items = liveLines(order).reduce((sum, { quantity }) => sum + quantity, 0)
  const promised = promise({ orderId: order.id, promisedFor, overbook }, items, at, context)
  if (!promised.ok) return promised
  const isChanged = Object.keys(details).length > 1
  return ok([
    ...(isChanged || promised.value.length === 0
      ? [{ type: 'order.details_changed', ...details } as const]
      : []),
    ...promised.value,
  ])
}

function setServiceCharge(
  order: OrderView,
  { charge, reason }: OrderCommandOf<'setServiceCharge'>,
): Decision {
  if (charge !== null && !reason?.trim()) return refuse({ code: 'reason_required' })
  const amountMinor = charge?.kind === 'amount' ? charge.amountMinor : 0
  return order.totals.subtotalMinor + amountMinor > MAX_MINOR
    ? refuse({ code: 'amount_too_large', maxMinor: MAX_MINOR })
    : ok([{ type: 'order.service_charge_set', orderId: order.id, charge, reason }])
}

/** Writes down what the order's state shows but no event says yet (see `viewOrder`). */
function missingStatusFacts(state: OrderState, order: OrderView): OrderEvent[] {
  const written = new Set(Object.values(state.statuses).map((fact) => fact.value.status))
  return order.statusHistory.flatMap((fact): OrderEvent[] => {
    if (written.has(fact.status)) return []
    if (fact.status === 'preparing') return [{ type: 'order.preparing', orderId: order.id }]
    if (fact.status === 'ready') return [{ type: 'order.ready', orderId: order.id }]
    return []
  })
}
