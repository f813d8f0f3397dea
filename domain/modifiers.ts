import type { Catalog, MenuItem, ModifierGroup } from './catalog.ts'
import type { SoldModifier } from './events.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'

/**
 * Choosing modifiers. A modifier may open further groups: then these are to be chosen from as well,
 * with their own minimum and maximum. A group that is opened twice is still one group.
 */
export interface OpenGroup {
  readonly id: string
  readonly group: ModifierGroup
}

export interface ChosenModifier {
  readonly groupId: string
  readonly sold: SoldModifier
}

/** The groups to choose from: the item's own, and behind each what is opened by a choice in it. */
export function openGroups(
  { modifier_group: groups }: Pick<Catalog, 'modifier_group'>,
  { modifierGroupIds }: Pick<MenuItem, 'modifierGroupIds'>,
  chosenIds: readonly string[] | 'all',
): { readonly open: readonly OpenGroup[]; readonly isWhole: boolean } {
  const open: OpenGroup[] = []
  const seen = new Set<string>()
  let isWhole = true
  const visit = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    const group = groups.get(id)
    if (group === undefined) {
      isWhole = false
      return
    }
    open.push({ id, group })
    for (const modifier of group.modifiers) {
      if (chosenIds !== 'all' && !chosenIds.includes(modifier.id)) continue
      for (const opened of modifier.opens ?? []) visit(opened)
    }
  }
  for (const id of modifierGroupIds) visit(id)
  return { open, isWhole }
}

/** Looks the modifiers up in the open groups and holds each group's minimum and maximum. */
export function sellModifiers(
  catalog: Pick<Catalog, 'modifier_group'>,
  item: MenuItem,
  modifierIds: readonly string[],
): Result<ChosenModifier[], Rejection> {
  const { open, isWhole } = openGroups(catalog, item, modifierIds)
  // A new device may have an item already and not yet what it names: they come from several logs.
  if (!isWhole) return refuse({ code: 'store_not_loaded' })
  const chosen: ChosenModifier[] = []
  for (const id of modifierIds) {
    const found = findModifier(open, id)
    if (!found) {
      const possible = open.flatMap(({ group }) => group.modifiers.map((m) => m.id))
      return refuse({ code: 'invalid_modifier', modifierId: id, itemName: item.name, possible })
    }
    const { name, kitchenName, priceMinor } = found.modifier
    const sold = { id, name, ...(kitchenName !== undefined && { kitchenName }), priceMinor }
    chosen.push({ groupId: found.groupId, sold })
  }
  for (const { id, group } of open) {
    const count = chosen.filter(({ groupId }) => groupId === id).length
    if (count < group.min || count > group.max) {
      return refuse({
        code: 'modifier_count',
        itemName: item.name,
        groupName: group.name,
        min: group.min,
        max: group.max,
        chosen: count,
      })
    }
  }
  return ok(chosen)
}

function findModifier(open: readonly OpenGroup[], id: string) {
  for (const { id: groupId, group } of open) {
    const modifier = group.modifiers.find((m) => m.id === id)
    if (modifier) return { groupId, modifier }
  }
  return undefined
}
