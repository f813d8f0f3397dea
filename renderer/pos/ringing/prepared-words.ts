import type { Preparation } from '../../../domain/preparations.ts'
import { say } from '../../words/say.ts'

/** How a modifier is wanted, in the language of the screen. */
export function preparationWord(preparation: Preparation): string {
  switch (preparation) {
    case 'no':
      return say('lines.no')
    case 'extra':
      return say('lines.extra')
    case 'side':
      return say('lines.side')
  }
}

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
