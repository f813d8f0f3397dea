import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { FeedMessage } from '../../../protocol/rest/event.ts'
import { bearerOf } from '../authenticate.ts'
import { sendProblem } from '../failures.ts'
import { LISTENER_PING_MS } from '../limits.ts'
import { problemOf } from '../problems.ts'
import { readFeedRequest } from './feed-request.ts'
import { EVENTS_PATH, tooManyListeners, type FeedDoor } from './feed.ts'

const EVENT_STREAM = 'text/event-stream'
/** How long a browser waits before it reconnects. */
const RETRY_MS = 1_000

/** The feed as server-sent events. The stream's id is the position, so a browser resumes by itself. */
export function serveEventStreams(app: FastifyInstance, door: FeedDoor): () => void {
  const streams = new Set<ServerResponse>()

  app.get(EVENTS_PATH, { exposeHeadRoute: false }, async (request, reply) => {
    const query = request.query as { readonly access_token?: string }
    const token = bearerOf(request) ?? query.access_token
    const admitted = await door.admit(token, request)
    if (!admitted.ok) return sendProblem(reply, admitted.error)
    const { caller, feed } = admitted.value
    if (!request.headers.accept?.includes(EVENT_STREAM)) {
      const detail = `Open a WebSocket here, or send "Accept: ${EVENT_STREAM}".`
      const headers = { upgrade: 'websocket', connection: 'upgrade' }
      return sendProblem(reply, problemOf('upgrade_required', detail, { headers }))
    }
    const lastEventId = request.headers['last-event-id']
    const asked = readFeedRequest(
      query,
      lastEventId === undefined ? undefined : String(lastEventId),
      caller,
    )
    if (!asked.ok) return sendProblem(reply, asked.error)
    if (feed.isFull()) return sendProblem(reply, tooManyListeners)

    reply.hijack()
    const stream = reply.raw
    stream.writeHead(200, { 'content-type': EVENT_STREAM, 'cache-control': 'no-store' })
    streams.add(stream)
    const attached = feed.attach(asked.value, {
      send: (messages, onTaken) => stream.write(messages.map(eventText).join(''), onTaken),
      bufferedBytes: () => stream.writableLength,
      cutOff: (reason) => {
        stream.end(`: ${reason}\n\n`)
        stream.destroy()
      },
    })
    // An id without data is kept by the browser and shown to nobody.
    const say = (text: string) => stream.write(`${text}id: ${attached.position()}\n\n`)
    say(`retry: ${RETRY_MS}\n`)
    const ping = setInterval(say, LISTENER_PING_MS, ': ping\n').unref()
    stream.on('close', () => {
      clearInterval(ping)
      streams.delete(stream)
      attached.detach()
    })
    return reply
  })

  return () => {
    for (const stream of streams) stream.end()
  }
}

const eventText = (message: FeedMessage): string =>
  `${message.position === undefined ? '' : `id: ${message.position}\n`}event: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`
