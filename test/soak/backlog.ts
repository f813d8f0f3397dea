import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../bench/figures.ts'
import type { TestPostgres } from '../support/postgres.ts'
import type { Processes } from '../support/processes.ts'
import { check } from './check.ts'
import { EVENTS_PER_ORDER, sellOrders } from './till-life.ts'
import { aura, drained, startTills, type Till } from './tills.ts'

/** As fast as a till sells that has a queue before it, five times over. */
const PAUSE_MS = 100
const MEASURED_ORDERS = 200
const LOOK_EVERY_MS = 250
/** What the slowest hundredth of the calls may grow by. */
const ALLOWED = 2

export interface BacklogOptions {
  readonly processes: Processes
  readonly postgres: TestPostgres
  readonly events: number
}

/**
 * A till that was a week without the centre: what it wrote goes up while it goes on selling, and
 * nobody at it notices (rule U1). The same selling is measured three times: without a centre, while
 * the backlog goes up, and afterwards, with the centre there and nothing to go up but what is sold.
 */
export async function backlog({ processes, postgres, events }: BacklogOptions): Promise<boolean> {
  const databaseUrl = await postgres.createDatabase()
  const port = await freePort()
  const tills = await startTills(processes, 1, `http://127.0.0.1:${port}`)
  const [till] = tills
  if (till === undefined) throw new Error('there is a till')
  const sell = (orders: number, pauseMs: number, ending?: AbortSignal) =>
    sellOrders(till.running, till.token, { orders, pauseMs, ...(ending && { ending }) })
  await sell(Math.ceil(events / EVENTS_PER_ORDER), 0)
  const offline = await sell(MEASURED_ORDERS, PAUSE_MS)
  const waiting = await entriesOf(processes, till)
  const central = await processes.start([
    ...['central', '--database-url', databaseUrl, '--port', String(port)],
  ])
  const startedMs = performance.now()
  const isDrained = new AbortController()
  const selling = sell(Infinity, PAUSE_MS, isDrained.signal)
  await holds(postgres, databaseUrl, waiting)
  const drainedMs = performance.now() - startedMs
  isDrained.abort()
  const draining = await selling
  await drained(processes, tills)
  const after = await sell(MEASURED_ORDERS, PAUSE_MS)
  await drained(processes, tills)
  const [before, under, then] = [offline, draining, after].map((took) => percentile(took, 0.99))
  const isNoticed = under! > ALLOWED * Math.max(before!, then!)
  process.stdout.write(
    `Backlog: ${waiting} entries drained in ${(drainedMs / 1_000).toFixed(1)} s, in which ${draining.length} calls ` +
      `were answered. Slowest hundredth of the calls: ${before!.toFixed(1)} ms without a centre, ` +
      `${under!.toFixed(1)} ms while it drained, ${then!.toFixed(1)} ms afterwards: ` +
      `${(under! / before!).toFixed(2)}x and ${(under! / then!).toFixed(2)}x${isNoticed ? ', which is too much' : ''}.\n`,
  )
  const isRight = await check({ processes, postgres, databaseUrl, tills }, events)
  await central.kill()
  await till.running.kill()
  return isRight && !isNoticed
}

async function entriesOf(processes: Processes, { dir }: Till): Promise<number> {
  const status = JSON.parse(await aura(processes, 'status', '--data', dir)) as {
    frontier: Record<string, number>
  }
  return Object.values(status.frontier).reduce((sum, seq) => sum + seq, 0)
}

/** Asked of the database, which costs nobody the processor that is being measured. */
async function holds(postgres: TestPostgres, databaseUrl: string, entries: number): Promise<void> {
  for (;;) {
    const { rows } = await postgres.query(
      databaseUrl,
      `SELECT coalesce(sum(head_seq), 0)::integer AS held FROM origins`,
    )
    if ((rows[0] as { held: number }).held >= entries) return
    await sleep(LOOK_EVERY_MS)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
