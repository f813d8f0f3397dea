import * as Y from 'yjs'
import type { Replica, Rival, RivalReplica, SoldLine, SoldOrder } from '../contender.ts'
import { openUpdateLog } from './update-log.ts'

type Fields = Y.Map<unknown>
type Orders = Y.Map<Fields>

/** Orders in a transaction when a file is filled fast. */
const FILL_CHUNK = 500

/** Yjs with every update appended to SQLite; the document itself lives in memory. */
export const rival: Rival = {
  name: 'Yjs',
  durability: 'each update a row in SQLite, WAL, synchronous=FULL: survives a power cut',
  maxOrders: 100_000,
  open: async (file) => openReplica(file),
}

/** The document of each replica, for the one that pulls from it. */
const docs = new WeakMap<Replica, Y.Doc>()

function openReplica(file: string): RivalReplica {
  const log = openUpdateLog(file)
  const doc = new Y.Doc()
  const orders: Orders = doc.getMap('orders')
  const stored = log.all()
  if (stored.length > 0) doc.transact(() => stored.forEach((update) => Y.applyUpdate(doc, update)))
  let last: Uint8Array = new Uint8Array()
  doc.on('update', (update: Uint8Array) => {
    last = update
    log.append(update)
  })
  const replica: RivalReplica = {
    ringUp: (order) => doc.transact(() => putOrder(orders, order)),
    lastChange: () => last,
    everything: () => [Y.encodeStateAsUpdate(doc)],
    take: (change) => Y.applyUpdate(doc, change),
    addLine: (orderId, line) => doc.transact(() => putLine(linesOf(orders.get(orderId)), line)),
    pull(from) {
      const other = docs.get(from)
      if (other) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)))
    },
    fill(sold) {
      for (let start = 0; start < sold.length; start += FILL_CHUNK) {
        const chunk = sold.slice(start, start + FILL_CHUNK)
        doc.transact(() => chunk.forEach((order) => putOrder(orders, order)))
      }
    },
    countOrders: () => orders.size,
    countLines: () =>
      [...orders.values()].reduce((sum, order) => sum + (linesOf(order)?.size ?? 0), 0),
    openOrders: () =>
      [...orders.values()]
        .filter((order) => order.get('status') === 'pending')
        .map((order) => order.toJSON()),
    close: () => log.close(),
  }
  docs.set(replica, doc)
  return replica
}

/** A line is a map of its own, so that two devices can change two of its fields at once. */
function putOrder(orders: Orders, { id, lines, ...facts }: SoldOrder): void {
  const order: Fields = new Y.Map(Object.entries(facts))
  const held = new Y.Map<Fields>()
  for (const line of lines) putLine(held, line)
  order.set('lines', held)
  orders.set(id, order)
}

function putLine(lines: Y.Map<Fields> | undefined, { id, ...facts }: SoldLine): void {
  lines?.set(id, new Y.Map(Object.entries(facts)))
}

const linesOf = (order: Fields | undefined): Y.Map<Fields> | undefined =>
  order?.get('lines') as Y.Map<Fields> | undefined
