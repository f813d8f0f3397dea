import type { TLSSocket } from 'node:tls'
import { decodePairMessage, encodePairMessage, type PairMessage } from '../../protocol/pairing.ts'
import { MAX_PAIR_MESSAGE_BYTES, PAIR_TIMEOUT_MS } from '../limits.ts'

/** A conversation of a few small messages on a socket, with an end that comes in any case. */
export interface PairChannel {
  readonly send: (message: PairMessage) => void
  /** The next message; null where none comes: broken off, too slow, too long, or not understood. */
  readonly receive: () => Promise<PairMessage | null>
  /** What was sent still leaves. */
  readonly end: () => void
}

const LENGTH_BYTES = 4

export function openPairChannel(socket: TLSSocket): PairChannel {
  let received: Buffer = Buffer.alloc(0)
  let waiting: ((message: PairMessage | null) => void) | null = null
  let over = false

  const late = setTimeout(() => socket.destroy(), PAIR_TIMEOUT_MS)
  socket.on('error', () => socket.destroy())
  socket.on('close', finish)
  socket.on('end', finish)
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    if (received.length > MAX_PAIR_MESSAGE_BYTES) socket.destroy()
    else deliver()
  })

  function finish(): void {
    clearTimeout(late)
    over = true
    deliver()
  }

  function deliver(): void {
    if (waiting === null) return
    const bytes = takeMessage()
    if (bytes === null && !over) return
    const answer = waiting
    waiting = null
    answer(bytes === null ? null : decodePairMessage(bytes))
  }

  function takeMessage(): Buffer | null {
    if (received.length < LENGTH_BYTES) return null
    const length = received.readUInt32BE(0)
    if (length > MAX_PAIR_MESSAGE_BYTES) {
      over = true
      socket.destroy()
      return null
    }
    const end = LENGTH_BYTES + length
    if (received.length < end) return null
    const message = received.subarray(LENGTH_BYTES, end)
    received = received.subarray(end)
    return message
  }

  return {
    send(message) {
      if (over) return
      const bytes = encodePairMessage(message)
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(bytes.length)
      socket.write(Buffer.concat([length, bytes]))
    },
    receive: () =>
      new Promise((resolve) => {
        waiting = resolve
        deliver()
      }),
    end: () => socket.end(),
  }
}
