import type { Entry } from '../domain/log.ts'
import { isSignedBody, MAX_UNSIGNED, signingKeyOf } from '../domain/signed-log.ts'
import { isProperlySigned, isSignatureOf } from './signing.ts'

/**
 * Walks the entries of logs, each in its order, and looks at every signature (rule A4): whoever has the
 * file and not the key can compute all hashes anew, and not these. What it finds is told in words.
 */
export interface SignatureChecks {
  /** `before`: the hash of the entry before it. */
  readonly next: (before: Uint8Array, entry: Entry) => string | null
  /** What comes next has left the device, or another log begins. */
  readonly pass: () => void
  /** The log that was walked is at its end. */
  readonly end: () => string | null
}

/** `own`: logs of the device itself, whose last few entries may not be signed yet. */
export function createSignatureChecks(own: ReadonlySet<string>): SignatureChecks {
  let last: Entry | null = null
  let unsigned = 0

  function next(before: Uint8Array, entry: Entry): string | null {
    last = entry
    if (signingKeyOf(entry.origin) === null) return null
    if (!isSignedBody(entry.body)) {
      unsigned += 1
      return unsigned > MAX_UNSIGNED ? `${nameOf(entry)} and those before it are not signed` : null
    }
    unsigned = 0
    return isProperlySigned(before, entry, isSignatureOf)
      ? null
      : `${nameOf(entry)} was not signed by its device`
  }

  function end(): string | null {
    const ended = last
    const count = unsigned
    last = null
    unsigned = 0
    return ended === null || count === 0 || own.has(ended.origin)
      ? null
      : `${nameOf(ended)} is the last and not signed`
  }

  return { next, end, pass: () => (unsigned = 0) }
}

const nameOf = ({ origin, seq }: Entry): string => `origin ${origin}: entry ${seq}`
