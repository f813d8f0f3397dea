import type { Split } from '../../../domain/split-schema.ts'
import type { Check } from '../../../domain/split.ts'
import { say } from '../../words/say.ts'

/** What a check is called: by its seat, its number, or as what is left. */
export function checkName({ part, of, seat }: Check, split: Split): string {
  if (seat !== null) return say('floor.seat', { seat })
  if (split.kind === 'equal') return say('pay.part', { part, of })
  if (part === of) return split.kind === 'seats' ? say('floor.wholeTable') : say('floor.rest')
  return say('floor.check', { part })
}
