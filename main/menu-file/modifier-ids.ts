import type { ModifierGroup } from '../../domain/catalog.ts'

/**
 * An order names a modifier by its id alone, so the second of two with one id could never be sold.
 * Says which it is, or null.
 */
export function doubledModifier(groups: readonly ModifierGroup[]): string | null {
  const groupNameById = new Map<string, string>()
  for (const group of groups) {
    for (const { id } of group.modifiers) {
      const other = groupNameById.get(id)
      if (other !== undefined) {
        return `the groups "${other}" and "${group.name}" both have the modifier "${id}"; an item can have it only once`
      }
      groupNameById.set(id, group.name)
    }
  }
  return null
}
