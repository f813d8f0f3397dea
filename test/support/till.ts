import { STORE_RECORD_ID } from '../../domain/catalog.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import type { EntryRange } from '../../domain/log.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { assert } from '../../domain/result.ts'
import { openConnection } from '../../db/sqlite/connection.ts'
import { createIdentity } from '../../db/sqlite/identity.ts'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { openStore, type Store } from '../../db/sqlite/store.ts'
import { demoRecords } from '../../main/demo/demo-records.ts'

/**
 * A till without its process: the real log and the real rules in a throw-away SQLite, with a clock
 * and ids that are the same in every run.
 */
export interface Till {
  readonly store: Store
  readonly run: (command: OrderCommand) => OrderView
  readonly setRecords: (records: readonly RecordEvent[]) => void
  readonly digest: () => string
  /** Everything held that lies beyond a frontier, in ranges of at most so many entries. */
  readonly rangesBeyond: (
    frontier: ReadonlyMap<string, number>,
    maxEntries?: number,
  ) => EntryRange[]
  readonly learnFrom: (other: Till) => void
  readonly close: () => void
}

const START_MS = Date.UTC(2026, 5, 1, 10)
const MAX_BYTES = 100_000_000

/** `origin` also names the device. The founder's log begins with the store's records. */
export async function openTill(storeId: string, origin: string, code: string): Promise<Till> {
  const connection = await openConnection(':memory:')
  let ticks = 0
  const nowMs = (): number => START_MS + (ticks += 1) * 100
  const newCommandId = (): string => `${origin}-c${(ticks += 1)}`
  const stamp = <C>(command: C) => ({
    id: newCommandId(),
    at: new Date(nowMs()).toISOString(),
    actor: `device:${origin}`,
    command,
  })
  const identity = {
    store_id: storeId,
    device_id: origin,
    device_name: `Till ${code}`,
    device_role: 'terminal',
    device_code: code,
    origin,
    upstream_token: 'a-token',
  }
  const founding = { nowMs: nowMs(), stamped: stamp(foundingRecords(origin, code)) }
  createIdentity(connection, identity, code === 'A' ? founding : null)
  const cardTerminal = { provider: 'simulated', terminalId: 'desk' }
  const settings = { maxItemsPerOrder: 50, autoConfirm: true, cardTerminal }
  const store = openStore({
    connection,
    nowMs,
    newId: newCommandId,
    settings,
    onListenerError: (error) => {
      throw error
    },
  })

  const till: Till = {
    store,
    run: (command) => {
      const result = store.execute(stamp(command))
      assert(
        result.ok,
        `${command.type} was refused: ${JSON.stringify(!result.ok && result.error)}`,
      )
      return result.value
    },
    setRecords: (records) => void store.setRecords(stamp(records)),
    digest: () => digestOf(connection),
    rangesBeyond: (frontier, maxEntries = 500) => {
      const ranges: EntryRange[] = []
      for (const [held, toSeq] of store.frontier()) {
        for (let fromSeq = (frontier.get(held) ?? 0) + 1; fromSeq <= toSeq;) {
          const range = store.readRange(held, fromSeq, maxEntries, MAX_BYTES)
          assert(range, `${held}:${fromSeq} is held`)
          ranges.push(range)
          fromSeq += range.entries.length
        }
      }
      return ranges
    },
    learnFrom: (other) => void store.ingest(other.rangesBeyond(store.frontier())),
    close: () => connection.close(),
  }
  return till
}

/** Made once: the staff's PINs take their time to hash. */
const menu = demoRecords().map((record) => ({ type: 'record.set', ...record }) as RecordEvent)

const foundingRecords = (deviceId: string, code: string): RecordEvent[] => [
  {
    type: 'record.set',
    kind: 'store',
    id: STORE_RECORD_ID,
    value: {
      name: 'Chez Test',
      currency: 'USD',
      timeZone: 'America/New_York',
      dayStartsAtMinutes: 240,
      taxRounding: 'line',
      serviceChargePpm: 0,
      payLaterChannels: ['dine_in', 'takeout'],
    },
  },
  {
    type: 'record.set',
    kind: 'device',
    id: deviceId,
    value: { name: `Till ${code}`, role: 'terminal', code, origin: deviceId, admittedBy: null },
  },
  ...menu,
]

/** Rings up an order of two dishes and a drink. */
export const ringUp = (till: Till, orderId: string): OrderView =>
  till.run({
    type: 'createOrder',
    orderId,
    channel: 'dine_in',
    table: '7',
    customerId: null,
    customer: null,
    locationId: null,
    scheduledFor: null,
    notes: null,
    lines: [
      { itemId: 'soup-of-the-day', quantity: 2, modifierIds: [], instructions: 'hot' },
      { itemId: 'burger-classic', quantity: 1, modifierIds: ['extra_cheese'], instructions: null },
      { itemId: 'cola-bottle', quantity: 3, modifierIds: [], instructions: null },
    ],
  })

/** The whole life of an order: sent, made, paid, handed over. */
export function serve(till: Till, orderId: string): OrderView {
  ringUp(till, orderId)
  till.run({ type: 'sendToKitchen', orderId })
  till.run({ type: 'startPreparing', orderId })
  till.run({ type: 'markReady', orderId })
  return payInFull(till, orderId)
}

export function payInFull(till: Till, orderId: string): OrderView {
  const order = till.store.order(orderId)
  assert(order, `order ${orderId} is held`)
  return till.run({
    type: 'takePayment',
    orderId,
    method: 'cash',
    amountMinor: order.totals.dueMinor,
    tipMinor: 100,
    tenderedMinor: null,
  })
}
