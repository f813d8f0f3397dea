import type { RecordEvent } from '../../domain/events.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { openConnection } from '../../db/sqlite/connection.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { ApiDeps } from '../../main/api/deps.ts'
import { demoRecords } from '../../main/demo/demo-records.ts'
import {
  call,
  openDevice,
  SEED_ORDER,
  sync,
  testFolder,
  type TestDevice,
} from '../../main/api/test-store.ts'
import type { PrintingDeps } from '../../main/printing/printing.ts'
import { SMALL_WEBP } from '../support/pictures.ts'
import type { FuzzTarget } from './fuzz.ts'
import { askInProcess } from './in-process.ts'

const START_MS = Date.parse('2026-11-23T12:00:00Z')
/** Between two looks at the clock: an hour in some thousand requests. */
const TICK_MS = 50
const OVERDRAWN = 3

/** A device of a store in which everything that REST tells of has happened already, a little. */
export async function openWorld(): Promise<FuzzTarget> {
  const folder = testFolder()
  let nowMs = START_MS
  let drawn = 0
  const clock = { nowMs: () => (nowMs += TICK_MS), isHasty: true }
  const till = await openDevice(folder.dir, {
    ...clock,
    name: 'A',
    founds: true,
    records: demoRecords().filter(isSmall),
    newId: () => `id-${(drawn += 1)}`,
    cardTerminal: { provider: 'simulated', terminalId: 'T1' },
    // Nothing leaves this computer, whatever addresses are made up for printers.
    send: unreachable,
    postWebhook: noAnswer,
  })
  const other = await openDevice(folder.dir, { ...clock, name: 'B', founds: false })
  const removed = await openDevice(folder.dir, { ...clock, name: 'C', founds: false })
  till.store.setRecords({
    id: 'roster',
    at: new Date(START_MS).toISOString(),
    actor: 'device:A',
    command: ['B', 'C', ...Array.from({ length: 20 }, (_, i) => `D${i}`)].map(deviceRecord),
  })
  const printer = { name: 'Bar', address: '127.0.0.1:9', receipts_of: ['A'], drawer: true }
  await call(till, 'PUT', '/api/v1/printers/p1', printer)
  sync(till.store, other.store)
  sync(till.store, removed.store)
  for (let i = 0; i < 6; i += 1) {
    const { json } = await call(till, 'POST', '/api/v1/orders', SEED_ORDER)
    const order = json as RestOrder
    sync(till.store, other.store)
    // Both tills take the whole sum while they do not see each other.
    const payment = { method: 'cash', amount: order.total }
    for (const device of [till, other]) {
      await call(device, 'POST', `/api/v1/orders/${order.id}/payments`, payment)
    }
    sync(other.store, till.store)
    sync(till.store, other.store)
  }
  for (let i = 0; i < 4; i += 1) {
    const { json } = await call(till, 'POST', '/api/v1/orders', SEED_ORDER)
    const { id } = json as RestOrder
    await call(till, 'POST', `/api/v1/orders/${id}/payments`, { method: 'card', amount: 100 + i })
  }
  for (let i = 0; i < OVERDRAWN; i += 1) await overdraw(till, other)
  await call(till, 'DELETE', '/api/v1/devices/C')
  for (let i = 0; i < 4; i += 1) await call(removed, 'POST', '/api/v1/orders', SEED_ORDER)
  sync(removed.store, till.store)
  await other.close()
  await removed.close()

  let written = 0
  till.store.onCommit(({ entries }) => {
    // What jobs do comes later, while something else is asked.
    written += entries.filter(({ commandId }) => !commandId.startsWith('job.')).length
  })
  const { json: document } = await call(till, 'GET', '/api/v1/openapi.json')
  return {
    ask: (request, isStream) => askInProcess(till.app, request, isStream),
    document: document as FuzzTarget['document'],
    tokenOf: till.tokenOf,
    examples: EXAMPLES,
    written: () => written,
    fault: async () => {
      const connection = await openConnection(till.file)
      try {
        return (await verifyFile(connection)).fault
      } finally {
        connection.close()
      }
    },
    close: async () => {
      await till.close()
      folder.remove()
    },
  }
}

/** Both tills take all of one gift voucher while they do not see each other. */
async function overdraw(till: TestDevice, other: TestDevice): Promise<void> {
  const orders = '/api/v1/orders'
  const order = async (at: TestDevice) =>
    (await call(at, 'POST', orders, SEED_ORDER)).json as RestOrder
  const { id } = await order(till)
  const { json } = await call(till, 'POST', `${orders}/${id}/vouchers`, { amount: 500 })
  const sold = json as RestOrder & { readonly voucher: { readonly code: string } }
  await call(till, 'POST', `${orders}/${id}/payments`, { method: 'cash', amount: sold.due })
  sync(till.store, other.store)
  for (const at of [till, other]) {
    const all = { method: 'voucher', voucher_code: sold.voucher.code, amount: 500 }
    await call(at, 'POST', `${orders}/${(await order(at)).id}/payments`, all)
  }
  sync(other.store, till.store)
}

/** Every change is checked against the whole menu: of a small one a round is done sooner. */
const SOLD = new Set([
  'burger-classic',
  'steak-ribeye',
  'wine-house-red',
  'espresso',
  'garlic-bread',
])
export const isSmall = ({ kind, id }: { readonly kind: string; readonly id: string }): boolean =>
  kind === 'menu_item' ? SOLD.has(id) : kind !== 'dining_table' || id.endsWith('1')

const lines = [{ subject: 'item/burger-classic', amount_milli: 5_000 }]
export const EXAMPLES = {
  addPicture: { data: SMALL_WEBP },
  createOrder: SEED_ORDER,
  bulkOrders: { orders: [SEED_ORDER] },
  countStock: { lines },
  deliverStock: { lines },
  wasteStock: { lines, reason: 'dropped' },
  approve: { staff_id: 'staff-alex', pin: '1234', command: 'cancel_order', order_id: 'any' },
}

const noAnswer: NonNullable<ApiDeps['postWebhook']> = ({ signal }) =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ failure: 'nobody is there' }))
  })

/** Waits until it is broken off. */
const unreachable: PrintingDeps['send'] = (_address, _job, { signal } = {}) =>
  new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve({ kind: 'not_sent', fault: 'unreachable' }))
  })

const deviceRecord = (id: string): RecordEvent => ({
  type: 'record.set',
  kind: 'device',
  id,
  value: { name: id, role: 'terminal', code: id, origin: `o-${id}`, admittedBy: null },
})
