import type { Channel } from './catalog.ts'
import { compareStamps, type Stamp } from './clock.ts'
import type {
  AlsoAs,
  EventMeta,
  KitchenMark,
  OrderEvent,
  OrderEventOf,
  ServiceCharge,
  SoldModifier,
} from './events.ts'
import type { StoredCustomer } from './customer.ts'
import type { Use } from './inventory.ts'
import type { Discount } from './money.ts'
import type { Split } from './split-schema.ts'
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
  /** Null: it was comped, and is no more. */
  readonly comped?: Fact<{ readonly reason: string | null }>
  /** What one of it uses up. */
  readonly uses?: Fact<readonly Use[]>
  readonly combo?: Fact<LineCombo>
  readonly priceLevel?: Fact<LinePriceLevel>
  readonly seat?: Fact<number | null>
  readonly course?: Fact<number | null>
  readonly mark?: Fact<KitchenMark>
  /** The order that it was moved to last; absent: never moved. */
  readonly place?: Fact<string>
  /** The first time ever; recalling does not take it back (rule F2: furthest reached). */
  readonly firstPreparing?: Fact<null>
  readonly firstReady?: Fact<null>
  /** Every change of it, by the command and its place: what the cook has to be told. */
  readonly edits?: Facts<LineEdit>
  /** How far the parts of other stations are than its own, by station. */
  readonly alsoMarks?: { readonly [stationId: string]: AlsoMarks }
}

export type LineEdit = Pick<
  OrderEventOf<'order.line_changed'>,
  'quantity' | 'modifiers' | 'instructions'
>

export interface AlsoMarks {
  readonly mark?: Fact<KitchenMark>
  readonly firstPreparing?: Fact<null>
  readonly firstReady?: Fact<null>
}

type LineBasis = OrderEventOf<'order.line_basis'>
export type LineCombo = NonNullable<LineBasis['combo']>
export type LinePriceLevel = NonNullable<LineBasis['priceLevel']>

export interface StatusFact {
  readonly status: OrderStatus
  readonly reason: string | null
  /** Of a cancellation: what was known to be begun. */
  readonly made?: OrderEventOf<'order.cancelled'>['made']
  /** And which lines were known to have been moved here. */
  readonly moved?: OrderEventOf<'order.cancelled'>['moved']
  /** Of a cancellation by the clock: see order-timeout.ts. */
  readonly ifPending?: true
}

export interface TicketState {
  readonly bumped?: Fact<boolean>
  /** The device that showed it → when. */
  readonly seen: Facts<null>
  readonly rushed?: Fact<boolean>
  readonly handed?: Fact<boolean>
  /** What changed and the cook has read. */
  readonly changesSeen?: Facts<null>
}

/**
 * One tap may reach two devices, of which each sends the lines that it knows: one firing all the
 * same, of the lines of both.
 */
export interface FiringState {
  readonly fired: Fact<null>
  /** The line → the station that makes it. */
  readonly lines: Facts<string>
  /** Other stations that it goes to, keyed by station and line. */
  readonly also?: Facts<AlsoFired>
}

export interface AlsoFired {
  readonly lineId: string
  readonly stationId: string
  readonly as: AlsoAs
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
  readonly customer?: Fact<StoredCustomer | null>
  readonly scheduledFor?: Fact<string | null>
  readonly promisedFor?: Fact<string | null>
  readonly notes?: Fact<string | null>
  readonly guests?: Fact<number | null>
  readonly pager?: Fact<string | null>
  /** Absent, or null: by the store's rule, as the creation has it. */
  readonly serviceCharge?: Fact<ServiceCharge | null>
  readonly discount?: Fact<{ readonly discount: Discount | null; readonly reason: string | null }>
  readonly split?: Fact<Split | null>
  /** The course → whether it waits. */
  readonly heldCourses: Facts<boolean>
  /** The order into which all of it went. */
  readonly merged?: Fact<string>
  readonly lines: { readonly [lineId: string]: LineState }
  /** See placed-lines.ts. */
  readonly lentTo: { readonly [orderId: string]: true }
  readonly lenders: { readonly [orderId: string]: true }
  /** Keyed by command and status. */
  readonly statuses: Facts<StatusFact>
  readonly firings: { readonly [firingId: string]: FiringState }
  readonly tickets: { readonly [ticketId: string]: TicketState }
  readonly payments: Facts<OrderEventOf<'order.payment_taken'>>
  /** Gift vouchers that were sold with it, by the hash of their codes. */
  readonly vouchers: Facts<OrderEventOf<'order.voucher_sold'>>
  readonly withdrawnVouchers: Facts<null>
  readonly refunds: Facts<OrderEventOf<'order.payment_refunded'>>
  /** What terminals are asked for, keyed by the id of the intent, as is what became of it. */
  readonly intents: Facts<OrderEventOf<'order.payment_intended' | 'order.refund_intended'>>
  readonly cancelAsks: Facts<null>
  readonly failures: Facts<Pick<OrderEventOf<'order.payment_failed'>, 'why' | 'detail'>>
  readonly unclear: Facts<{ readonly detail: string | null }>
  /** Keyed by command and kind. */
  readonly settlements: Facts<OrderEventOf<'order.conflict_settled'>>
  /** The latest stamp of all, for "updated at". */
  readonly last?: Fact<null>
}

/** Without a prototype: an id that another device made up, `constructor` say, is only a key. */
const copyOf = <T extends object>(keyed: T): T => Object.assign(Object.create(null) as T, keyed)

/** Every set of every new order until something is put into it. */
const NOTHING: Readonly<Record<string, never>> = Object.freeze(copyOf({}))

export const emptyOrder = (orderId: string): OrderState => ({
  orderId,
  commandIds: NOTHING,
  heldCourses: NOTHING,
  lines: NOTHING,
  lentTo: NOTHING,
  lenders: NOTHING,
  statuses: NOTHING,
  firings: NOTHING,
  tickets: NOTHING,
  payments: NOTHING,
  vouchers: NOTHING,
  withdrawnVouchers: NOTHING,
  refunds: NOTHING,
  intents: NOTHING,
  cancelAsks: NOTHING,
  failures: NOTHING,
  unclear: NOTHING,
  settlements: NOTHING,
})

/** An event with what the fold needs to know beside it. */
export interface FoldableEvent {
  readonly event: OrderEvent
  readonly meta: EventMeta
}

/** Joins one event into the state. Applying it again, or in another order, changes nothing. */
export const evolve = (state: OrderState, event: OrderEvent, meta: EventMeta): OrderState =>
  evolveAll(state, [{ event, meta }])

/** Joins events into the state, which stays as it is: what they touch is copied once for all. */
export function evolveAll(state: OrderState, events: Iterable<FoldableEvent>): OrderState {
  const draft = draftOf(state)
  for (const { event, meta } of events) join(draft, event, meta)
  return draft.state
}

/** A state in the making: its own top level, and the keyed sets that `own` has copied into it. */
interface Draft {
  readonly state: Writable<OrderState>
  readonly own: <K extends KeyedSet>(set: K) => Writable<OrderState[K]>
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type KeyedSet =
  | 'commandIds'
  | 'heldCourses'
  | 'lines'
  | 'lentTo'
  | 'lenders'
  | 'statuses'
  | 'firings'
  | 'tickets'
  | 'payments'
  | 'vouchers'
  | 'withdrawnVouchers'
  | 'refunds'
  | 'intents'
  | 'cancelAsks'
  | 'failures'
  | 'unclear'
  | 'settlements'

function draftOf(before: OrderState): Draft {
  const state: Writable<OrderState> = { ...before }
  return {
    state,
    own(set) {
      if (state[set] === before[set]) state[set] = copyOf(before[set])
      return state[set]
    },
  }
}

function join(draft: Draft, event: OrderEvent, meta: EventMeta): void {
  const { state, own } = draft
  const { clock, origin, commandId, index } = meta
  const stamp: Stamp = { clock, origin, commandId, index }
  const fact = <T>(value: T): Fact<T> => ({ value, stamp, at: meta.at, actor: meta.actor })
  if (!(meta.commandId in state.commandIds)) own('commandIds')[meta.commandId] = true
  state.last = later(state.last, fact(null))
  switch (event.type) {
    case 'order.created':
      state.created = earlier(state.created, fact(event))
      state.channel = later(state.channel, fact(event.channel))
      state.table = later(state.table, fact(event.table))
      state.customerId = later(state.customerId, fact(event.customerId))
      state.customer = later(state.customer, fact(event.customer))
      state.scheduledFor = later(state.scheduledFor, fact(event.scheduledFor))
      state.notes = later(state.notes, fact(event.notes))
      if (event.pager !== undefined) state.pager = later(state.pager, fact(event.pager))
      return
    case 'order.details_changed':
      if (event.channel !== undefined) state.channel = later(state.channel, fact(event.channel))
      if (event.table !== undefined) state.table = later(state.table, fact(event.table))
      if (event.customerId !== undefined) {
        state.customerId = later(state.customerId, fact(event.customerId))
      }
      if (event.customer !== undefined) {
        state.customer = later(state.customer, fact(event.customer))
      }
      if (event.scheduledFor !== undefined) {
        state.scheduledFor = later(state.scheduledFor, fact(event.scheduledFor))
      }
      if (event.notes !== undefined) state.notes = later(state.notes, fact(event.notes))
      if (event.guests !== undefined) state.guests = later(state.guests, fact(event.guests))
      if (event.pager !== undefined) state.pager = later(state.pager, fact(event.pager))
      return
    case 'order.promised':
      state.promisedFor = later(state.promisedFor, fact(event.promisedFor))
      return
    case 'order.discount_set': {
      const { discount, reason } = event
      state.discount = later(state.discount, fact({ discount, reason }))
      return
    }
    case 'order.service_charge_set':
      state.serviceCharge = later(state.serviceCharge, fact(event.charge))
      return
    case 'order.split_set':
      state.split = later(state.split, fact(event.split))
      return
    case 'order.line_added': {
      const line = lineToWrite(draft, event.lineId)
      line.added = earlier(line.added, fact(event))
      line.quantity = later(line.quantity, fact(event.quantity))
      line.modifiers = later(line.modifiers, fact<readonly SoldModifier[]>(event.modifiers))
      line.instructions = later(line.instructions, fact(event.instructions))
      return
    }
    case 'order.line_basis': {
      const line = lineToWrite(draft, event.lineId)
      if (event.uses !== undefined) line.uses = later(line.uses, fact<readonly Use[]>(event.uses))
      if (event.combo !== undefined) line.combo = earlier(line.combo, fact(event.combo))
      if (event.priceLevel !== undefined) {
        line.priceLevel = earlier(line.priceLevel, fact(event.priceLevel))
      }
      return
    }
    case 'order.line_seated': {
      const line = lineToWrite(draft, event.lineId)
      if (event.seat !== undefined) line.seat = later(line.seat, fact(event.seat))
      if (event.course !== undefined) line.course = later(line.course, fact(event.course))
      return
    }
    case 'order.line_changed': {
      const line = lineToWrite(draft, event.lineId)
      if (event.quantity !== undefined) line.quantity = later(line.quantity, fact(event.quantity))
      if (event.modifiers !== undefined) {
        line.modifiers = later(line.modifiers, fact<readonly SoldModifier[]>(event.modifiers))
      }
      if (event.instructions !== undefined) {
        line.instructions = later(line.instructions, fact(event.instructions))
      }
      const { quantity, modifiers, instructions } = event
      const edits = copyOf(line.edits ?? NOTHING) as Writable<Facts<LineEdit>>
      putEarlier(edits, changeIdOf(stamp), fact({ quantity, modifiers, instructions }))
      line.edits = edits
      return
    }
    case 'order.line_voided': {
      const line = lineToWrite(draft, event.lineId)
      line.voided = earlier(line.voided, fact({ reason: event.reason }))
      return
    }
    case 'order.line_comped': {
      const line = lineToWrite(draft, event.lineId)
      line.comped = later(line.comped, fact({ reason: event.reason }))
      return
    }
    case 'order.line_moved': {
      const { orderId, lineId, toOrderId } = event
      if (orderId !== state.orderId) {
        own('lenders')[orderId] = true
        return
      }
      if (toOrderId !== orderId) own('lentTo')[toOrderId] = true
      const line = lineToWrite(draft, lineId)
      line.place = later(line.place, fact(toOrderId))
      return
    }
    case 'order.merged':
      state.merged = later(state.merged, fact(event.toOrderId))
      return
    case 'order.course_held':
      return putLater(own('heldCourses'), String(event.course), fact(true))
    case 'order.course_fired':
      return putLater(own('heldCourses'), String(event.course), fact(false))
    case 'order.confirmed':
      return putEarlier(own('statuses'), `${meta.commandId}:confirmed`, fact(reached('confirmed')))
    case 'order.preparing':
      return putEarlier(own('statuses'), `${meta.commandId}:preparing`, fact(reached('preparing')))
    case 'order.ready':
      return putEarlier(own('statuses'), `${meta.commandId}:ready`, fact(reached('ready')))
    case 'order.completed':
      return putEarlier(own('statuses'), `${meta.commandId}:completed`, fact(reached('completed')))
    case 'order.cancelled': {
      const cancelled: StatusFact = {
        ...reached('cancelled', event.reason),
        ...(event.made !== undefined && { made: event.made }),
        ...(event.moved !== undefined && { moved: event.moved }),
        ...(event.ifPending && { ifPending: true }),
      }
      return putEarlier(own('statuses'), `${meta.commandId}:cancelled`, fact(cancelled))
    }
    case 'order.fired':
      return fire(own('firings'), event, fact)
    case 'order.fired_also':
      return fireAlso(own('firings'), event, fact)
    case 'order.line_marked':
      return markPart(lineToWrite(draft, event.lineId), event.mark, fact)
    case 'order.also_marked': {
      const line = lineToWrite(draft, event.lineId)
      const parts = copyOf(line.alsoMarks ?? NOTHING) as Record<string, AlsoMarks>
      const part: Writable<AlsoMarks> = { ...parts[event.stationId] }
      markPart(part, event.mark, fact)
      parts[event.stationId] = part
      line.alsoMarks = parts
      return
    }
    case 'order.ticket_bumped': {
      const ticket = ticketToWrite(draft, event.ticketId)
      ticket.bumped = later(ticket.bumped, fact(true))
      return
    }
    case 'order.ticket_recalled': {
      const ticket = ticketToWrite(draft, event.ticketId)
      ticket.bumped = later(ticket.bumped, fact(false))
      return
    }
    case 'order.ticket_seen': {
      const ticket = ticketToWrite(draft, event.ticketId)
      const seen = copyOf(ticket.seen)
      putEarlier(seen, event.deviceId, fact(null))
      ticket.seen = seen
      return
    }
    case 'order.tickets_rushed':
      for (const ticketId of event.ticketIds) {
        const ticket = ticketToWrite(draft, ticketId)
        ticket.rushed = later(ticket.rushed, fact(event.rush))
      }
      return
    case 'order.tickets_handed':
      for (const ticketId of event.ticketIds) {
        const ticket = ticketToWrite(draft, ticketId)
        ticket.handed = later(ticket.handed, fact(event.handed))
      }
      return
    case 'order.changes_seen': {
      const ticket = ticketToWrite(draft, event.ticketId)
      const changesSeen = copyOf(ticket.changesSeen ?? NOTHING) as Writable<Facts<null>>
      for (const id of event.changeIds) putEarlier(changesSeen, id, fact(null))
      ticket.changesSeen = changesSeen
      return
    }
    case 'order.payment_taken':
      return putEarlier(own('payments'), event.paymentId, fact(event))
    case 'order.voucher_sold':
      return putEarlier(own('vouchers'), event.voucherId, fact(event))
    case 'order.voucher_withdrawn':
      return putEarlier(own('withdrawnVouchers'), event.voucherId, fact(null))
    case 'order.payment_refunded':
      return putEarlier(own('refunds'), event.refundId, fact(event))
    case 'order.payment_intended':
      return putEarlier(own('intents'), event.intentId, fact(event))
    case 'order.refund_intended':
      return putEarlier(own('intents'), event.refundId, fact(event))
    case 'order.payment_cancel_asked':
      return putEarlier(own('cancelAsks'), event.intentId, fact(null))
    case 'order.payment_failed': {
      const { intentId, why, detail } = event
      return putEarlier(own('failures'), intentId, fact({ why, detail }))
    }
    case 'order.refund_failed': {
      const { refundId, why, detail } = event
      return putEarlier(own('failures'), refundId, fact({ why, detail }))
    }
    case 'order.payment_unclear':
      return putEarlier(own('unclear'), event.intentId, fact({ detail: event.detail }))
    case 'order.approved':
      // Who approved is for the history; what was approved is in the events beside it.
      return
    case 'order.conflict_settled':
      return putEarlier(own('settlements'), `${meta.commandId}:${event.kind}`, fact(event))
  }
}

const reached = (status: OrderStatus, reason: string | null = null): StatusFact => ({
  status,
  reason,
})

function putEarlier<T>(facts: Writable<Facts<T>>, id: string, fact: Fact<T>): void {
  facts[id] = earlier(facts[id], fact)
}

function putLater<T>(facts: Writable<Facts<T>>, id: string, fact: Fact<T>): void {
  facts[id] = later(facts[id], fact)
}

function fire(
  firings: Writable<OrderState['firings']>,
  { firingId, lines: fired }: OrderEventOf<'order.fired'>,
  fact: <T>(value: T) => Fact<T>,
): void {
  const before = firings[firingId]
  const lines = copyOf(before?.lines ?? {}) as Writable<Facts<string>>
  for (const { lineId, stationId } of fired) putEarlier(lines, lineId, fact(stationId))
  firings[firingId] = { ...before, fired: earlier(before?.fired, fact(null)), lines }
}

function fireAlso(
  firings: Writable<OrderState['firings']>,
  { firingId, lines }: OrderEventOf<'order.fired_also'>,
  fact: <T>(value: T) => Fact<T>,
): void {
  const before = firings[firingId]
  const also = copyOf(before?.also ?? NOTHING) as Writable<Facts<AlsoFired>>
  for (const one of lines) putEarlier(also, `${one.stationId}\n${one.lineId}`, fact(one))
  const fired = earlier(before?.fired, fact(null))
  firings[firingId] = { fired, lines: before?.lines ?? copyOf({}), also }
}

/** Of a line, or of the part of it that another station makes. */
function markPart(
  part: Writable<AlsoMarks>,
  mark: KitchenMark,
  fact: <T>(value: T) => Fact<T>,
): void {
  part.mark = later(part.mark, fact(mark))
  if (mark !== 'queued') part.firstPreparing = earlier(part.firstPreparing, fact(null))
  if (mark === 'ready') part.firstReady = earlier(part.firstReady, fact(null))
}

/** What names one change of a line everywhere, also where an entry was written again (rule L6). */
export const changeIdOf = ({ commandId, index }: Pick<Stamp, 'commandId' | 'index'>): string =>
  `${commandId}.${index}`

/** A copy of the line, in its place in the draft. */
function lineToWrite({ own }: Draft, lineId: string): Writable<LineState> {
  const lines = own('lines')
  const line = { ...lines[lineId] }
  lines[lineId] = line
  return line
}

function ticketToWrite({ own }: Draft, ticketId: string): Writable<TicketState> {
  const tickets = own('tickets')
  const ticket = { ...(tickets[ticketId] ?? { seen: copyOf({}) }) }
  tickets[ticketId] = ticket
  return ticket
}

function later<T>(a: Fact<T> | undefined, b: Fact<T>): Fact<T> {
  return a !== undefined && compareFacts(a, b) >= 0 ? a : b
}

function earlier<T>(a: Fact<T> | undefined, b: Fact<T>): Fact<T> {
  return a !== undefined && compareFacts(a, b) <= 0 ? a : b
}

/**
 * One tap that reached a device and its copy at the same tick gives two facts with one stamp, which
 * may say different things: what they say decides then, so that it is the same everywhere.
 */
function compareFacts<T>(a: Fact<T>, b: Fact<T>): number {
  const difference = compareStamps(a.stamp, b.stamp)
  if (difference !== 0) return difference
  const [textOfA, textOfB] = [textOf(a), textOf(b)]
  return textOfA === textOfB ? 0 : textOfA < textOfB ? -1 : 1
}

/** One spelling, whatever order the members stand in: what was decided here was not parsed yet. */
const textOf = ({ value, at, actor }: Fact<unknown>): string =>
  JSON.stringify([value, at, actor], (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
