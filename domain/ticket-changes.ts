import { compareStamps } from './clock.ts'
import type { SoldModifier } from './events.ts'
import { changeIdOf, type Fact, type LineEdit, type LineState, type TicketState } from './evolve.ts'

/**
 * What a ticket asks for may change after it was fired: a guest changes his mind, or two tills were
 * apart. The cook has to be told, and to say that he knows (rule K5). A change is known by the command
 * that made it, so that an acknowledgement covers what was read and never what came meanwhile, in
 * whichever order the two arrive.
 */
export interface TicketChange {
  readonly id: string
  readonly lineId: string
  readonly kind: 'changed' | 'voided'
  readonly at: string
  readonly actor: string
  /** What the cook was told before; of a void the line says it itself. */
  readonly was?: {
    readonly quantity?: number
    readonly modifiers?: readonly SoldModifier[]
    readonly instructions?: string | null
  }
}

/** Changes of a line that nobody has acknowledged on this ticket, the first one first. */
export function unseenChanges(
  lineId: string,
  line: LineState,
  fired: Fact<unknown>,
  ticket: TicketState | undefined,
): TicketChange[] {
  if (line.edits === undefined && line.voided === undefined) return []
  const isSeen = (fact: Fact<unknown>): boolean =>
    changeIdOf(fact.stamp) in (ticket?.changesSeen ?? {}) || isKnownTo(fired, fact)
  const edits = Object.values(line.edits ?? {}).toSorted((a, b) => compareStamps(a.stamp, b.stamp))
  const unseen = edits.filter((edit) => !isSeen(edit))
  const changes: TicketChange[] = []
  const [first] = unseen
  if (first !== undefined) {
    const was = before(line, edits.filter(isSeen))
    // One line is changed, however many taps it took: the last of them says when.
    for (const edit of unseen) {
      changes.push({ ...named(edit, lineId), kind: 'changed', was })
    }
  }
  if (line.voided !== undefined && !isSeen(line.voided)) {
    changes.push({ ...named(line.voided, lineId), kind: 'voided' })
  }
  return changes
}

const named = ({ stamp, at, actor }: Fact<unknown>, lineId: string) => ({
  id: changeIdOf(stamp),
  lineId,
  at,
  actor,
})

/** Who fired had written it himself, or had it in the same log before: then it was fired as it is. */
const isKnownTo = ({ stamp: fired }: Fact<unknown>, { stamp }: Fact<unknown>): boolean =>
  stamp.origin === fired.origin && compareStamps(stamp, fired) < 0

/** The line as the cook knows it. */
function before(line: LineState, seen: readonly Fact<LineEdit>[]): TicketChange['was'] & object {
  const { added } = line
  const was = {
    quantity: added?.value.quantity,
    modifiers: added?.value.modifiers as readonly SoldModifier[] | undefined,
    instructions: added?.value.instructions,
  }
  for (const { value } of seen) {
    if (value.quantity !== undefined) was.quantity = value.quantity
    if (value.modifiers !== undefined) was.modifiers = value.modifiers
    if (value.instructions !== undefined) was.instructions = value.instructions
  }
  return {
    ...(was.quantity !== undefined && { quantity: was.quantity }),
    ...(was.modifiers !== undefined && { modifiers: was.modifiers }),
    ...(was.instructions !== undefined && { instructions: was.instructions }),
  }
}
