import { createHash } from 'node:crypto'
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
  return createHash('sha256')
    .update(previous)
    .update(
      `${origin}\n${seq}\n${content.clock}\n${content.commandId}\n${content.at}\n${content.actor}\n${content.body}`,
    )
    .digest()
}

/** The entries of a range with their hashes; null where the last one is not what the range says. */
export function chainRange(previous: Uint8Array, range: EntryRange): Entry[] | null {
  let hash: Uint8Array = previous
  const entries = range.entries.map((content, index): Entry => {
    const seq = range.fromSeq + index
    hash = chainHash(hash, range.origin, seq, content)
    return { ...content, origin: range.origin, seq, hash }
  })
  return Buffer.compare(hash, range.lastHash) === 0 ? entries : null
}
