import { randomUUID } from 'node:crypto'

/**
 * A UUID of version 7 (RFC 9562): 48 bits of time, then chance. New ids sort behind older ones, so
 * indexes grow at their end. The chance is that of a version 4, which Node draws in advance.
 */
export function newId(nowMs: number = Date.now()): string {
  const time = nowMs.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
