import type { FastifyInstance } from 'fastify'
import type { ApiDeps } from '../deps.ts'
import { serveEventStreams } from './event-stream.ts'
import { createFeed } from './feed.ts'
import { serveWebSockets } from './web-sockets.ts'

/** The events feed on both its carriers, until the API is closed. */
export function serveEvents(app: FastifyInstance, deps: ApiDeps): void {
  const feed = createFeed(deps)
  const endStreams = serveEventStreams(app, deps, feed)
  const endSockets = serveWebSockets(app.server, deps, feed)
  app.addHook('preClose', async () => {
    feed.stop()
    endStreams()
    endSockets()
  })
}
