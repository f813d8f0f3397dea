import { loadContender } from './load-rivals.ts'

/** What the process tells the bench: how long it took until it had the open orders, and how many. */
export interface OpenedMessage {
  readonly tookMs: number
  readonly open: number
}

const [name = '', file = ''] = process.argv.slice(2)
const contender = await loadContender(name)

const startMs = performance.now()
const replica = await contender.open(file, 'A')
const open = await replica.openOrders()
const message: OpenedMessage = { tookMs: performance.now() - startMs, open: open.length }
process.send?.(message)
await replica.close()
process.disconnect?.()
