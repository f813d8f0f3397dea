import type { FastifyInstance } from 'fastify'
import { apiRoutes } from '../../api/api.ts'
import { serveDocs } from '../../api/docs-page.ts'
import { answerFailures, answerUnknownPaths } from '../../api/failures.ts'
import { takeJsonBodies } from '../../api/json-body.ts'
import { problemOf } from '../../api/problems.ts'
import { serveRoutes } from '../../api/serve-routes.ts'
import type { Logger } from '../../logger.ts'
import { isDatabaseGone } from '../problem.ts'
import { addTrackRoutes, TRACK_OPERATION } from '../tracking/track-routes.ts'
import type { Tracking } from '../tracking/tracking.ts'
import { createCentreDoor, type DoorOptions } from './door.ts'

export interface RestDeps extends DoorOptions {
  readonly tracking: Tracking | null
  readonly logger: Logger
}

/** The API of a device, served for every store that the centre has. */
export function serveRest(app: FastifyInstance, deps: RestDeps): void {
  const routes = apiRoutes([], [TRACK_OPERATION])
  const operations = [...routes, TRACK_OPERATION]
  answerUnknownPaths(app, operations)
  // A scope of its own: devices speak msgpack with the centre, and its other errors are told shorter.
  void app.register((scope, _options, done) => {
    takeJsonBodies(scope)
    answerFailures(scope, deps.logger, (error) => (isDatabaseGone(error) ? DATABASE_GONE : null))
    serveRoutes(scope, routes, { ...deps, admit: createCentreDoor(deps) })
    addTrackRoutes(scope, deps)
    serveDocs(scope, operations)
    done()
  })
}

const DATABASE_GONE = problemOf(
  'database_unavailable',
  'The database of the centre does not answer. Nothing was changed that you were not told of.',
  { headers: { 'retry-after': '1' } },
)
