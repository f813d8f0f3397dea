/**
 * The two ways from a screen to its terminal process. Both carry the same messages, a WebSocket as
 * JSON and a MessagePort as they are; what is in them is the business of `client.ts`.
 */
export interface Carrier {
  /** False: there is no connection, and nothing was sent. */
  readonly send: (message: unknown) => boolean
  readonly onOpen: (listener: () => void) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  readonly onClose: (listener: () => void) => void
}

declare global {
  interface Window {
    /** Put there by the desktop's preload. */
    readonly aura?: {
      readonly isDesktop: boolean
      /** For the log window alone: the shell refuses every other page. */
      readonly readLogs: () => Promise<string>
    }
  }
}

export const RETRY_MIN_MS = 200
export const RETRY_MAX_MS = 3_000
/** The terminal speaks each second. A socket that says nothing for so long is given up. */
export const GIVE_UP_AFTER_MS = 5_000
const WATCH_EVERY_MS = 1_000

export function createCarrier(): Carrier {
  return window.aura?.isDesktop === true ? createPortCarrier() : createSocketCarrier(socketUrl())
}

/** How long to wait before the nth try in a row, counted from 0. */
export const retryDelayMs = (attempt: number): number =>
  Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** Math.min(attempt, 10))

function socketUrl(): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  return `${scheme}//${location.host}/screens`
}

/** A WebSocket that comes back by itself, also from a connection that is dead without saying so. */
function createSocketCarrier(url: string): Carrier {
  const listeners = createListeners()
  let socket: WebSocket | null = null
  let attempt = 0
  let lastSignMs = 0

  const connect = () => {
    const opening = new WebSocket(url)
    socket = opening
    lastSignMs = performance.now()
    opening.addEventListener('open', () => {
      if (socket === opening) listeners.opened()
    })
    opening.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (socket !== opening || typeof event.data !== 'string') return
      attempt = 0
      lastSignMs = performance.now()
      listeners.received(JSON.parse(event.data))
    })
    opening.addEventListener('close', () => {
      if (socket === opening) lose()
    })
  }
  const lose = () => {
    socket?.close()
    socket = null
    listeners.closed()
    setTimeout(connect, retryDelayMs(attempt))
    attempt += 1
  }
  setInterval(() => {
    if (socket !== null && performance.now() - lastSignMs > GIVE_UP_AFTER_MS) lose()
  }, WATCH_EVERY_MS)
  connect()

  return {
    ...listeners.register,
    send: (message) => {
      if (socket?.readyState !== WebSocket.OPEN) return false
      socket.send(JSON.stringify(message))
      return true
    },
  }
}

/**
 * In Electron the preload hands over one end of a channel to the terminal process. A later port
 * replaces the one before: then the terminal process was started anew.
 */
function createPortCarrier(): Carrier {
  const listeners = createListeners()
  let port: MessagePort | null = null

  const lose = (closing: MessagePort) => {
    if (port !== closing) return
    port = null
    listeners.closed()
  }
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const opening = event.ports[0]
    if (event.source !== window || !isPortMessage(event.data) || opening === undefined) return
    if (port !== null) {
      const replaced = port
      lose(replaced)
      replaced.close()
    }
    port = opening
    opening.addEventListener('message', (message: MessageEvent<unknown>) => {
      if (port === opening) listeners.received(message.data)
    })
    opening.addEventListener('close', () => lose(opening))
    opening.start()
    listeners.opened()
  })

  return {
    ...listeners.register,
    send: (message) => {
      if (port === null) return false
      port.postMessage(message)
      return true
    },
  }
}

const isPortMessage = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'aura-port'

function createListeners() {
  const onOpen: (() => void)[] = []
  const onMessage: ((message: unknown) => void)[] = []
  const onClose: (() => void)[] = []
  return {
    register: {
      onOpen: (listener: () => void) => void onOpen.push(listener),
      onMessage: (listener: (message: unknown) => void) => void onMessage.push(listener),
      onClose: (listener: () => void) => void onClose.push(listener),
    },
    opened: () => onOpen.forEach((listener) => listener()),
    received: (message: unknown) => onMessage.forEach((listener) => listener(message)),
    closed: () => onClose.forEach((listener) => listener()),
  }
}
