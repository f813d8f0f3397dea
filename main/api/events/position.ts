import type { Frontier } from '../../../domain/log.ts'
import { frontierSchema } from '../../../protocol/wire.ts'

/**
 * A place in the feed is a frontier: what the listener has been given of each origin. So any device
 * of the store can go on from it, whichever gave it out.
 */
export const encodePosition = (frontier: Frontier): string =>
  Buffer.from(JSON.stringify([...frontier])).toString('base64url')

/** The word for the beginning of the log. */
export const START = 'start'

/** Null for anything that is no position. */
export function decodePosition(text: string): Frontier | null {
  if (text === START) return new Map()
  try {
    const parsed = frontierSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
