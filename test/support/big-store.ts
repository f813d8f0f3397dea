import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '../../db/sqlite/store.ts'
import { openBenchStore, ringUp, tableForTwo } from '../bench/bench-store.ts'
import { writeNewKeys } from '../../main/data-folder.ts'
import { newId } from '../../main/new-id.ts'

/** A device's folder with many orders behind it and a few open ones. Not durable while it is made. */
export async function makeBigStore(dir: string, closed: number, open: number): Promise<void> {
  const { deviceId } = writeNewKeys(dir)
  // Its log is signed with the device's own key, or the device could not go on with it.
  copyFileSync(join(dir, 'device.key'), join(dir, 'store.db.key'))
  const store = await openBenchStore(join(dir, 'store.db'), 'A', true, deviceId)
  store.connection.raw.pragma('synchronous = OFF')
  for (let n = 0; n < closed; n += 1) close(store)
  for (let n = 0; n < open; n += 1) ringUp(store)
  store.close()
}

function close(store: Store): void {
  const command = tableForTwo()
  ringUp(store, command)
  const { orderId } = command
  const at = new Date().toISOString()
  const cancel = { type: 'cancelOrder' as const, orderId, reason: 'test' }
  store.execute({ id: newId(), at, actor: 'staff:x', command: cancel })
}
