import { hash } from 'node:crypto'
import type { Entry, EntryContent, EntryRange } from '../domain/log.ts'

/** What the first entry of an origin is chained to. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

/** SHA-256 over the hash before it and every field, each on its own line (rule L3). */
export function chainHash(
  previous: Uint8Array,
  origin: string,
  seq: number,
  content: EntryContent,
): Buffer {
  const text = `${origin}\n${seq}\n${content.clock}\n${content.commandId}\n${content.at}\n${content.actor}\n${content.body}`
  // One call over one buffer: a hash object of its own costs more than hashing two kilobytes.
  const room = previous.length + text.length * MAX_BYTES_PER_UNIT
  const bytes = room <= scratch.length ? scratch : Buffer.allocUnsafe(room)
  bytes.set(previous)
  const length = previous.length + bytes.write(text, previous.length)
  return hash('sha256', bytes.subarray(0, length), 'buffer')
}

/** A UTF-16 code unit takes at most three bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3
const scratch = Buffer.allocUnsafeSlow(64 * 1_024)

/** The entries of a range with their hashes; null where the last one is not what the range says. */
export function chainRange(previous: Uint8Array, range: EntryRange): Entry[] | null {
  let last: Uint8Array = previous
  const entries = range.entries.map((content, index): Entry => {
    const seq = range.fromSeq + index
    last = chainHash(last, range.origin, seq, content)
    return { ...content, origin: range.origin, seq, hash: last }
  })
  return Buffer.compare(last, range.lastHash) === 0 ? entries : null
}
