import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { makeBigStore } from '../support/big-store.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { sellBurger } from '../support/sell-burger.ts'
import { ms, percentile, printRow, printTitle } from './figures.ts'

const OPEN_ORDERS = 40
const SIZES = [1_000, 100_000] as const
const TIMES = 5

/**
 * `npm run bench -- start-up`: from the start of a process to a till that can ring up, and to its first
 * order, with few and with many closed orders in the file. The file lies in the system's cache: what a
 * disk adds that was just switched on is not measured.
 */
export async function benchStartUp(folder: string): Promise<void> {
  const processes = createProcesses()
  try {
    printTitle('Start a till', 'stored', 'ready p50', 'slowest', 'first order p50')
    for (const size of SIZES) {
      const dir = join(folder, `start-up-${size}`)
      mkdirSync(dir)
      await makeBigStore(dir, size - OPEN_ORDERS, OPEN_ORDERS)
      await measure(processes, dir, size)
    }
  } finally {
    await processes.close()
  }
}

async function measure(processes: Processes, dir: string, size: number): Promise<void> {
  const role = ['--role', 'cashier', '--label', 'bench']
  const token = (await processes.run(['token', '--data', dir, ...role])).stdout.trim()
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  const ready: number[] = []
  const sold: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    const startMs = performance.now()
    const till = await processes.start(['terminal', '--data', dir, ...places])
    ready.push(performance.now() - startMs)
    await sellBurger({ api: String(till.ready['api']), token })
    sold.push(performance.now() - startMs)
    await till.kill('SIGTERM')
  }
  const row = [percentile(ready, 0.5), Math.max(...ready), percentile(sold, 0.5)].map(ms)
  printRow('house', String(size), ...row)
}
