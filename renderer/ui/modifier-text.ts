import type { SoldModifier } from '../../domain/events.ts'
import type { Preparation } from '../../domain/preparations.ts'
import { say } from '../words/say.ts'

/** A modifier as people say it: "No onions". */
export function modifierText({
  name,
  preparation,
}: {
  readonly name: string
  readonly preparation?: Preparation | undefined
}): string {
  switch (preparation) {
    case 'no':
      return say('lines.noName', { name })
    case 'extra':
      return say('lines.extraName', { name })
    case 'side':
      return say('lines.sideName', { name })
    case undefined:
      return name
  }
}

/** As the kitchen calls it. */
export const kitchenNamed = ({ name, kitchenName = name, preparation }: SoldModifier) => ({
  name: kitchenName,
  preparation,
})
