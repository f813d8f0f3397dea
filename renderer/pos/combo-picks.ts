import type { Catalog, RecordValue } from '../../domain/catalog.ts'
import type { LineRequest } from '../../domain/commands.ts'
import { openGroups } from '../../domain/modifiers.ts'
import { say } from '../words/say.ts'
import { missingChoice, wishesIn } from './modifiers.ts'

/** Picking the parts of a combo: what a tap does, and what is still missing. */

type Combo = RecordValue<'combo'>
type Slot = Combo['slots'][number]
export type Pick = NonNullable<LineRequest['picks']>[number]

/** In a slot of one, the new pick takes the place of the old. */
export function togglePick(picks: readonly Pick[], slot: Slot, itemId: string): readonly Pick[] {
  const own = picks.filter(({ slotId }) => slotId === slot.id)
  if (own.some((pick) => pick.itemId === itemId)) {
    return picks.filter((pick) => pick.slotId !== slot.id || pick.itemId !== itemId)
  }
  const picked: Pick = { slotId: slot.id, itemId, modifierIds: [] }
  if (own.length < slot.max) return [...picks, picked]
  return slot.max > 1 ? picks : [...picks.filter((pick) => !own.includes(pick)), picked]
}

/** What was chosen of the groups that are open. */
export function modifiersOf(catalog: Catalog, { itemId, modifierIds }: Pick) {
  const item = catalog.menu_item.get(itemId)
  if (item === undefined) return []
  return wishesIn(openGroups(catalog, item, modifierIds).open, modifierIds)
}

/** What keeps the combo from being added, in words; null: nothing. */
export function missingPick(catalog: Catalog, combo: Combo, picks: readonly Pick[]): string | null {
  for (const slot of combo.slots) {
    const missing = slot.min - picks.filter(({ slotId }) => slotId === slot.id).length
    if (missing > 0) return say('item.chooseMore', { group: slot.name, n: missing })
  }
  for (const { itemId, modifierIds } of picks) {
    const item = catalog.menu_item.get(itemId)
    if (item === undefined) continue
    const missing = missingChoice(openGroups(catalog, item, modifierIds).open, modifierIds)
    if (missing !== null) return `${item.name} · ${missing}`
  }
  return picks.length === 0 ? say('item.pickOne') : null
}
