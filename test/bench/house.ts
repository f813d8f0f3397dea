import { chainHash, CHAIN_START } from '../../db/chain.ts'
import { isClosed } from '../../db/sqlite/order-projection.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { nextClock } from '../../domain/clock.ts'
import { lastSeqOf, missingRanges, type EntryContent } from '../../domain/log.ts'
import { MAX_ENTRIES_PER_FRAME } from '../../protocol/limits.ts'
import { newId } from '../../main/new-id.ts'
import { openBenchStore, ringUp, tableForTwo } from './bench-store.ts'
import type { Contender, Replica, SoldOrder } from './contender.ts'

/** This house, measured as the rivals are. */
export const house: Contender = {
  name: 'this house',
  durability: 'log and tables in SQLite, WAL, synchronous=FULL: survives a power cut',
  maxOrders: 100_000,
  open: async (file, device) => houseReplica(await openBenchStore(file, device, device === 'A')),
}

const logs = new WeakMap<Replica, Store>()
const FRAME_BYTES = 8_000_000

function houseReplica(store: Store): Replica {
  const count = (table: 'orders' | 'order_items'): number =>
    Number(store.connection.raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
  const replica: Replica = {
    ringUp: (order) => ringUp(store, { ...tableForTwo(), orderId: order.id }),
    addLine(orderId, line) {
      const request = { itemId: line.itemId, quantity: line.quantity, modifierIds: [] }
      const lines = [{ ...request, instructions: line.instructions }]
      const command = { type: 'addLines', orderId, lines } as const
      const at = new Date().toISOString()
      const result = store.execute({ id: newId(), at, actor: 'staff:bench', command })
      if (!result.ok) throw new Error(JSON.stringify(result.error))
    },
    pull(from) {
      const other = logs.get(from)
      if (!other) return
      // As a device does after a burst: nothing goes out without a signature.
      other.signRest()
      for (const { origin, fromSeq, toSeq } of missingRanges(other.frontier(), store.frontier())) {
        for (let seq = fromSeq; seq <= toSeq;) {
          const range = other.readRange(origin, seq, MAX_ENTRIES_PER_FRAME, FRAME_BYTES)
          if (range === null) break
          store.ingest([range])
          seq = lastSeqOf(range) + 1
        }
      }
    },
    fill: (orders) => fill(store, orders),
    countOrders: () => count('orders'),
    countLines: () => count('order_items'),
    openOrders: () => store.openOrders().filter((order) => !isClosed(order)),
    close: () => store.close(),
  }
  logs.set(replica, store)
  return replica
}

/** Through the real ingest, as entries of another till that come in full frames. */
function fill(store: Store, orders: readonly SoldOrder[]): void {
  const origin = newId()
  let lastHash = CHAIN_START
  let clock = 0
  for (let start = 0; start < orders.length; start += MAX_ENTRIES_PER_FRAME) {
    const fromSeq = start + 1
    const entries = orders.slice(start, start + MAX_ENTRIES_PER_FRAME).map((order) => {
      clock = nextClock(clock, Date.parse(order.at))
      return entryOf(order, clock)
    })
    entries.forEach((entry, n) => {
      lastHash = chainHash(lastHash, origin, fromSeq + n, entry)
    })
    const report = store.ingest([{ origin, fromSeq, entries, lastHash }])
    if (report.accepted !== entries.length) throw new Error('the orders were not all taken')
  }
}

function entryOf(order: SoldOrder, clock: number): EntryContent {
  const { id: orderId, status, at, actor, commandId, lines, ...created } = order
  const events = [
    { type: 'order.created', orderId, ...created, customer: null },
    ...lines.map(({ id: lineId, ...line }) => ({
      type: 'order.line_added',
      orderId,
      lineId,
      ...line,
    })),
    ...(status === 'completed' ? [{ type: 'order.completed', orderId }] : []),
  ]
  return { clock, commandId, at, actor, body: JSON.stringify(events) }
}
