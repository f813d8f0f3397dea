import type { FastifyInstance } from 'fastify'
import { serveEventStreams } from './event-stream.ts'
import type { FeedDoor } from './feed.ts'
import { serveWebSockets } from './web-sockets.ts'

/** The events feed on both its carriers, until the API is closed. */
export function serveEvents(app: FastifyInstance, door: FeedDoor): void {
  const endStreams = serveEventStreams(app, door)
  const endSockets = serveWebSockets(app.server, door)
  app.addHook('preClose', async () => {
    door.stop()
    endStreams()
    endSockets()
  })
}
