import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { PROBLEM_CONTENT_TYPE } from '../../../protocol/rest/problem.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import { bearerOf } from '../authenticate.ts'
import { LISTENER_PING_MS, MAX_LISTENER_MESSAGE_BYTES } from '../limits.ts'
import { problemBody, problemOf, type Problem } from '../problems.ts'
import { readFeedRequest, type FeedRequest } from './feed-request.ts'
import { EVENTS_PATH, tooManyListeners, type Feed, type FeedDoor } from './feed.ts'

/** What a browser offers beside its token, and then sees chosen instead of it. */
const SUBPROTOCOL = 'aura.events'
const BEARER = 'bearer.'
/** RFC 6455: going away, and try again later. */
const GOING_AWAY = 1001
const TRY_AGAIN_LATER = 1013
const FAREWELL_MS = 500

/** The feed as WebSockets: a text message an event. Upgrades of other paths are left to others. */
export function serveWebSockets(server: Server, door: FeedDoor): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_LISTENER_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) =>
      offered.has(SUBPROTOCOL)
        ? SUBPROTOCOL
        : ([...offered].find((protocol) => protocol.startsWith(BEARER)) ?? false),
  })

  async function readRequest(
    request: IncomingMessage,
    url: URL,
  ): Promise<Result<{ readonly asked: FeedRequest; readonly feed: Feed }, Problem>> {
    const query = Object.fromEntries(url.searchParams)
    const token = bearerOf(request) ?? tokenOffered(request) ?? query['access_token']
    const admitted = await door.admit(token, request)
    if (!admitted.ok) return admitted
    const { caller, feed } = admitted.value
    const lastEventId = request.headers['last-event-id']
    const from = lastEventId === undefined ? undefined : String(lastEventId)
    const asked = readFeedRequest(query, from, caller)
    if (!asked.ok) return asked
    return feed.isFull() ? refuse(tooManyListeners) : ok({ asked: asked.value, feed })
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = urlOf(request)
    if (url?.pathname !== EVENTS_PATH) return
    // Whoever leaves while it is found out who he is.
    socket.on('error', () => socket.destroy())
    readRequest(request, url).then(
      (opened) => {
        if (!opened.ok) return refuseUpgrade(socket, opened.error)
        const { asked, feed } = opened.value
        sockets.handleUpgrade(request, socket, head, (webSocket) => follow(webSocket, asked, feed))
      },
      () => refuseUpgrade(socket, UNANSWERED),
    )
  })

  function follow(socket: WebSocket, request: FeedRequest, feed: Feed): void {
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

/** Where nothing else speaks WebSocket: an upgrade that nobody takes would stay open unanswered. */
export function refuseOtherUpgrades(server: Server): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    if (urlOf(request)?.pathname === EVENTS_PATH) return
    refuseUpgrade(socket, problemOf('not_found', 'No WebSocket is served here.'))
  })
}

const UNANSWERED = problemOf('internal_error', 'It cannot be found out just now who asks.')

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
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
