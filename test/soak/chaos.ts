import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../bench/figures.ts'
import type { TestPostgres } from '../support/postgres.ts'
import type { Processes } from '../support/processes.ts'
import { openBadWay } from './bad-way.ts'
import { check } from './check.ts'
import { EVENTS_PER_ORDER, sellOrders } from './till-life.ts'
import { drained, startTills } from './tills.ts'

const TILLS = 3
const CALM_MIN_MS = 2_000
const CALM_MAX_MS = 7_000
/** Every so many deaths of the centre, PostgreSQL is restarted as well. */
const POSTGRES_EVERY = 4

export interface ChaosOptions {
  readonly processes: Processes
  readonly postgres: TestPostgres
  readonly events: number
  readonly random: () => number
}

/**
 * Three tills sell while the centre is killed at random, its PostgreSQL is restarted, answers are
 * lost after the commit and uploads come twice. At the end PostgreSQL holds every entry once, the
 * digests are equal, and nothing was refused (rule U1).
 */
export async function chaos({
  processes,
  postgres,
  events,
  random,
}: ChaosOptions): Promise<boolean> {
  const databaseUrl = await postgres.createDatabase()
  const startCentral = (onPort: string) =>
    processes.start(['central', '--database-url', databaseUrl, '--port', onPort])
  let central = await startCentral('0')
  const { port } = new URL(String(central.ready['api']))
  const way = await openBadWay(Number(port), random)
  const tills = await startTills(processes, TILLS, way.url)
  const ending = new AbortController()
  let [killed, restarted] = [0, 0]

  async function disturb(): Promise<void> {
    while (!ending.signal.aborted) {
      const calmMs = CALM_MIN_MS + random() * (CALM_MAX_MS - CALM_MIN_MS)
      await sleep(calmMs, undefined, { signal: ending.signal }).catch(() => {})
      if (ending.signal.aborted) return
      await central.kill('SIGKILL')
      killed += 1
      if (killed % POSTGRES_EVERY === 0) {
        await postgres.down()
        await postgres.up()
        restarted += 1
      }
      central = await startCentral(port)
    }
  }

  const orders = Math.ceil(events / EVENTS_PER_ORDER / TILLS)
  const startedMs = performance.now()
  const disturbing = disturb()
  const sold = await Promise.all(
    tills.map(({ running, token }) => sellOrders(running, token, { orders, pauseMs: 0 })),
  )
  const soldMs = performance.now() - startedMs
  ending.abort()
  await disturbing
  await drained(processes, tills)
  const drainedMs = performance.now() - startedMs - soldMs
  const { uploads, broughtTwice, answersLost, heldUp } = way.counts
  process.stdout.write(
    `Chaos: ${TILLS * orders} orders in ${seconds(soldMs)}, slowest hundredth of the calls ` +
      `${percentile(sold.flat(), 0.99).toFixed(0)} ms; drained ${seconds(drainedMs)} later.\n` +
      `The centre was killed ${killed} times, PostgreSQL restarted ${restarted} times; of ${uploads} uploads ` +
      `${broughtTwice} came twice, ${answersLost} lost their answer, ${heldUp} were held up.\n`,
  )
  const isRight = await check({ processes, postgres, databaseUrl, tills }, events)
  way.close()
  await central.kill()
  await Promise.all(tills.map(({ running }) => running.kill()))
  return isRight
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
