import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { percentile } from '../../bench/figures.ts'
import { measure, startTill } from '../../bench/latency.ts'

export interface FloodReport {
  readonly quietP99Ms: number
  readonly floodedP99Ms: number
  /** Resident memory of the till: the most under the flood, less the most before it. */
  readonly grownMb: number
  /** Hostile frames by kind. */
  readonly frames: Readonly<Record<string, number>>
}

const ORDERS_PER_SECOND = 20
const WARM_UP_ORDERS = 200
const MB = 2 ** 20

/**
 * A till serves an honest kitchen while a mad member floods it: what an order takes to the kitchen,
 * and what the till's memory does, before and meanwhile (rule P3).
 */
export async function floodTill(
  folder: string,
  seconds: number,
  seed: number,
): Promise<FloodReport> {
  const till = await startTill(folder)
  try {
    const everyMs = 1_000 / ORDERS_PER_SECOND
    await measure(till, WARM_UP_ORDERS, 5)
    const memory = watchMemory()
    const quiet = await measure(till, (ORDERS_PER_SECOND * seconds) / 2, everyMs)
    const before = memory.most()
    const flooder = fork(join(import.meta.dirname, 'flooder.ts'), [
      till.address,
      'bench',
      String(seed),
    ])
    memory.reset()
    const flooded = await measure(till, ORDERS_PER_SECOND * seconds, everyMs)
    const counted = once(flooder, 'message')
    flooder.kill('SIGTERM')
    const [frames] = (await counted) as [Record<string, number>]
    const grownMb = (memory.most() - before) / MB
    memory.stop()
    return {
      quietP99Ms: percentile(quiet, 0.99),
      floodedP99Ms: percentile(flooded, 0.99),
      grownMb,
      frames,
    }
  } finally {
    await till.stop()
  }
}

function watchMemory() {
  let most = 0
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 200)
  return {
    most: () => most,
    reset: () => {
      most = 0
    },
    stop: () => clearInterval(timer),
  }
}
