import { say } from '../words/say.ts'
import { Band } from './CardHead.tsx'
import { isAllergyNote } from './emphasis.ts'
import { Shape } from './Shape.tsx'

/** A note to the whole order; `null`: one of its lines says something of an allergy. */
export function NoteBand({ note }: { readonly note: string | null }) {
  if (note !== null && !isAllergyNote(note)) return <Band kind="notes">{note}</Band>
  return (
    <Band kind="allergy">
      <Shape name="late" />
      <strong>{say('kitchen.allergy')}</strong>
      {note}
    </Band>
  )
}
