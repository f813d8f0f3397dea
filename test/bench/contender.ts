import { newId } from '../../main/new-id.ts'

/**
 * What the bench asks of everyone that keeps a store's orders: of this house and of the rivals in
 * `rivals/`. Each is used as its own guide says, with the way to disk that its users would take.
 */
export interface Contender {
  readonly name: string
  /** What survives a power cut, in a few words. */
  readonly durability: string
  /** Rows that would take minutes use this many orders at most, and say so. */
  readonly maxOrders: number
  /** Opens the file of this device, or begins it. */
  readonly open: (file: string, device: string) => Promise<Replica>
}

type MaybePromise<T> = T | Promise<T>

/** One device's copy of the orders. */
export interface Replica {
  /** Writes a new order in one commit, as durable as this contender makes it. */
  readonly ringUp: (order: SoldOrder) => MaybePromise<void>
  /** Adds a line to an order, in one commit. */
  readonly addLine: (orderId: string, line: SoldLine) => MaybePromise<void>
  /** Takes over what this one lacks of the other, durably. */
  readonly pull: (from: Replica) => MaybePromise<void>
  /** Writes many orders as fast as it can. */
  readonly fill: (orders: readonly SoldOrder[]) => MaybePromise<void>
  readonly countOrders: () => MaybePromise<number>
  readonly countLines: () => MaybePromise<number>
  /** The open orders with their lines, as a screen would list them. */
  readonly openOrders: () => MaybePromise<readonly unknown[]>
  readonly close: () => MaybePromise<void>
}

/** A rival has no peers of its own: the bench carries what it wants to say over a bare WebSocket. */
export interface Rival extends Contender {
  readonly open: (file: string, device: string) => Promise<RivalReplica>
}

export interface RivalReplica extends Replica {
  /** What tells another device of the last order that was rung up here. */
  readonly lastChange: () => Uint8Array
  /** What a device that holds nothing needs to hold all of this, in the order of sending. */
  readonly everything: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** Takes what another device's `lastChange` or `everything` gave, and is done when it is stored. */
  readonly take: (change: Uint8Array) => MaybePromise<void>
}

/** The facts of a sold order: the same for everyone, named as this house's events name them. */
export interface SoldOrder {
  readonly id: string
  readonly number: string
  readonly businessDay: string
  readonly status: 'pending' | 'completed'
  readonly channel: string
  readonly table: string | null
  readonly customerId: string | null
  readonly locationId: string | null
  readonly scheduledFor: string | null
  readonly notes: string | null
  readonly currency: string
  readonly taxRounding: string
  readonly serviceChargePpm: number
  readonly at: string
  readonly actor: string
  readonly commandId: string
  readonly lines: readonly SoldLine[]
}

export interface SoldLine {
  readonly id: string
  readonly itemId: string
  readonly name: string
  readonly quantity: number
  readonly unitPriceMinor: number
  readonly taxRateId: string
  readonly taxRatePpm: number
  readonly taxIncluded: boolean
  readonly modifiers: readonly { readonly id: string; name: string; priceMinor: number }[]
  readonly instructions: string | null
  readonly stationId: string | null
}

const EXTRA_CHEESE = { id: 'extra_cheese', name: 'Extra cheese', priceMinor: 150 }
const NO_ONIONS = { id: 'no_onions', name: 'No onions', priceMinor: 0 }
const NO_PICKLES = { id: 'no_pickles', name: 'No pickles', priceMinor: 0 }

/** What `tableForTwo` becomes once it is priced; whoever is given it need not price anything. */
export function soldOrder(status: SoldOrder['status'] = 'pending'): SoldOrder {
  const at = new Date().toISOString()
  const commandId = newId()
  return {
    id: newId(),
    number: 'A-001',
    businessDay: at.slice(0, 10),
    status,
    channel: 'dine_in',
    table: '5',
    customerId: null,
    locationId: null,
    scheduledFor: null,
    notes: null,
    currency: 'USD',
    taxRounding: 'line',
    serviceChargePpm: 0,
    at,
    actor: 'staff:bench',
    commandId,
    lines: [
      soldLine(`${commandId}.0`, 2, [EXTRA_CHEESE, NO_ONIONS]),
      soldLine(`${commandId}.1`, 1, [NO_PICKLES]),
      soldLine(`${commandId}.2`, 1),
      soldLine(`${commandId}.3`, 1),
    ],
  }
}

export const soldLine = (
  id: string,
  quantity = 1,
  modifiers: SoldLine['modifiers'] = [],
): SoldLine => ({
  id,
  itemId: 'burger-classic',
  name: 'Classic burger',
  quantity,
  unitPriceMinor: 1_250,
  taxRateId: 'food',
  taxRatePpm: 88_750,
  taxIncluded: false,
  modifiers,
  instructions: modifiers.length > 1 ? 'Well done' : null,
  stationId: 'grill',
})
