import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readRecordVersions } from '../../../db/postgres/catalog.ts'
import type { Database } from '../../../db/postgres/database.ts'
import { loadOrders } from '../../../db/postgres/projections.ts'
import { withStores } from '../../../db/postgres/scope.ts'
import { STORE_RECORD_ID } from '../../../domain/catalog.ts'
import { toPgText } from '../../../domain/nul-free-text.ts'
import { catalogAt } from '../../../domain/record-versions.ts'
import {
  orderToTracked,
  TRACK_PATH,
  trackedOrder,
  trackParams,
  type TrackedOrder,
} from '../../../protocol/rest/tracking.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { sendProblem } from '../../api/failures.ts'
import { problemOf } from '../../api/problems.ts'
import type { Operation } from '../../api/route.ts'
import { FOLLOW_SCRIPT, WORKER_SCRIPT } from './follow-scripts.ts'
import { pageHeaders, trackingPage, unknownLinkPage } from './tracking-page.ts'
import { TRACKING_PAGE_PATH, type Tracking } from './tracking.ts'

export interface TrackDeps {
  readonly database: Pick<Database, 'sql'>
  /** Null: this centre gives out no links. */
  readonly tracking: Tracking | null
  /** What browsers subscribe with. Null: nobody is told by web push. */
  readonly pushPublicKey: string | null
  readonly nowMs: () => number
}

export const TRACK_OPERATION: Operation = {
  method: 'GET',
  path: TRACK_PATH,
  operationId: 'trackOrder',
  summary: 'An order as its guest may see it, by the link that came with its creation.',
  roles: null,
  params: trackParams,
  query: noQuery,
  answer: { status: 200, schema: trackedOrder },
}

interface Tracked {
  readonly order: TrackedOrder
  readonly timeZone: string
}

/** For guests: as JSON, and as a page that reads without a script. */
export function addTrackRoutes(app: FastifyInstance, deps: TrackDeps): void {
  const find = async (request: FastifyRequest): Promise<Tracked | null> => {
    const { token } = request.params as { readonly token: string }
    const place = deps.tracking?.placeOf(token) ?? null
    if (place === null) return null
    const { storeId, orderId } = place
    const stored = toPgText(storeId)
    return withStores(
      deps.database,
      [storeId],
      async (trx) => {
        const [known] = await loadOrders(trx, stored, [orderId])
        const { catalog } = catalogAt(await readRecordVersions(trx, stored, 'store'), deps.nowMs())
        const store = catalog.store.get(STORE_RECORD_ID)
        if (!known?.view || !store) return null
        return { order: orderToTracked(known.view, store.name), timeZone: store.timeZone }
      },
      'snapshot',
    )
  }

  app.get(TRACK_PATH.replace('{token}', ':token'), async (request, reply) => {
    const found = await find(request)
    if (found === null) return sendProblem(reply, problemOf('not_found', NO_ORDER))
    return reply.header('cache-control', 'no-store').send(found.order)
  })

  app.get(`${TRACKING_PAGE_PATH}/:token`, async (request, reply) => {
    const found = await find(request)
    return reply
      .code(found === null ? 404 : 200)
      .headers(pageHeaders(isFollowable(found)))
      .type('text/html; charset=utf-8')
      .send(
        found === null
          ? unknownLinkPage()
          : trackingPage(found.order, found.timeZone, deps.pushPublicKey),
      )
  })

  const isFollowable = (found: Tracked | null): boolean =>
    found !== null && deps.pushPublicKey !== null

  for (const [name, script] of [
    ['follow.js', FOLLOW_SCRIPT],
    ['worker.js', WORKER_SCRIPT],
  ] as const) {
    app.get(`${TRACKING_PAGE_PATH}/${name}`, (_request, reply) =>
      reply
        .headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
        .type('text/javascript; charset=utf-8')
        .send(script),
    )
  }
}

const NO_ORDER = 'There is no order behind this link.'
