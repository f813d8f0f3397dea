import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { PROBLEM_CONTENT_TYPE } from '../../../protocol/rest/problem.ts'
import type { Result } from '../../../domain/result.ts'
import { admit, bearerOf } from '../authenticate.ts'
import type { ApiDeps } from '../deps.ts'
import { LISTENER_PING_MS, MAX_LISTENER_MESSAGE_BYTES } from '../limits.ts'
import { problemBody, type Problem } from '../problems.ts'
import { readFeedRequest, type FeedRequest } from './feed-request.ts'
import { EVENTS_OPERATION, EVENTS_PATH, tooManyListeners, type Feed } from './feed.ts'

/** What a browser offers beside its token, and then sees chosen instead of it. */
const SUBPROTOCOL = 'aura.events'
const BEARER = 'bearer.'
/** RFC 6455: going away, and try again later. */
const GOING_AWAY = 1001
const TRY_AGAIN_LATER = 1013
const FAREWELL_MS = 500

/** The feed as WebSockets: a text message an event. Upgrades of other paths are left to others. */
export function serveWebSockets(server: Server, deps: ApiDeps, feed: Feed): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_LISTENER_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) =>
      offered.has(SUBPROTOCOL)
        ? SUBPROTOCOL
        : ([...offered].find((protocol) => protocol.startsWith(BEARER)) ?? false),
  })

  function readRequest(request: IncomingMessage, url: URL): Result<FeedRequest, Problem> {
    const query = Object.fromEntries(url.searchParams)
    const token = bearerOf(request) ?? tokenOffered(request) ?? query['access_token']
    const admitted = admit(deps.tokens, EVENTS_OPERATION, token)
    if (!admitted.ok) return admitted
    const lastEventId = request.headers['last-event-id']
    const from = lastEventId === undefined ? undefined : String(lastEventId)
    return readFeedRequest(query, from, admitted.value)
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = urlOf(request)
    if (url?.pathname !== EVENTS_PATH) return
    const asked = readRequest(request, url)
    if (!asked.ok) return refuseUpgrade(socket, asked.error)
    if (feed.isFull()) return refuseUpgrade(socket, tooManyListeners)
    sockets.handleUpgrade(request, socket, head, (webSocket) => follow(webSocket, asked.value))
  })

  function follow(socket: WebSocket, request: FeedRequest): void {
    const { detach } = feed.attach(request, {
      send: (messages, onTaken) => {
        for (const [i, message] of messages.entries()) {
          socket.send(JSON.stringify(message), i === messages.length - 1 ? onTaken : undefined)
        }
      },
      bufferedBytes: () => socket.bufferedAmount,
      cutOff: (reason) => say(socket, TRY_AGAIN_LATER, reason),
    })
    let isAlive = true
    const ping = setInterval(() => {
      if (!isAlive) return socket.terminate()
      isAlive = false
      socket.ping()
    }, LISTENER_PING_MS).unref()
    socket.on('pong', () => (isAlive = true))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearInterval(ping)
      detach()
    })
  }

  return () => {
    for (const socket of sockets.clients) say(socket, GOING_AWAY, 'the device is going down')
    sockets.close()
  }
}

/** Closes with a reason; who does not hear it is disconnected all the same. */
function say(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason)
  setTimeout(() => socket.terminate(), FAREWELL_MS).unref()
}

function tokenOffered({ headers }: IncomingMessage): string | undefined {
  const offered = headers['sec-websocket-protocol']?.split(',').map((text) => text.trim()) ?? []
  return offered.find((text) => text.startsWith(BEARER))?.slice(BEARER.length)
}

function urlOf({ url }: IncomingMessage): URL | null {
  return URL.parse(url ?? '/', 'http://localhost')
}

function refuseUpgrade(socket: Duplex, problem: Problem): void {
  const body = JSON.stringify(problemBody(problem))
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.on('error', () => socket.destroy())
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
