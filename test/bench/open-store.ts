import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { nextMessage } from './child.ts'
import type { Contender, Rival } from './contender.ts'
import { ms, percentile, printRow, printTitle } from './figures.ts'
import { house } from './house.ts'
import { manyOrders } from './many-orders.ts'
import type { OpenedMessage } from './open-store-process.ts'

const OPEN_ORDERS = 40
const FEW = 1_000
/** What a rival is filled with: more would take minutes, and it grows with the orders anyway. */
const RIVAL_ORDERS = 20_000
const TIMES = 5

/**
 * From the opening of the file to the list of the open orders, in a process of its own each time:
 * what a till shows after it was switched on. The program itself is loaded before the clock starts.
 * Gives the house's full file, for the rows that want one.
 */
export async function benchOpenStore(folder: string, rivals: readonly Rival[]): Promise<string> {
  printTitle(`Open a store, show its ${OPEN_ORDERS} open orders`, 'stored', 'p50', 'slowest')
  await measure(house, FEW, join(folder, 'open-few.db'))
  const fullFile = join(folder, 'open-full.db')
  await measure(house, house.maxOrders, fullFile)
  for (const rival of rivals) {
    const most = Math.min(RIVAL_ORDERS, rival.maxOrders)
    await measure(rival, FEW, join(folder, `${rival.name}-open-few`))
    if (most > FEW) await measure(rival, most, join(folder, `${rival.name}-open-full`))
  }
  return fullFile
}

async function measure(contender: Contender, orders: number, file: string): Promise<void> {
  const replica = await contender.open(file, 'A')
  await replica.fill(manyOrders(orders, OPEN_ORDERS))
  await replica.close()
  const samples: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    const child = fork(join(import.meta.dirname, 'open-store-process.ts'), [contender.name, file])
    const opened = await nextMessage<OpenedMessage>(child)
    if (opened.open !== OPEN_ORDERS) throw new Error(`${contender.name} shows ${opened.open}`)
    samples.push(opened.tookMs)
    await once(child, 'exit')
  }
  printRow(contender.name, String(orders), ms(percentile(samples, 0.5)), ms(Math.max(...samples)))
}
