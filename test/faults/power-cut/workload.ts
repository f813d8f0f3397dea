import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openBenchStore, ringUp, tableForTwo } from '../../bench/bench-store.ts'
import { openConnection } from '../../../db/sqlite/connection.ts'
import { openStore, type Store } from '../../../db/sqlite/store.ts'
import { newId } from '../../../main/new-id.ts'

/**
 * What a till does all day, under the recorder: orders are rung up, sent, paid, changed. After each
 * answer a line goes to `acknowledged`, so that the trace says what had been promised when.
 */
const [folder = '', orders = '0'] = process.argv.slice(2)
const file = join(folder, 'store.db')
const acknowledged = openSync(join(folder, 'acknowledged'), 'a')
const REOPEN_EVERY = 97

let store: Store = await openBenchStore(file, 'A', true)
acknowledge()

for (let n = 1; n <= Number(orders); n += 1) {
  const command = tableForTwo()
  ringUp(store, command)
  acknowledge()
  const at = new Date().toISOString()
  const { orderId } = command
  store.execute({ id: newId(), at, actor: 'staff:x', command: { type: 'sendToKitchen', orderId } })
  acknowledge()
  if (n % 3 === 0) {
    const dueMinor = store.order(orderId)?.totals.dueMinor ?? 0
    store.execute({
      id: newId(),
      at,
      actor: 'staff:x',
      command: {
        type: 'takePayment',
        orderId,
        method: 'cash',
        amountMinor: dueMinor,
        tipMinor: 0,
        tenderedMinor: null,
      },
    })
    acknowledge()
  }
  // Closing folds the write-ahead log into the file: cuts fall into that, too.
  if (n % REOPEN_EVERY === 0) store = await reopen()
}
store.close()

function acknowledge(): void {
  const origin = store.ownOrigin()
  writeSync(acknowledged, `${origin} ${store.frontier().get(origin)}\n`)
}

async function reopen(): Promise<Store> {
  store.close()
  return openStore({
    connection: await openConnection(file),
    nowMs: Date.now,
    newId,
    settings: { maxItemsPerOrder: 50, autoConfirm: true },
    onListenerError: (error) => {
      throw error
    },
  })
}
