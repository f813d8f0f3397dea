import type { Database } from '../../db/postgres/database.ts'
import { readLagAcrossStores, type LagAcrossStores } from '../../db/postgres/lag-across-stores.ts'
import { readSalesAcrossStores, type StoreSales } from '../../db/postgres/orders-across-stores.ts'
import type { AppliedUpload, OnFolded } from '../../db/postgres/store.ts'
import { addProcess } from '../process-metrics.ts'
import { createMetrics, type Metrics } from '../prometheus.ts'

/** What can be watched of a centre. No name of a guest, of staff or of a device is in it. */
export interface Observation {
  readonly metrics: Metrics
  readonly onFolded: OnFolded
  readonly onUpload: (applied: AppliedUpload) => void
  /** A device waits for news, or has stopped to. */
  readonly onReader: (change: 1 | -1) => void
  readonly onAnswer: (answer: Answered) => void
  readonly stop: () => void
}

export interface Answered {
  readonly method: string
  /** As it stands in the program, without what was filled in. */
  readonly route: string
  readonly status: number
  /** The code of a problem, one of ours. */
  readonly problem?: string | undefined
  readonly tookMs: number
}

export interface ObservationDeps {
  readonly database: Pick<Database, 'sql' | 'connections'>
  readonly now: () => Date
  readonly isReady: () => boolean
}

/** The stores that are shown one by one. All the others are in sums. */
const MOST_STORES = 20
/** And those whose sales are shown: what Prometheus keeps grows with each. */
const MOST_SOLD_STORES = 100
const LATELY_MS = 24 * 60 * 60_000
/** Two who ask for the page at once make the database look once. */
const LOOK_AGAIN_MS = 5_000
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function createObservation({ database, now, isReady }: ObservationDeps): Observation {
  const metrics = createMetrics()
  const uploads = metrics.counter('aura_uploads_total', 'Uploads taken, by what came of them.')
  const entries = metrics.counter('aura_entries_total', 'Entries in uploads, by what came of them.')
  const folds = metrics.histogram(
    'aura_fold_seconds',
    'Time to fold an upload into the tables.',
    SECONDS,
  )
  const requests = metrics.counter('aura_http_requests_total', 'Requests answered.')
  const answers = metrics.histogram(
    'aura_http_request_seconds',
    'Time from request to answer.',
    SECONDS,
  )
  const problems = metrics.counter('aura_problems_total', 'Problems answered, by their code.')
  let readers = 0
  metrics.gauge('aura_live_readers', 'Calls that wait for news of a store.', () => readers)
  metrics.gauge('aura_ready', '1: this process takes requests.', () => (isReady() ? 1 : 0))
  addStores(
    metrics,
    seldom(() => readLagAcrossStores(database, now(), MOST_STORES)),
  )
  addSales(
    metrics,
    seldom(() =>
      readSalesAcrossStores(database, new Date(now().getTime() - LATELY_MS), MOST_SOLD_STORES),
    ),
  )
  addConnections(metrics, database)
  const stop = addProcess(metrics)
  return {
    metrics,
    onFolded: (tookMs) => folds.observe(tookMs / 1_000),
    onUpload({ accepted, repeated, gaps, forks, broken }) {
      uploads.add(1, { result: resultOf({ accepted, gaps, forks, broken }) })
      entries.add(accepted, { result: 'taken' })
      entries.add(repeated, { result: 'repeated' })
      entries.add(forks.length, { result: 'kept_aside' })
    },
    onReader: (change) => void (readers += change),
    onAnswer({ method, route, status, problem, tookMs }) {
      if (problem !== undefined) problems.add(1, { code: problem })
      requests.add(1, { method, route, status: String(status) })
      answers.observe(tookMs / 1_000, { route })
    },
    stop,
  }
}

type Outcome = Pick<AppliedUpload, 'accepted' | 'gaps' | 'forks' | 'broken'>

function resultOf({ accepted, gaps, forks, broken }: Outcome): string {
  if (broken.length > 0) return 'broken_chain'
  if (forks.length > 0) return 'forked'
  if (gaps.length > 0) return 'gap'
  return accepted > 0 ? 'taken' : 'nothing_new'
}

function addStores(metrics: Metrics, look: () => Promise<LagAcrossStores>): void {
  metrics.gauge('aura_stores', 'Stores that have ever uploaded.', async () => (await look()).stores)
  metrics.gauge('aura_stores_silent', 'Stores not heard of for longer than that.', async () =>
    (await look()).silentStores.map(({ longerThanSeconds, stores }) => [
      { longer_than_seconds: String(longerThanSeconds) },
      stores,
    ]),
  )
  metrics.gauge(
    'aura_entries_missing',
    'Entries that were shown here and have not come.',
    async () => (await look()).missingEntries,
  )
  const perStore = (name: string, help: string, field: 'silentSeconds' | 'missingEntries') =>
    metrics.gauge(name, help, async () =>
      (await look()).worst.map((store) => [{ store_id: store.storeId }, store[field]]),
    )
  perStore(
    'aura_store_silent_seconds',
    'Since a store was heard of; the worst alone.',
    'silentSeconds',
  )
  perStore(
    'aura_store_entries_missing',
    'What a store lacks here; the worst alone.',
    'missingEntries',
  )
}

/** The names say the window: these go down as well as up, unlike the counters of a device. */
function addSales(metrics: Metrics, look: () => Promise<readonly StoreSales[]>): void {
  metrics.gauge(
    'aura_store_orders_begun_24h',
    'Orders begun in the last 24 hours; of the stores heard of last.',
    async () =>
      (await look()).flatMap(({ storeId, begun }) =>
        begun.map(({ channel, orders }) => [{ store_id: storeId, channel }, orders] as const),
      ),
  )
  metrics.gauge('aura_store_orders_closed_24h', 'Of those: closed, by how.', async () =>
    (await look()).flatMap(({ storeId, closed }) =>
      closed.map(({ outcome, orders }) => [{ store_id: storeId, outcome }, orders] as const),
    ),
  )
  metrics.gauge(
    'aura_store_order_processing_seconds_24h',
    'Of those: from the beginning to the completion, on average.',
    async () =>
      (await look()).flatMap(({ storeId, processingSeconds: seconds }) =>
        seconds === null ? [] : [[{ store_id: storeId }, seconds] as const],
      ),
  )
  metrics.gauge('aura_store_payments_24h', 'Payments on those, by what came of them.', async () =>
    (await look()).flatMap(({ storeId, payments }) =>
      payments.map(
        ({ method, result, payments: times }) =>
          [{ store_id: storeId, method, result }, times] as const,
      ),
    ),
  )
}

function addConnections(metrics: Metrics, database: Pick<Database, 'connections'>): void {
  metrics.gauge(
    'aura_database_connections',
    'Connections of the pool, and callers that wait.',
    () => {
      const { open, idle, waiting } = database.connections()
      return [
        [{ state: 'used' }, open - idle],
        [{ state: 'idle' }, idle],
        [{ state: 'waiting' }, waiting],
      ]
    },
  )
}

function seldom<T>(look: () => Promise<T>): () => Promise<T> {
  let last: { readonly atMs: number; readonly seen: Promise<T> } | null = null
  return () => {
    const atMs = performance.now()
    if (last === null || atMs - last.atMs > LOOK_AGAIN_MS) last = { atMs, seen: look() }
    return last.seen
  }
}
