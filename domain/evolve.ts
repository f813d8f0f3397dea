import type { Channel } from './catalog.ts'
import { compareStamps, type Stamp } from './clock.ts'
import type {
  Customer,
  EventMeta,
  KitchenMark,
  OrderEvent,
  OrderEventOf,
  SoldModifier,
} from './events.ts'
import type { Discount } from './money.ts'
import type { OrderStatus } from './order-status.ts'

/**
 * The fold of an order. `evolve` is a join: commutative, associative and idempotent, so that the
 * state depends on the set of events and not on the way they came (rule F1). Three building blocks
 * make it so: a register where the later stamp wins, a register where the earlier one wins, and a
 * set keyed by ids that are computed from the command.
 */

/** A value with the stamp of the event that brought it. */
export interface Fact<T> {
  readonly value: T
  readonly stamp: Stamp
  readonly at: string
  readonly actor: string
}

type Facts<T> = { readonly [id: string]: Fact<T> }

export interface LineState {
  readonly added?: Fact<OrderEventOf<'order.line_added'>>
  readonly quantity?: Fact<number>
  readonly modifiers?: Fact<readonly SoldModifier[]>
  readonly instructions?: Fact<string | null>
  readonly voided?: Fact<{ readonly reason: string | null }>
  readonly mark?: Fact<KitchenMark>
  /** The order that it was moved to last; absent: never moved. */
  readonly place?: Fact<string>
  /** The first time ever; recalling does not take it back (rule F2: furthest reached). */
  readonly firstPreparing?: Fact<null>
  readonly firstReady?: Fact<null>
}

export interface StatusFact {
  readonly status: OrderStatus
  readonly reason: string | null
  /** Of a cancellation: what was known to be begun. */
  readonly made?: OrderEventOf<'order.cancelled'>['made']
}

export interface TicketState {
  readonly bumped?: Fact<boolean>
  /** The device that showed it → when. */
  readonly seen: Facts<null>
}

export interface OrderState {
  readonly orderId: string
  /** Every command that touched the order: its size is the order's version (rule L5). */
  readonly commandIds: { readonly [commandId: string]: true }
  /** Absent while only later events of the order have arrived. */
  readonly created?: Fact<OrderEventOf<'order.created'>>
  readonly channel?: Fact<Channel>
  readonly table?: Fact<string | null>
  readonly customerId?: Fact<string | null>
  readonly customer?: Fact<Customer | null>
  readonly scheduledFor?: Fact<string | null>
  readonly notes?: Fact<string | null>
  readonly discount?: Fact<{ readonly discount: Discount | null; readonly reason: string | null }>
  readonly lines: { readonly [lineId: string]: LineState }
  /** See placed-lines.ts. */
  readonly lentTo: { readonly [orderId: string]: true }
  readonly lenders: { readonly [orderId: string]: true }
  /** Keyed by command and status. */
  readonly statuses: Facts<StatusFact>
  readonly firings: Facts<OrderEventOf<'order.fired'>['lines']>
  readonly tickets: { readonly [ticketId: string]: TicketState }
  readonly payments: Facts<OrderEventOf<'order.payment_taken'>>
  readonly refunds: Facts<OrderEventOf<'order.payment_refunded'>>
  /** Keyed by command and kind. */
  readonly settlements: Facts<OrderEventOf<'order.conflict_settled'>>
  /** The latest stamp of all, for "updated at". */
  readonly last?: Fact<null>
}

export const emptyOrder = (orderId: string): OrderState => ({
  orderId,
  commandIds: {},
  lines: {},
  lentTo: {},
  lenders: {},
  statuses: {},
  firings: {},
  tickets: {},
  payments: {},
  refunds: {},
  settlements: {},
})

/** Joins one event into the state. Applying it again, or in another order, changes nothing. */
export function evolve(state: OrderState, event: OrderEvent, meta: EventMeta): OrderState {
  const fact = <T>(value: T): Fact<T> => ({
    value,
    stamp: { clock: meta.clock, origin: meta.origin, index: meta.index },
    at: meta.at,
    actor: meta.actor,
  })
  const touched: OrderState = {
    ...state,
    commandIds:
      meta.commandId in state.commandIds
        ? state.commandIds
        : { ...state.commandIds, [meta.commandId]: true },
    last: later(state.last, fact(null)),
  }
  switch (event.type) {
    case 'order.created':
      return {
        ...touched,
        created: earlier(state.created, fact(event)),
        channel: later(state.channel, fact(event.channel)),
        table: later(state.table, fact(event.table)),
        customerId: later(state.customerId, fact(event.customerId)),
        customer: later(state.customer, fact(event.customer)),
        scheduledFor: later(state.scheduledFor, fact(event.scheduledFor)),
        notes: later(state.notes, fact(event.notes)),
      }
    case 'order.details_changed':
      return {
        ...touched,
        ...(event.channel !== undefined && { channel: later(state.channel, fact(event.channel)) }),
        ...(event.table !== undefined && { table: later(state.table, fact(event.table)) }),
        ...(event.customerId !== undefined && {
          customerId: later(state.customerId, fact(event.customerId)),
        }),
        ...(event.customer !== undefined && {
          customer: later(state.customer, fact(event.customer)),
        }),
        ...(event.scheduledFor !== undefined && {
          scheduledFor: later(state.scheduledFor, fact(event.scheduledFor)),
        }),
        ...(event.notes !== undefined && { notes: later(state.notes, fact(event.notes)) }),
      }
    case 'order.discount_set':
      return {
        ...touched,
        discount: later(state.discount, fact({ discount: event.discount, reason: event.reason })),
      }
    case 'order.line_added':
      return withLine(touched, event.lineId, (line) => ({
        ...line,
        added: earlier(line.added, fact(event)),
        quantity: later(line.quantity, fact(event.quantity)),
        modifiers: later(line.modifiers, fact<readonly SoldModifier[]>(event.modifiers)),
        instructions: later(line.instructions, fact(event.instructions)),
      }))
    case 'order.line_changed':
      return withLine(touched, event.lineId, (line) => ({
        ...line,
        ...(event.quantity !== undefined && {
          quantity: later(line.quantity, fact(event.quantity)),
        }),
        ...(event.modifiers !== undefined && {
          modifiers: later(line.modifiers, fact<readonly SoldModifier[]>(event.modifiers)),
        }),
        ...(event.instructions !== undefined && {
          instructions: later(line.instructions, fact(event.instructions)),
        }),
      }))
    case 'order.line_voided':
      return withLine(touched, event.lineId, (line) => ({
        ...line,
        voided: earlier(line.voided, fact({ reason: event.reason })),
      }))
    case 'order.line_moved': {
      const { orderId, lineId, toOrderId } = event
      if (orderId !== state.orderId) {
        return { ...touched, lenders: { ...state.lenders, [orderId]: true } }
      }
      const isLent = toOrderId !== orderId
      const lentTo: OrderState['lentTo'] = isLent
        ? { ...state.lentTo, [toOrderId]: true }
        : state.lentTo
      return withLine({ ...touched, lentTo }, lineId, (line) => ({
        ...line,
        place: later(line.place, fact(toOrderId)),
      }))
    }
    case 'order.confirmed':
      return withStatus(touched, meta, fact({ status: 'confirmed', reason: null }))
    case 'order.preparing':
      return withStatus(touched, meta, fact({ status: 'preparing', reason: null }))
    case 'order.ready':
      return withStatus(touched, meta, fact({ status: 'ready', reason: null }))
    case 'order.completed':
      return withStatus(touched, meta, fact({ status: 'completed', reason: null }))
    case 'order.cancelled':
      return withStatus(
        touched,
        meta,
        fact({
          status: 'cancelled',
          reason: event.reason,
          ...(event.made !== undefined && { made: event.made }),
        }),
      )
    case 'order.fired':
      return {
        ...touched,
        firings: {
          ...state.firings,
          [event.firingId]: earlier(state.firings[event.firingId], fact(event.lines)),
        },
      }
    case 'order.line_marked':
      return withLine(touched, event.lineId, (line) => ({
        ...line,
        mark: later(line.mark, fact(event.mark)),
        ...(event.mark !== 'queued' && {
          firstPreparing: earlier(line.firstPreparing, fact(null)),
        }),
        ...(event.mark === 'ready' && { firstReady: earlier(line.firstReady, fact(null)) }),
      }))
    case 'order.ticket_bumped':
      return withTicket(touched, event.ticketId, (ticket) => ({
        ...ticket,
        bumped: later(ticket.bumped, fact(true)),
      }))
    case 'order.ticket_recalled':
      return withTicket(touched, event.ticketId, (ticket) => ({
        ...ticket,
        bumped: later(ticket.bumped, fact(false)),
      }))
    case 'order.ticket_seen':
      return withTicket(touched, event.ticketId, (ticket) => ({
        ...ticket,
        seen: {
          ...ticket.seen,
          [event.deviceId]: earlier(ticket.seen[event.deviceId], fact(null)),
        },
      }))
    case 'order.payment_taken':
      return {
        ...touched,
        payments: {
          ...state.payments,
          [event.paymentId]: earlier(state.payments[event.paymentId], fact(event)),
        },
      }
    case 'order.payment_refunded':
      return {
        ...touched,
        refunds: {
          ...state.refunds,
          [event.refundId]: earlier(state.refunds[event.refundId], fact(event)),
        },
      }
    case 'order.conflict_settled': {
      const key = `${meta.commandId}:${event.kind}`
      return {
        ...touched,
        settlements: {
          ...state.settlements,
          [key]: earlier(state.settlements[key], fact(event)),
        },
      }
    }
  }
}

function later<T>(a: Fact<T> | undefined, b: Fact<T>): Fact<T> {
  return a !== undefined && compareStamps(a.stamp, b.stamp) >= 0 ? a : b
}

function earlier<T>(a: Fact<T> | undefined, b: Fact<T>): Fact<T> {
  return a !== undefined && compareStamps(a.stamp, b.stamp) <= 0 ? a : b
}

function withLine(
  state: OrderState,
  lineId: string,
  change: (line: LineState) => LineState,
): OrderState {
  return { ...state, lines: { ...state.lines, [lineId]: change(state.lines[lineId] ?? {}) } }
}

function withTicket(
  state: OrderState,
  ticketId: string,
  change: (ticket: TicketState) => TicketState,
): OrderState {
  const before = state.tickets[ticketId] ?? { seen: {} }
  return { ...state, tickets: { ...state.tickets, [ticketId]: change(before) } }
}

function withStatus(state: OrderState, meta: EventMeta, fact: Fact<StatusFact>): OrderState {
  const key = `${meta.commandId}:${fact.value.status}`
  return {
    ...state,
    statuses: { ...state.statuses, [key]: earlier(state.statuses[key], fact) },
  }
}
