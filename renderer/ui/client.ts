import { MAX_CALLS_IN_FLIGHT } from '../../protocol/limits.ts'
import type {
  AnswerValues,
  ScreenCall,
  ScreenKind,
  ScreenMessage,
  ScreenRejection,
  SCREENS_PROTOCOL,
  TerminalMessage,
} from '../../protocol/screens.ts'
import { say } from '../words/say.ts'
import type { Carrier } from './connection.ts'
import { explainRefusal } from './refusals.ts'

/**
 * Calls to the terminal process and what it says by itself. A command whose answer got lost with
 * the connection is sent again with the same id, which does it once (rule L5); other calls fail and
 * may be tried again by hand.
 */
export interface Client {
  readonly call: <T extends CallType>(
    type: T,
    args: Omit<Extract<ScreenCall, { type: T }>, 'type' | 'callId'>,
  ) => Promise<Answer<AnswerValues[T]>>
}

type CallType = ScreenCall['type']

export type Answer<V> =
  | { readonly ok: true; readonly value: V }
  | { readonly ok: false; readonly error: Failure; readonly message: string }

export type Failure =
  | ScreenRejection
  | { readonly code: 'connection_lost' | 'too_many_calls' | 'handed_over' }

export interface ClientListeners {
  readonly onLink: (isOpen: boolean) => void
  readonly onMessage: (message: Exclude<TerminalMessage, { type: 'answer' }>) => void
}

interface Waiting {
  readonly call: ScreenCall
  readonly settle: (answer: Answer<unknown>) => void
  /** Who tapped; null where nobody signs in. */
  readonly staffId: string | null
  /** The terminal wants a PIN first: the call is sent again after that. */
  isHeld: boolean
}

// The value lives beside the schemas; naming only its type keeps the schema library out of the page.
const PROTOCOL: typeof SCREENS_PROTOCOL = 1

export function createClient(
  carrier: Carrier,
  screen: ScreenKind,
  listeners: ClientListeners,
): Client {
  const waiting = new Map<number, Waiting>()
  let nextCallId = 1
  let staffId: string | null = null

  const send = (message: ScreenMessage) => carrier.send(message)

  carrier.onOpen(() => {
    listeners.onLink(true)
    send({ type: 'hello', protocol: PROTOCOL, screen })
    for (const { call, isHeld } of waiting.values()) if (!isHeld) send(call)
  })
  carrier.onClose(() => {
    listeners.onLink(false)
    for (const [callId, { call, settle }] of waiting) {
      if (isRepeatable(call)) continue
      waiting.delete(callId)
      settle(connectionLost)
    }
  })
  carrier.onMessage((received) => {
    const message = readTerminalMessage(received)
    if (message === null) return
    if (message.type === 'answer') return settleAnswer(message)
    listeners.onMessage(message)
    if (message.type === 'signedIn' && message.staff !== null) {
      staffId = message.staff.staffId
      releaseHeld()
    }
  })

  const settleAnswer = (message: Extract<TerminalMessage, { type: 'answer' }>) => {
    const entry = waiting.get(message.callId)
    if (!entry) return
    if (!message.ok && message.error.code === 'not_signed_in' && isRepeatable(entry.call)) {
      entry.isHeld = true
      return
    }
    waiting.delete(message.callId)
    entry.settle(
      message.ok
        ? { ok: true, value: message.value }
        : {
            ok: false,
            error: message.error,
            message: explainRefusal(message.error, message.message),
          },
    )
  }
  /** What one person tapped is never done in the name of the next. */
  const releaseHeld = () => {
    for (const [callId, entry] of waiting) {
      if (!entry.isHeld) continue
      if (entry.staffId === staffId) {
        entry.isHeld = false
        send(entry.call)
      } else {
        waiting.delete(callId)
        entry.settle(handedOver)
      }
    }
  }

  return {
    call: (type, args) =>
      new Promise((resolve) => {
        const settle = resolve as Waiting['settle']
        if (waiting.size >= MAX_CALLS_IN_FLIGHT) return settle(tooManyCalls)
        const numbered = { ...args, type, callId: nextCallId++ } as unknown as ScreenCall
        const wasSent = send(numbered)
        if (!wasSent && !isRepeatable(numbered)) return settle(connectionLost)
        waiting.set(numbered.callId, { call: numbered, settle, staffId, isHeld: false })
      }),
  }
}

const connectionLost: Answer<never> = {
  ok: false,
  error: { code: 'connection_lost' },
  get message() {
    return say('status.noAnswer')
  },
}

const tooManyCalls: Answer<never> = {
  ok: false,
  error: { code: 'too_many_calls' },
  get message() {
    return say('status.tooManyCalls')
  },
}

const handedOver: Answer<never> = {
  ok: false,
  error: { code: 'handed_over' },
  get message() {
    return say('status.handedOver')
  },
}

const isRepeatable = (call: ScreenCall): boolean => 'commandId' in call && !('pin' in call)

const MESSAGE_TYPES: Record<TerminalMessage['type'], true> = {
  popular: true,
  joining: true,
  welcome: true,
  catalog: true,
  stock: true,
  orders: true,
  saved: true,
  alerts: true,
  status: true,
  signedIn: true,
  answer: true,
}

/** Screen and terminal come from one build, so the type is looked at and the rest is believed. */
function readTerminalMessage(message: unknown): TerminalMessage | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null
  const { type } = message
  return typeof type === 'string' && Object.hasOwn(MESSAGE_TYPES, type)
    ? (message as TerminalMessage)
    : null
}
