import type { FastifyInstance } from 'fastify'
import { apiRoutes } from '../../api/api.ts'
import { serveDocs } from '../../api/docs-page.ts'
import { answerFailures, answerUnknownPaths } from '../../api/failures.ts'
import { takeJsonBodies } from '../../api/json-body.ts'
import { problemOf } from '../../api/problems.ts'
import { serveRoutes } from '../../api/serve-routes.ts'
import { EVENTS_OPERATION } from '../../api/events/feed.ts'
import { serveEvents } from '../../api/events/serve-events.ts'
import { refuseOtherUpgrades } from '../../api/events/web-sockets.ts'
import type { Logger } from '../../logger.ts'
import { isDatabaseGone } from '../problem.ts'
import { addPushRoutes, PUSH_OPERATIONS, type PushRouteDeps } from '../tracking/push-routes.ts'
import { addTrackRoutes, TRACK_OPERATION } from '../tracking/track-routes.ts'
import type { Tracking } from '../tracking/tracking.ts'
import { createCentreDoor, type DoorOptions } from './door.ts'
import { createCentreFeed, type CentreFeedDeps } from './feed.ts'

export interface RestDeps
  extends DoorOptions, CentreFeedDeps, Pick<PushRouteDeps, 'pushPublicKey' | 'pushPrivateHosts'> {
  readonly tracking: Tracking | null
  readonly logger: Logger
}

/** What is served in other ways than by the table of routes. */
const BESIDE = [TRACK_OPERATION, ...PUSH_OPERATIONS, EVENTS_OPERATION]

/** The API of a device, served for every store that the centre has. */
export function serveRest(app: FastifyInstance, deps: RestDeps): void {
  const routes = apiRoutes([], BESIDE)
  const operations = [...routes, ...BESIDE]
  const door = createCentreDoor(deps)
  answerUnknownPaths(app, operations)
  // A scope of its own: devices speak msgpack with the centre, and its other errors are told shorter.
  void app.register((scope, _options, done) => {
    takeJsonBodies(scope)
    answerFailures(scope, deps.logger, (error) => (isDatabaseGone(error) ? DATABASE_GONE : null))
    serveRoutes(scope, routes, { ...deps, admit: door.admit })
    serveEvents(scope, createCentreFeed(deps, door.admitToFeed))
    refuseOtherUpgrades(app.server)
    addTrackRoutes(scope, deps)
    addPushRoutes(scope, deps)
    serveDocs(scope, operations)
    done()
  })
}

const DATABASE_GONE = problemOf(
  'database_unavailable',
  'The database of the centre does not answer. Nothing was changed that you were not told of.',
  { headers: { 'retry-after': '1' } },
)
