import type { Catalog, MenuItem, ModifierGroup } from './catalog.ts'
import type { SoldModifier } from './events.ts'
import { preparedPrice, preparedTimes, readChoice } from './preparations.ts'
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
  /** How often its recipe counts. */
  readonly times: number
}

/** The groups to choose from: the item's own, and behind each what is opened by a choice in it. */
export function openGroups(
  { modifier_group: groups }: Pick<Catalog, 'modifier_group'>,
  { modifierGroupIds }: Pick<MenuItem, 'modifierGroupIds'>,
  /** As they are wished for, see preparations.ts. */
  chosenIds: readonly string[] | 'all',
): { readonly open: readonly OpenGroup[]; readonly isWhole: boolean } {
  const had = chosenIds === 'all' ? null : new Set(chosenIds.flatMap(opening))
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
      if (had !== null && !had.has(modifier.id)) continue
      for (const opened of modifier.opens ?? []) visit(opened)
    }
  }
  for (const id of modifierGroupIds) visit(id)
  return { open, isWhole }
}

/** What is left out opens nothing. */
function opening(wish: string): string[] {
  const { modifierId, preparation } = readChoice(wish, () => false)
  return preparation === 'no' ? [wish] : [wish, modifierId]
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
  for (const wish of modifierIds) {
    const { modifierId: id, preparation } = readChoice(
      wish,
      (one) => findModifier(open, one) !== undefined,
    )
    const found = findModifier(open, id)
    const before = chosen.find(({ sold }) => sold.id === id)
    const isPossible =
      preparation === null || found?.group.preparations?.includes(preparation) === true
    if (
      !found ||
      !isPossible ||
      (before && before.sold.preparation !== (preparation ?? undefined))
    ) {
      const possible = open.flatMap(({ group }) => possibleOf(group))
      return refuse({ code: 'invalid_modifier', modifierId: wish, itemName: item.name, possible })
    }
    const { name, kitchenName } = found.modifier
    const sold = {
      id,
      name,
      ...(kitchenName !== undefined && { kitchenName }),
      priceMinor: preparedPrice(found.modifier, preparation),
      ...(preparation !== null && { preparation }),
    }
    const times = preparedTimes(found.modifier, preparation)
    chosen.push({ groupId: found.groupId, sold, times })
  }
  for (const { id, group } of open) {
    const count = chosen.filter(
      ({ groupId, sold }) => groupId === id && sold.preparation !== 'no',
    ).length
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

const possibleOf = ({ modifiers, preparations = [] }: ModifierGroup): string[] =>
  modifiers.flatMap(({ id }) => [id, ...preparations.map((one) => `${one}:${id}`)])

function findModifier(open: readonly OpenGroup[], id: string) {
  for (const { id: groupId, group } of open) {
    const modifier = group.modifiers.find((m) => m.id === id)
    if (modifier) return { groupId, group, modifier }
  }
  return undefined
}
