import type { Catalog, RecordValue } from './catalog.ts'
import type { Frontier } from './log.ts'

/**
 * What a removed device wrote, told apart by its removal: the removal names how far the remover held
 * the device's log. What lies beyond was written after it, or was not known then, because the device
 * had sold offline. Both look alike, so all of it is taken and folded, for nothing honest may be
 * lost, and all of it is shown to a manager until one says that it is right, for nothing forged may
 * slip in (rule F4).
 *
 *     the device's log   1 ───────── held ┊ ───────────── frontier
 *                          trusted        ┊  shown, until accepted up to there
 *
 * It is read from the records and the frontier alone, so it does not matter what came first.
 */
export interface LateRange {
  readonly deviceId: string
  readonly origin: string
  readonly fromSeq: number
  readonly toSeq: number
}

/** Every log that a device is known to have written (rule L6). */
export const originsOf = ({ origin, laterOrigins }: RecordValue<'device'>): readonly string[] => [
  origin,
  ...(laterOrigins ?? []),
]

/** How far the logs of a device are held. */
export const heldOf = (
  device: RecordValue<'device'>,
  frontier: Frontier,
): Readonly<Record<string, number>> =>
  Object.fromEntries(originsOf(device).map((origin) => [origin, frontier.get(origin) ?? 0]))

/** What waits for a manager. Removals from before they named how far tell nothing apart. */
export function lateRanges(catalog: Catalog, frontier: Frontier): LateRange[] {
  return [...catalog.revocation].flatMap(([deviceId, { held }]) => {
    const device = catalog.device.get(deviceId)
    if (device === undefined || held === undefined) return []
    return originsOf(device).flatMap((origin) => {
      const accepted = catalog.late_entries.get(origin)?.acceptedUpTo ?? 0
      const fromSeq = Math.max(Object.hasOwn(held, origin) ? held[origin]! : 0, accepted) + 1
      const toSeq = frontier.get(origin) ?? 0
      return fromSeq <= toSeq ? [{ deviceId, origin, fromSeq, toSeq }] : []
    })
  })
}
