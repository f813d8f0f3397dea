import type { Catalog } from '../../domain/catalog.ts'
import type { SoldModifier } from '../../domain/events.ts'
import type { LineView, ShownOrder } from '../../domain/order-view.ts'

/** What on a ticket must not be overlooked: pure. */

export type Emphasis = 'no' | 'extra' | 'side' | 'plain'

/** A name for the kitchen that says itself what is to be done with it, such as "NO onion". */
const SAID: readonly (readonly [Exclude<Emphasis, 'plain'>, RegExp])[] = [
  ['no', /^(no|without|ohne|sin|sans|بدون)\b/iu],
  ['extra', /^(extra|double|add|doppelt|doble|supplément)\b/iu],
  ['side', /^(side|on the side|extra dazu|aparte|à part)\b/iu],
]

export function emphasisOf(modifier: SoldModifier): Emphasis {
  if (modifier.preparation !== undefined) return modifier.preparation
  const name = modifier.kitchenName ?? modifier.name
  return SAID.find(([, said]) => said.test(name))?.[0] ?? 'plain'
}

/** In any of the languages of the screens; a note that says so stands out, whoever wrote it. */
const ALLERGY = /al+[ée]rg|anaph?yla|anafila|حساس/iu

export const isAllergyNote = (note: string | null): boolean => note !== null && ALLERGY.test(note)

export const warnsOfAllergy = (
  order: Pick<ShownOrder, 'notes'>,
  lines: readonly Pick<LineView, 'instructions'>[],
): boolean =>
  isAllergyNote(order.notes) || lines.some(({ instructions }) => isAllergyNote(instructions))

/** Null: nobody has said what is in it. */
export const allergensOf = ({ item_details: details }: Catalog, itemId: string) =>
  details.get(itemId)?.allergens ?? null
