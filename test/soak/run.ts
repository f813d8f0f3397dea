import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../db/postgres/database.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import type { PairingCode } from '../../protocol/pairing.ts'
import { percentile } from '../bench/figures.ts'
import { createProcesses, type RunningProcess } from '../support/processes.ts'
import { startTestPostgres } from '../support/postgres.ts'
import { createRandom } from '../support/random.ts'
import { openBadWay } from './bad-way.ts'
import { EVENTS_PER_ORDER, sellOrders } from './till-life.ts'

/**
 * `npm run soak`: three tills sell while the centre is killed at random, its PostgreSQL is restarted,
 * answers are lost after the commit and uploads come twice (rule U1). At the end PostgreSQL holds
 * every entry once, the digests are equal, and nothing was refused.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
  },
})
const TILLS = 3
const CALM_MIN_MS = 2_000
const CALM_MAX_MS = 7_000
/** Every so many deaths of the centre, PostgreSQL is restarted as well. */
const POSTGRES_EVERY = 4
const DRAIN_TIMEOUT_MS = 300_000

const orders = Math.ceil(Number(values.events) / EVENTS_PER_ORDER / TILLS)
const random = createRandom(Number(values.seed))
const processes = createProcesses()
const postgres = await startTestPostgres()
const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function aura(...args: string[]): Promise<string> {
  const done = await processes.run(args, { timeoutMs: 300_000 })
  if (done.status !== 0) throw new Error(`aura ${args.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}

interface Till {
  readonly dir: string
  readonly running: RunningProcess
  readonly token: string
}

try {
  const databaseUrl = await postgres.createDatabase()
  const startCentral = (port: string) =>
    processes.start(['central', '--database-url', databaseUrl, '--port', port])
  let central = await startCentral('0')
  const { port } = new URL(String(central.ready['api']))
  const way = await openBadWay(Number(port), random)
  const tills = await startTills(way.url)

  const chaos = { killed: 0, restarted: 0 }
  const ending = new AbortController()
  async function disturb(): Promise<void> {
    while (!ending.signal.aborted) {
      const calmMs = CALM_MIN_MS + random() * (CALM_MAX_MS - CALM_MIN_MS)
      await sleep(calmMs, undefined, { signal: ending.signal }).catch(() => {})
      if (ending.signal.aborted) return
      await central.kill('SIGKILL')
      chaos.killed += 1
      if (chaos.killed % POSTGRES_EVERY === 0) {
        await postgres.down()
        await postgres.up()
        chaos.restarted += 1
      }
      central = await startCentral(port)
    }
  }

  const startedMs = performance.now()
  const disturbing = disturb()
  const sold = await Promise.all(
    tills.map(({ running, token }) => sellOrders(running, token, orders, 0)),
  )
  const soldMs = performance.now() - startedMs
  ending.abort()
  await disturbing
  await drained(tills)
  const drainedMs = performance.now() - startedMs - soldMs
  const p99 = percentile(sold.flat(), 0.99)
  say(
    `${TILLS * orders} orders in ${seconds(soldMs)} s, slowest hundredth of the calls ${p99.toFixed(0)} ms; drained ${seconds(drainedMs)} s later.`,
  )
  say(
    `The centre was killed ${chaos.killed} times, PostgreSQL restarted ${chaos.restarted} times; of ${way.counts.uploads} uploads ` +
      `${way.counts.broughtTwice} came twice, ${way.counts.answersLost} lost their answer, ${way.counts.heldUp} were held up.`,
  )
  await check(tills, databaseUrl)
  way.close()
} finally {
  await processes.close()
  await postgres.stop()
}

async function startTills(centralUrl: string): Promise<Till[]> {
  const root = await processes.folder('soak')
  const tills: Till[] = []
  for (let n = 0; n < TILLS; n += 1) {
    const dir = join(root, `till-${n}`)
    const [founder] = tills
    if (founder === undefined) {
      await aura('store', 'create', '--data', dir, '--name', 'Soak', '--demo', '--device', 'Till 1')
    } else {
      const shown = JSON.parse(await aura('pair', '--data', founder.dir, '--show')) as PairingCode
      const joining = ['--join', shown.peer, '--code', shown.code, '--name', `Till ${n + 1}`]
      await aura('pair', '--data', dir, ...joining)
    }
    const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
    const running = await processes.start([
      ...['terminal', '--data', dir, ...places, '--central', centralUrl],
    ])
    const token = await aura('token', '--data', dir, '--role', 'manager', '--label', 'soak')
    tills.push({ dir, running, token })
  }
  return tills
}

/** Until nobody has anything that the centre lacks, and all hold the same. */
async function drained(tills: readonly Till[]): Promise<void> {
  const endMs = performance.now() + DRAIN_TIMEOUT_MS
  for (;;) {
    const frontiers = await Promise.all(
      tills.map(async ({ dir }) => {
        const status = JSON.parse(await aura('status', '--data', dir)) as {
          frontier: Record<string, number>
          upstream: { backlog: number | null }
        }
        return {
          backlog: status.upstream.backlog,
          frontier: JSON.stringify(sorted(status.frontier)),
        }
      }),
    )
    const isEqual = new Set(frontiers.map(({ frontier }) => frontier)).size === 1
    if (isEqual && frontiers.every(({ backlog }) => backlog === 0)) return
    if (performance.now() > endMs) throw new Error(`not drained: ${JSON.stringify(frontiers)}`)
    await sleep(500)
  }
}

function sorted(frontier: Record<string, number>): [string, number][] {
  return Object.entries(frontier).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

async function check(tills: readonly Till[], databaseUrl: string): Promise<void> {
  const one = async (text: string): Promise<number> => {
    const { rows } = await postgres.query(databaseUrl, text)
    return Number(Object.values(rows[0] as Record<string, unknown>)[0])
  }
  const entries = await one('SELECT count(*) FROM entries')
  const distinct = await one('SELECT count(DISTINCT (store_id, origin, seq)) FROM entries')
  const heads = await one('SELECT sum(head_seq) FROM origins')
  const positions = await one('SELECT count(DISTINCT pos) FROM entries')
  const aside = await one('SELECT count(*) FROM quarantine')
  const events = await one('SELECT sum(json_array_length(body::json)) FROM entries')
  const database = openDatabase(databaseUrl, () => {})
  const store = createPostgresStore(database)
  const [storeId = ''] = await store.storeIds()
  const digests = await Promise.all([
    store.digest(storeId),
    ...tills.map(({ dir }) => aura('digest', '--data', dir)),
  ])
  const verified = await store.verify(storeId)
  await database.close()
  await Promise.all(tills.map(({ dir }) => aura('verify', '--data', dir)))
  const refused = tills
    .flatMap(({ running }) => running.stderr().split('\n'))
    .filter((line) => /"failure":"(refused|unauthorised|too_large)"/.test(line))
  say(
    `${entries} entries of ${events} events in PostgreSQL, ${distinct} of them different, ${aside} aside.`,
  )
  say(
    `Digests: ${new Set(digests).size === 1 ? 'equal' : digests.join(' ')}. Refused: ${refused.length}.`,
  )
  const isRight =
    entries === distinct &&
    entries === heads &&
    entries === positions &&
    aside === 0 &&
    events >= Number(values.events) &&
    new Set(digests).size === 1 &&
    verified.ok &&
    refused.length === 0
  if (isRight) return
  say(`Not as it should be: ${JSON.stringify({ entries, heads, positions, verified, refused })}`)
  process.exitCode = 1
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1)
}
