import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Result } from '../domain/result.ts'
import { MAX_FRAME_BYTES, MAX_PEERS } from '../protocol/limits.ts'
import {
  PAIR_PATH,
  pairRequestSchema,
  type PairAnswer,
  type PairRequest,
} from '../protocol/pairing.ts'
import { MAX_PAIR_BODY_BYTES, PAIR_TIMEOUT_MS } from './limits.ts'
import { messageOf, type Logger } from './logger.ts'
import { formatAddress, loopbackAddress } from './loopback.ts'

/** The port on which other devices call: WebSocket for sessions, `POST /pair` to join the store. */
export interface PeerServer {
  /** Where it really listens: `HOST:PORT`. */
  readonly address: string
  readonly stop: () => Promise<void>
}

export type OnPair = (
  request: PairRequest,
) => Result<PairAnswer, string> | Promise<Result<PairAnswer, string>>

interface PeerServerDeps {
  readonly listen: string
  readonly logger: Logger
  readonly onSocket: (socket: WebSocket, dialNumber: number) => void
  readonly onPair: OnPair | null
}

/**
 * Compression would cost ten times the latency of a frame. Pongs of the WebSocket protocol itself
 * are off: sessions have their own, and a caller that asks without reading must not fill a buffer.
 */
export const SOCKET_OPTIONS = {
  maxPayload: MAX_FRAME_BYTES,
  perMessageDeflate: false,
  autoPong: false,
} as const

/** Where a session is opened. The query says which call of the caller's process this is. */
const PEER_PATH = '/peer'
export const peerUrl = (address: string, dialNumber: number): string =>
  `ws://${address}${PEER_PATH}?call=${dialNumber}`

export async function createPeerServer(deps: PeerServerDeps): Promise<PeerServer> {
  const { logger } = deps
  const wanted = loopbackAddress(deps.listen)
  const sockets = new WebSocketServer({ noServer: true, ...SOCKET_OPTIONS })
  const server = createServer({ requestTimeout: PAIR_TIMEOUT_MS }, (request, response) => {
    servePairing(request, response, deps).catch((error: unknown) => {
      logger.error('a pairing request failed', { error: messageOf(error) })
      reply(response, 500, { error: 'it failed here' })
    })
  })
  server.maxConnections = MAX_PEERS * 2
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', (error) => logger.warn('a caller broke off', { error: messageOf(error) }))
    const url = new URL(request.url ?? '/', 'ws://peer')
    if (url.pathname !== PEER_PATH) return refuseUpgrade(socket, '404 Not Found')
    if (isFromPage(request)) return refuseUpgrade(socket, '403 Forbidden')
    if (sockets.clients.size >= MAX_PEERS) return refuseUpgrade(socket, '503 Service Unavailable')
    ;(socket as Socket).setNoDelay(true)
    const dialNumber = Number(url.searchParams.get('call'))
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      deps.onSocket(webSocket, Number.isSafeInteger(dialNumber) ? dialNumber : 0),
    )
  })
  const port = await startListening(server, wanted)
  server.on('error', (error) => logger.error('the peer port failed', { error: messageOf(error) }))

  return {
    address: formatAddress({ host: wanted.host, port }),
    async stop() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function startListening(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** A web page in a browser on this computer reaches loopback too; devices never send an origin. */
const isFromPage = (request: IncomingMessage): boolean => request.headers.origin !== undefined

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function servePairing(
  request: IncomingMessage,
  response: ServerResponse,
  { onPair, logger }: PeerServerDeps,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0]
  if (onPair === null || request.method !== 'POST' || path !== PAIR_PATH) {
    return reply(response, 404, { error: 'nothing is here' })
  }
  if (isFromPage(request)) return reply(response, 403, { error: 'not for web pages' })
  const body = await readBody(request)
  if (body === null) {
    response.setHeader('connection', 'close')
    return reply(response, 413, { error: `more than ${MAX_PAIR_BODY_BYTES} bytes` })
  }
  const parsed = pairRequestSchema.safeParse(parseJson(body))
  if (!parsed.success) return reply(response, 400, { error: 'that is not a request to join' })
  const result = await onPair(parsed.data)
  if (result.ok) return reply(response, 200, result.value)
  logger.warn('a device was not let in', { reason: result.error, device: parsed.data.deviceId })
  return reply(response, 403, { error: result.error })
}

/** Null: it is too long. What is left of it then goes unread. */
function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= MAX_PAIR_BODY_BYTES) chunks.push(chunk)
      else resolve(null)
    })
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
