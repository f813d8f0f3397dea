import { createServer, type AddressInfo } from 'node:net'
import { percentile } from '../bench/figures.ts'
import type { TestPostgres } from '../support/postgres.ts'
import type { Processes } from '../support/processes.ts'
import { check } from './check.ts'
import { EVENTS_PER_ORDER, sellOrders } from './till-life.ts'
import { aura, drained, startTills, type Till } from './tills.ts'

/** As fast as a till sells that has a queue before it, five times over. */
const PAUSE_MS = 100
const MEASURED_ORDERS = 100
const JUST_SOLD = 20

export interface BacklogOptions {
  readonly processes: Processes
  readonly postgres: TestPostgres
  readonly events: number
}

/**
 * A till that was a week without the centre: what it wrote goes up while it goes on selling, and
 * nobody at it notices (rule U1).
 */
export async function backlog({ processes, postgres, events }: BacklogOptions): Promise<boolean> {
  const databaseUrl = await postgres.createDatabase()
  const port = await freePort()
  const tills = await startTills(processes, 1, `http://127.0.0.1:${port}`)
  const [till] = tills
  if (till === undefined) throw new Error('there is a till')
  const sell = (orders: number, pauseMs: number) =>
    sellOrders(till.running, till.token, { orders, pauseMs })
  await sell(Math.ceil(events / EVENTS_PER_ORDER), 0)
  const alone = await sell(MEASURED_ORDERS, PAUSE_MS)
  const startedMs = performance.now()
  const central = await processes.start([
    ...['central', '--database-url', databaseUrl, '--port', String(port)],
  ])
  const servesMs = performance.now() - startedMs
  const selling = sell(MEASURED_ORDERS, PAUSE_MS)
  await caughtUp(processes, till)
  const drainedMs = performance.now() - startedMs
  const draining = await selling
  await drained(processes, tills)
  const [before, under] = [percentile(alone, 0.99), percentile(draining, 0.99)]
  process.stdout.write(
    `Backlog: drained ${((drainedMs - servesMs) / 1_000).toFixed(1)} s after the centre served; slowest hundredth of ` +
      `the calls ${before.toFixed(1)} ms without the centre, ${under.toFixed(1)} ms while it drained ` +
      `(${(under / before).toFixed(2)}x).\n`,
  )
  const isRight = await check({ processes, postgres, databaseUrl, tills }, events)
  await central.kill()
  await till.running.kill()
  return isRight
}

/** Until the centre lacks no more than what was sold just now. */
async function caughtUp(processes: Processes, { dir }: Till): Promise<void> {
  for (;;) {
    const status = JSON.parse(await aura(processes, 'status', '--data', dir)) as {
      upstream: { backlog: number | null }
    }
    const { backlog: left } = status.upstream
    if (left !== null && left <= JUST_SOLD) return
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
