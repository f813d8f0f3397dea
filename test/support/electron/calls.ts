/** Calls in both directions over one channel of messages, between the test and the shell's process. */
export interface Calls {
  readonly call: (method: string, ...args: unknown[]) => Promise<unknown>
  readonly serve: (method: string, work: (...args: never[]) => unknown) => void
  /** Nobody is there any more: what still waits fails. */
  readonly end: (reason: string) => void
}

interface Channel {
  readonly send: (message: unknown) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
}

type Message =
  | { readonly ask: number; readonly method: string; readonly args: never[] }
  | { readonly answer: number; readonly value?: unknown; readonly error?: string }

export function createCalls({ send, onMessage }: Channel): Calls {
  const served = new Map<string, (...args: never[]) => unknown>()
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let next = 1
  let endedBy: string | null = null

  onMessage((received) => {
    const message = received as Message
    if ('ask' in message) void answer(message)
    else {
      const { resolve, reject } = waiting.get(message.answer) ?? {}
      waiting.delete(message.answer)
      if (message.error === undefined) resolve?.(message.value)
      else reject?.(new Error(message.error))
    }
  })

  async function answer({ ask, method, args }: Extract<Message, { ask: number }>): Promise<void> {
    try {
      const work = served.get(method)
      if (work === undefined) throw new Error(`nobody serves ${method}`)
      send({ answer: ask, value: await work(...args) })
    } catch (error) {
      send({ answer: ask, error: error instanceof Error ? error.message : String(error) })
    }
  }

  return {
    call(method, ...args) {
      if (endedBy !== null) return Promise.reject(new Error(endedBy))
      const ask = next++
      const promise = Promise.withResolvers<unknown>()
      waiting.set(ask, promise)
      send({ ask, method, args })
      return promise.promise
    },
    serve: (method, work) => void served.set(method, work),
    end(reason) {
      endedBy = reason
      for (const { reject } of waiting.values()) reject(new Error(reason))
      waiting.clear()
    },
  }
}
