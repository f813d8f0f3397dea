import type { ModifierGroup } from '../../domain/catalog.ts'
import type { OpenGroup } from '../../domain/modifiers.ts'
import { isLive, type LineView } from '../../domain/order-view.ts'
import { say } from '../words/say.ts'

/** Choosing modifiers: what a tap does, and what is still missing. */

/**
 * The choice after a tap on one modifier. In a group of one, the new choice takes the place of the
 * old; a full group of several takes no more until one is given back.
 */
export function toggleModifier(
  chosen: readonly string[],
  group: ModifierGroup,
  modifierId: string,
): readonly string[] {
  if (chosen.includes(modifierId)) return chosen.filter((id) => id !== modifierId)
  const inGroup = chosenOf(chosen, group)
  if (inGroup.length < group.max) return [...chosen, modifierId]
  if (group.max > 1) return chosen
  return [...chosen.filter((id) => !inGroup.includes(id)), modifierId]
}

export const chosenOf = (chosen: readonly string[], group: ModifierGroup): string[] =>
  chosen.filter((id) => group.modifiers.some((modifier) => modifier.id === id))

/** "Choose 1", "Choose 1 to 3", "Up to 4": what a group asks for. */
export function groupRule({ min, max }: Pick<ModifierGroup, 'min' | 'max'>): string {
  if (min === max) return say('item.choose', { n: min })
  return min === 0 ? say('item.upTo', { n: max }) : say('item.chooseRange', { min, max })
}

/** What keeps the line from being added, in words; null: nothing. */
export function missingChoice(open: readonly OpenGroup[], chosen: readonly string[]) {
  for (const { group } of open) {
    const missing = group.min - chosenOf(chosen, group).length
    if (missing > 0) return say('item.chooseMore', { group: group.name, n: missing })
  }
  return null
}

/** The unsent line that one more of the same plain item can be counted onto: for the same price. */
export function plainLineToGrow(
  lines: readonly LineView[],
  itemId: string,
  priceMinor: number,
  { seat = null, course = null }: Partial<Pick<LineView, 'seat' | 'course'>> = {},
): LineView | undefined {
  const line = lines.findLast((l) => isLive(l) && !l.fired)
  return line?.itemId === itemId &&
    line.combo === null &&
    line.unitPriceMinor === priceMinor &&
    line.seat === seat &&
    line.course === course &&
    line.modifiers.length === 0 &&
    line.instructions === null
    ? line
    : undefined
}
