import type { IncomingMessage } from 'node:http'
import { MAX_DISCARD_MS, MAX_DISCARDED_BYTES } from './limits.ts'

/**
 * Reads away the rest of a body that was refused, for a while and up to a bound, and keeps nothing
 * of it: a connection that is closed on a sender takes the answer with it.
 */
export function discardBody(request: IncomingMessage): void {
  let bytes = 0
  const giveUp = setTimeout(() => request.destroy(), MAX_DISCARD_MS).unref()
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MAX_DISCARDED_BYTES) request.destroy()
  })
  request.on('close', () => clearTimeout(giveUp))
  request.resume()
}
