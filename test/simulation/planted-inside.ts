import type { observeClock } from '../../domain/clock.ts'
import type { chainRange } from '../../db/chain.ts'
import type { readEntry } from '../../db/fold-entries.ts'
import type { createEntryTable } from '../../db/sqlite/entry-log.ts'
import type { createOrderProjection } from '../../db/sqlite/order-projection.ts'
import type { decide } from '../../domain/decide.ts'
import type { evolve, OrderState } from '../../domain/evolve.ts'
import type { viewOrder } from '../../domain/order-view.ts'
import type { createRecordProjection } from '../../db/sqlite/record-projection.ts'
import type { verifyCopies } from '../../db/sqlite/verify.ts'
import type { ripen } from '../../sync/held-back.ts'

/**
 * Faults inside the fold, the store and the session: each takes the place of one of their functions
 * while it is switched on.
 */
export interface InnerFault {
  readonly name: string
  /** By which rules' oracles it may be found. */
  readonly rules: readonly string[]
  /** Only where guests pay by card. */
  readonly cards?: boolean
  readonly decide?: (real: typeof decide) => typeof decide
  readonly evolve?: (real: typeof evolve) => typeof evolve
  readonly viewOrder?: (real: typeof viewOrder) => typeof viewOrder
  readonly observeClock?: (real: typeof observeClock) => typeof observeClock
  readonly readEntry?: (real: typeof readEntry) => typeof readEntry
  readonly chainRange?: (real: typeof chainRange) => typeof chainRange
  readonly createEntryTable?: (real: typeof createEntryTable) => typeof createEntryTable
  readonly createOrderProjection?: (
    real: typeof createOrderProjection,
  ) => typeof createOrderProjection
  readonly createRecordProjection?: (
    real: typeof createRecordProjection,
  ) => typeof createRecordProjection
  readonly verifyCopies?: (real: typeof verifyCopies) => typeof verifyCopies
  readonly ripen?: (real: typeof ripen) => typeof ripen
}

export const INNER_FAULTS: readonly InnerFault[] = [
  {
    name: 'carries out a second tap as a new command',
    rules: ['L5'],
    decide: (real) => (state, stamped, context) =>
      real(state && { ...state, commandIds: {} }, stamped, context),
  },
  {
    name: 'captures a card twice that two devices wrote down',
    rules: ['M3', 'F2'],
    cards: true,
    evolve: (real) => (state, event, meta) =>
      event.type === 'order.payment_taken' && event.transactionId !== undefined
        ? real(state, { ...event, paymentId: `${event.paymentId}#${meta.commandId}` }, meta)
        : real(state, event, meta),
  },
  {
    name: 'opens a completed order again',
    rules: ['F1', 'F2'],
    evolve: (real) => (state, event, meta) => {
      const next = real(state, event, meta)
      if (event.type !== 'order.payment_taken' && event.type !== 'order.details_changed')
        return next
      return { ...next, statuses: withoutStatus(next, 'completed') }
    },
  },
  {
    name: 'lets a cancellation be undone',
    rules: ['F2'],
    evolve: (real) => (state, event, meta) => {
      const next = real(state, event, meta)
      if (event.type !== 'order.line_marked') return next
      return { ...next, statuses: withoutStatus(next, 'cancelled') }
    },
  },
  {
    name: 'lets the last to arrive win instead of the latest',
    rules: ['F1', 'F3'],
    evolve: (real) => (state, event, meta) => {
      const arrival = { ...meta, clock: (state.last?.stamp.clock ?? 0) + 1 }
      const late = event.type === 'order.details_changed' && arrival.clock > meta.clock
      return real(state, event, late ? arrival : meta)
    },
  },
  {
    name: 'drops a payment when two devices took one',
    rules: ['F2', 'F3', 'L1'],
    evolve: (real) => (state, event, meta) => {
      const others = Object.values(state.payments).map((fact) => fact.stamp.origin)
      const isSecond = event.type === 'order.payment_taken' && others.some((o) => o !== meta.origin)
      return isSecond ? state : real(state, event, meta)
    },
  },
  {
    name: 'counts a payment for each device that a double tap reached',
    rules: ['F2'],
    evolve: (real) => (state, event, meta) =>
      event.type === 'order.payment_taken'
        ? real(state, { ...event, paymentId: `${event.paymentId} ${meta.origin}` }, meta)
        : real(state, event, meta),
  },
  {
    name: 'undoes a void with a later change',
    rules: ['F1', 'F3'],
    evolve: (real) => (state, event, meta) => {
      const next = real(state, event, meta)
      if (event.type !== 'order.line_changed') return next
      const { voided: _, ...line } = next.lines[event.lineId] ?? {}
      return { ...next, lines: { ...next.lines, [event.lineId]: line } }
    },
  },
  {
    name: 'lets one firing of a double tap displace the other',
    rules: ['F1', 'F3'],
    evolve: (real) => (state, event, meta) => {
      if (event.type !== 'order.fired') return real(state, event, meta)
      const firings = { ...state.firings }
      delete firings[event.firingId]
      return real({ ...state, firings }, event, meta)
    },
  },
  {
    name: 'cooks a line for each firing that names it',
    rules: ['K1'],
    viewOrder: (real) => (state, lenders) => {
      const order = real(state, lenders)
      if (order === null) return null
      const tickets = order.tickets.map((ticket) => {
        const firing = state.firings[ticket.id.slice(0, ticket.id.lastIndexOf('/'))]
        const named = Object.entries(firing?.lines ?? {})
        const here = named.filter(([, line]) => line.value === ticket.stationId)
        return { ...ticket, lineIds: here.map(([lineId]) => lineId) }
      })
      return { ...order, tickets }
    },
  },
  {
    name: 'makes a ticket twice',
    rules: ['K1'],
    viewOrder: (real) => (state, lenders) => {
      const order = real(state, lenders)
      if (order === null || Object.keys(state.firings).length < 2) return order
      return { ...order, tickets: [...order.tickets, ...order.tickets.slice(0, 1)] }
    },
  },
  {
    name: 'loses a cent of the service charge',
    rules: ['M1'],
    viewOrder: (real) => (state, lenders) => {
      const order = real(state, lenders)
      if (order === null || order.totals.serviceChargeMinor % 5 !== 1) return order
      const serviceChargeMinor = order.totals.serviceChargeMinor - 1
      return { ...order, totals: { ...order.totals, serviceChargeMinor } }
    },
  },
  {
    name: 'does not learn the time from others',
    rules: ['T1'],
    observeClock: () => (last) => last,
  },
  {
    name: 'drops the last event of an entry',
    rules: ['F1'],
    readEntry: (real) => (entry) => {
      const read = real(entry)
      const { orderEvents } = read
      return orderEvents.length < 2 ? read : { ...read, orderEvents: orderEvents.slice(0, -1) }
    },
  },
  {
    name: 'takes entries without looking at their hashes',
    rules: ['L2', 'L3'],
    chainRange: () => (_, range) =>
      range.entries.map((content, index) => ({
        ...content,
        origin: range.origin,
        seq: range.fromSeq + index,
        hash: range.lastHash,
      })),
  },
  {
    name: 'verifies the tables and not the log',
    rules: ['L3'],
    verifyCopies: () => () => ({ ok: true, entries: 0, fault: null }),
  },
  {
    name: 'keeps numbers that were given out in a commit that failed',
    rules: ['L1', 'L2'],
    createEntryTable: (real) => (connection) => {
      const table = real(connection)
      return { ...table, settle: () => table.settle(true) }
    },
  },
  {
    name: 'keeps in memory what a failed commit did to an order',
    rules: ['F3', 'L1', 'F1'],
    createOrderProjection: (real) => (connection) => {
      const orders = real(connection)
      return { ...orders, settle: () => orders.settle('committed') }
    },
  },
  {
    name: 'lets the last record to arrive win',
    rules: ['F1', 'F3'],
    createRecordProjection:
      (real) =>
      (...deps) => {
        const records = real(...deps)
        let arrivals = 2 ** 52
        const apply: typeof records.apply = (events) =>
          records.apply(
            events.map((e) => ({ ...e, stamp: { ...e.stamp, clock: (arrivals += 1) } })),
          )
        return { ...records, apply }
      },
  },
  {
    name: 'waits for ever before it hands on what others wrote',
    rules: ['P3'],
    ripen: (real) => (held, nowMs) => real(held, nowMs, 3_600_000),
  },
]

function withoutStatus(state: OrderState, status: string): OrderState['statuses'] {
  return Object.fromEntries(
    Object.entries(state.statuses).filter(([, fact]) => fact.value.status !== status),
  )
}

let active: InnerFault | null = null
export const switchOn = (fault: InnerFault | null): void => {
  active = fault
}

type Part = Exclude<keyof InnerFault, 'name' | 'rules'>

export const isReplaced = (part: Part): boolean => active?.[part] !== undefined

/** A function that is the real one, unless the fault that is switched on replaces it. */
export function replaceable<F>(part: Part, real: F): F {
  const call = (...args: unknown[]): unknown => {
    const replace = active?.[part] as ((f: F) => F) | undefined
    return ((replace === undefined ? real : replace(real)) as (...a: unknown[]) => unknown)(...args)
  }
  return call as F
}
