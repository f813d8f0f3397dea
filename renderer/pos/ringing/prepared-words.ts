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
