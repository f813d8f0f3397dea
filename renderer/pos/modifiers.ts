import type { ModifierGroup } from '../../domain/catalog.ts'
import type { OpenGroup } from '../../domain/modifiers.ts'
import {
  preparedPrice,
  readChoice,
  wishOf,
  type Choice,
  type Preparation,
} from '../../domain/preparations.ts'
import { isLive, type LineView } from '../../domain/order-view.ts'
import { say } from '../words/say.ts'

/** Choosing modifiers: what a tap does, and what is still missing. */

/**
 * The choice after a tap on one modifier, as it is wanted then (null: as it is). In a group of one, the
 * new choice takes the place of the old; a full group of several takes no more until one is given back.
 * What the dish comes with is left out by a tap, where that can be said.
 */
export function toggleModifier(
  chosen: readonly string[],
  group: ModifierGroup,
  modifierId: string,
  wanted: Preparation | null = null,
): readonly string[] {
  const modifier = group.modifiers.find(({ id }) => id === modifierId)
  const isLeftOut = modifier?.standard === true && group.preparations?.includes('no') === true
  const preparation = wanted ?? (isLeftOut ? 'no' : null)
  const wish = wishOf({ modifierId, preparation })
  if (chosen.includes(wish)) return chosen.filter((one) => one !== wish)
  const others = chosen.filter((one) => choiceIn(group, one)?.modifierId !== modifierId)
  if (preparation === 'no') return [...others, wish]
  const inGroup = chosenOf(others, group)
  if (inGroup.length < group.max) return [...others, wish]
  if (group.max > 1) return chosen
  return [...others.filter((one) => !inGroup.includes(one)), wish]
}

/** Undefined: it is none of this group's. */
function choiceIn({ modifiers }: ModifierGroup, wish: string): Choice | undefined {
  const isModifier = (id: string) => modifiers.some((modifier) => modifier.id === id)
  const choice = readChoice(wish, isModifier)
  return isModifier(choice.modifierId) ? choice : undefined
}

/** What is had of a group: all that is chosen of it but what is left out. */
export const chosenOf = (chosen: readonly string[], group: ModifierGroup): string[] =>
  chosen.filter((wish) => {
    const choice = choiceIn(group, wish)
    return choice !== undefined && choice.preparation !== 'no'
  })

/** How a modifier is chosen; undefined: it is not. */
export const chosenAs = (
  chosen: readonly string[],
  group: ModifierGroup,
  modifierId: string,
): Choice | undefined =>
  chosen.flatMap((wish) => choiceIn(group, wish) ?? []).find((one) => one.modifierId === modifierId)

/** The wishes that the open groups know, in their order, with what each costs. */
export const wishesIn = (open: readonly OpenGroup[], chosen: readonly string[]) =>
  open.flatMap(({ group }) =>
    group.modifiers.flatMap((modifier) => {
      const choice = chosenAs(chosen, group, modifier.id)
      if (choice === undefined) return []
      const priceMinor = preparedPrice(modifier, choice.preparation)
      return [{ id: modifier.id, name: modifier.name, wish: wishOf(choice), priceMinor }]
    }),
  )

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
