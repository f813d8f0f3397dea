import type { FastifyReply } from 'fastify'
import { MAX_DISCARD_MS, MAX_DISCARDED_BYTES } from './limits.ts'

/**
 * A refusal often comes before the body has. Closing the connection on a client that still sends
 * would take the answer with it, so the rest is read away and nothing of it kept: up to a bound and
 * for a while, then the connection is cut.
 */
export function discardBody(reply: FastifyReply): void {
  const request = reply.request.raw
  if (request.complete) return
  reply.removeHeader('connection')
  let bytes = 0
  const giveUp = setTimeout(() => request.destroy(), MAX_DISCARD_MS).unref()
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MAX_DISCARDED_BYTES) request.destroy()
  })
  request.on('close', () => clearTimeout(giveUp))
  request.resume()
}
