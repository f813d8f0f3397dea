import leveldown, { type LevelDown } from 'leveldown'
import PouchDB, { type Stored } from 'pouchdb'
import type { Replica, Rival, RivalReplica, SoldOrder } from '../contender.ts'

/** Documents in one batch of `everything`: ten times the replicator's own, which is in its favour. */
const BATCH = 1_000
/** A view of the open orders, so that opening need not read the closed ones. */
const VIEW: Stored = {
  _id: '_design/orders',
  views: {
    open: { map: `function (doc) { if (doc.status === 'pending') emit(doc.at) }` },
  },
}

/** PouchDB's own store under Node, told to flush each write: it does not by itself. */
function flushingLeveldown(location: string): LevelDown {
  const store = leveldown(location)
  const batch = store._batch.bind(store)
  store._batch = (operations, options, done) => batch(operations, { ...options, sync: true }, done)
  return store
}

/**
 * PouchDB on LevelDB, its own store under Node. An order is a document with its lines inside; a line
 * that is added later is a document of its own, or two devices that add at once would conflict.
 * Between processes its documents travel with their revisions, as its replicator sends them, without
 * the HTTP and the checkpoints around them.
 */
export const rival: Rival = {
  name: 'PouchDB',
  durability: 'LevelDB, flushed at each commit (it is not by default): survives a power cut',
  maxOrders: 10_000,
  open: async (file) => openReplica(new PouchDB(file, { db: flushingLeveldown })),
}

const databases = new WeakMap<Replica, PouchDB>()
const encode = (docs: readonly unknown[]): Uint8Array => Buffer.from(JSON.stringify(docs))

async function openReplica(db: PouchDB): Promise<RivalReplica> {
  let last: Stored = { _id: '' }
  const replica: RivalReplica = {
    async ringUp(order) {
      const doc = documentOf(order)
      const { rev } = await db.put(doc)
      last = { ...doc, _rev: rev }
    },
    lastChange: () => encode([last]),
    async *everything() {
      let after: string | undefined
      for (;;) {
        const { rows } = await db.allDocs({
          include_docs: true,
          limit: BATCH,
          ...(after !== undefined && { startkey: after, skip: 1 }),
        })
        if (rows.length > 0) yield encode(rows.map((row) => row.doc))
        if (rows.length < BATCH) return
        after = rows.at(-1)?.id
      }
    },
    async take(change) {
      const docs = JSON.parse(Buffer.from(change).toString('utf8')) as Stored[]
      await db.bulkDocs(docs, { new_edits: false })
    },
    addLine: async (orderId, line) =>
      void (await db.put({ _id: `line/${orderId}/${line.id}`, orderId, ...line })),
    async pull(from) {
      const other = databases.get(from)
      if (other) await db.replicate.from(other, { batch_size: BATCH })
    },
    async fill(orders) {
      await db.put(VIEW).catch(() => undefined)
      for (let start = 0; start < orders.length; start += BATCH) {
        await db.bulkDocs(orders.slice(start, start + BATCH).map(documentOf))
      }
      // The view is built here, and not when the store opens.
      await replica.openOrders()
    },
    countOrders: async () => (await orderRows(db)).length,
    async countLines() {
      const inside = (await orderRows(db)).map(({ doc }) => (doc['lines'] as unknown[]).length)
      const { rows } = await db.allDocs({ startkey: 'line/', endkey: 'line/\uFFFF' })
      return inside.reduce((sum, count) => sum + count, 0) + rows.length
    },
    openOrders: async () => (await db.query('orders/open', { include_docs: true })).rows,
    close: () => db.close(),
  }
  databases.set(replica, db)
  return replica
}

const orderRows = async (db: PouchDB) =>
  (await db.allDocs({ include_docs: true, startkey: 'order/', endkey: 'order/\uFFFF' })).rows

const documentOf = ({ id, ...facts }: SoldOrder): Stored => ({ _id: `order/${id}`, ...facts })
