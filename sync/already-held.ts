import type { EntryLog } from '../domain/log.ts'
import { hashText, type ShapeName } from '../protocol/shape.ts'

/**
 * Which of these are here already, byte for byte. Most of what comes from the centre is what this
 * device has brought there itself, and reading it closer would cost the till more than the selling.
 * Each hash covers the entries before it (rule L3), so where the last that is here of an origin is
 * the same, all before it are. Where it is not, nothing of that origin counts as held: there are two
 * branches, and the log has to look (rule L2).
 */
export function heldAlready(
  names: readonly ShapeName[],
  log: Pick<EntryLog, 'frontier' | 'readRange'>,
): (name: ShapeName) => boolean {
  const frontier = log.frontier()
  const lastByOrigin = new Map<string, ShapeName>()
  for (const name of names) {
    if (name.seq > (frontier.get(name.origin) ?? 0)) continue
    const last = lastByOrigin.get(name.origin)
    if (last === undefined || name.seq > last.seq) lastByOrigin.set(name.origin, name)
  }
  const sameUpTo = new Map<string, number>()
  for (const { origin, seq, hash } of lastByOrigin.values()) {
    const ours = log.readRange(origin, seq, 1, 1)?.lastHash
    if (ours !== undefined && hashText(ours) === hash) sameUpTo.set(origin, seq)
  }
  return ({ origin, seq }) => seq <= (sameUpTo.get(origin) ?? 0)
}
