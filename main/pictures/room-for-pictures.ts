import type { RecordVersion } from '../../domain/record-versions.ts'

/**
 * Pictures that a store keeps at one time: some tens of megabytes at most. The log keeps what was
 * replaced as long as it keeps anything; this bounds what is there to be asked for.
 */
export const MAX_PICTURES = 500

/**
 * Which pictures go so that there is room for one more: those that nothing shows, now or on a date
 * that is scheduled, the oldest first. Null: all are shown, and there is no room.
 */
export function pictureIdsToDrop(
  heldIds: readonly string[],
  versions: readonly RecordVersion[],
  max = MAX_PICTURES,
): readonly string[] | null {
  const tooMany = heldIds.length + 1 - max
  if (tooMany <= 0) return []
  const shown = new Set(
    versions.flatMap(({ kind, value }) =>
      kind === 'item_picture' && value !== null && 'pictureId' in value ? [value.pictureId] : [],
    ),
  )
  const unused = heldIds.filter((id) => !shown.has(id))
  return unused.length < tooMany ? null : unused.slice(0, tooMany)
}
