import type { IncomingMessage, Server } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { MAX_BUFFERED_BYTES, MAX_SCREEN_MESSAGE_BYTES } from '../../protocol/limits.ts'
import { EVENTS_PATH } from '../api/events/feed.ts'
import { isSameOrigin } from './same-origin.ts'
import type { ScreenCarrier } from './screen-session.ts'
import type { Screens } from './screens.ts'

export const SCREENS_PATH = '/screens'

/** What a carrier asks of whoever is behind it. */
export interface Attachable {
  readonly attach: (
    carrier: ScreenCarrier,
  ) => Pick<ReturnType<Screens['attach']>, 'receive' | 'isOpen' | 'detach'>
}

/**
 * Browsers' screens: WebSockets on the API's own server, from its own pages alone. The feed of
 * events takes its own upgrades; nobody else's is left hanging.
 */
export function serveScreens(server: Server, screens: Attachable): { readonly stop: () => void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_SCREEN_MESSAGE_BYTES,
    perMessageDeflate: false,
  })
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === EVENTS_PATH) return
    if (pathname !== SCREENS_PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      return
    }
    if (!isSameOrigin(request.headers.origin, request.headers.host)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => attachSocket(webSocket, screens))
  })
  return {
    stop: () => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}

function attachSocket(socket: WebSocket, screens: Attachable): void {
  const carrier: ScreenCarrier = {
    send: (message) => {
      // A screen that does not read is cut off; it comes back and is shown everything anew.
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate()
      else socket.send(JSON.stringify(message))
    },
    close: (reason) => socket.close(1008, reason.slice(0, 120)),
  }
  const session = screens.attach(carrier)
  socket.on('message', (data: Buffer) => session.receive(parseJson(data.toString('utf8'))))
  socket.on('close', session.detach)
  socket.on('error', () => socket.terminate())
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A window of the desktop shell: Electron's `MessagePortMain`, or a Node `MessagePort` in tests. */
export interface ScreenPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
  close(): void
}

export function attachPort(port: ScreenPort, screens: Attachable): void {
  const session = screens.attach({
    send: (message) => port.postMessage(message),
    close: () => port.close(),
  })
  port.on('message', (event) => session.receive(event.data))
  port.on('close', session.detach)
  port.start()
}
