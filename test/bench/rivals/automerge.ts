import * as A from '@automerge/automerge'
import type { Replica, Rival, RivalReplica, SoldLine, SoldOrder } from '../contender.ts'
import { openUpdateLog } from './update-log.ts'

type Line = Record<string, unknown>
interface Order {
  [fact: string]: unknown
  lines: { [lineId: string]: Line }
}
type Orders = { orders: { [orderId: string]: Order } }

/** Every device has to begin from the very same document, down to its time. */
const BEGINNING = A.save(
  A.change(A.init<Orders>({ actor: '00' }), { time: 0 }, (draft) => {
    draft.orders = {}
  }),
)
const FILL_CHUNK = 100

/** Automerge with every change appended to SQLite; the document itself lives in memory. */
export const rival: Rival = {
  name: 'Automerge',
  durability: 'each change a row in SQLite, WAL, synchronous=FULL: survives a power cut',
  maxOrders: 1_000,
  open: async (file) => openReplica(file),
}

const docs = new WeakMap<Replica, () => A.Doc<Orders>>()

function openReplica(file: string): RivalReplica {
  const log = openUpdateLog(file)
  const stored = log.all()
  let doc = A.load<Orders>(BEGINNING)
  for (const update of stored) doc = A.loadIncremental(doc, update)

  function change(work: (draft: Orders) => void): void {
    doc = A.change(doc, work)
    const made = A.getLastLocalChange(doc)
    if (made) log.append(made)
  }

  const replica: RivalReplica = {
    ringUp: (order) => change((draft) => putOrder(draft, order)),
    lastChange: () => A.getLastLocalChange(doc) ?? new Uint8Array(),
    everything: () => [A.save(doc)],
    take(bytes) {
      doc = A.loadIncremental(doc, bytes)
      log.append(bytes)
    },
    addLine: (orderId, line) =>
      change((draft) => {
        const order = draft.orders[orderId]
        if (order) putLine(order, line)
      }),
    pull(from) {
      const other = docs.get(from)?.()
      if (!other) return
      const lacking = A.saveSince(other, A.getHeads(doc))
      if (lacking.length === 0) return
      doc = A.loadIncremental(doc, lacking)
      log.append(lacking)
    },
    fill(sold) {
      for (let start = 0; start < sold.length; start += FILL_CHUNK) {
        const chunk = sold.slice(start, start + FILL_CHUNK)
        change((draft) => chunk.forEach((order) => putOrder(draft, order)))
      }
    },
    countOrders: () => Object.keys(doc.orders).length,
    countLines: () =>
      Object.values(doc.orders).reduce((sum, order) => sum + Object.keys(order.lines).length, 0),
    openOrders: () =>
      Object.values(doc.orders).filter((order) => String(order['status']) === 'pending'),
    close: () => log.close(),
  }
  docs.set(replica, () => doc)
  return replica
}

function putOrder(draft: Orders, { id, lines, ...facts }: SoldOrder): void {
  const order: Order = { ...(asRegisters(facts) as Line), lines: {} }
  for (const line of lines) putLine(order, line)
  draft.orders[id] = order
}

function putLine(order: Order, { id, ...facts }: SoldLine): void {
  order.lines[id] = asRegisters(facts) as Line
}

/** Automerge makes a collaborative text of each string, which is slower; an order has no such. */
function asRegisters(value: unknown): unknown {
  if (typeof value === 'string') return new A.ImmutableString(value)
  if (Array.isArray(value)) return value.map(asRegisters)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asRegisters(inner)]))
}
