import type { Sound } from './sounds.ts'
import type { KitchenTicket } from './tickets.ts'

/** What a cook has to hear of what came between two looks at the tickets: pure. */
export function soundOf(
  before: ReadonlyMap<string, KitchenTicket>,
  now: readonly KitchenTicket[],
): Sound | null {
  let sound: Sound | null = null
  for (const entry of now) {
    const { ticket } = entry
    const was = before.get(ticket.id)
    if (was === entry) continue
    const wasRushed = (was?.ticket.rushedAt ?? null) !== null
    if (ticket.rushedAt !== null && !wasRushed) return 'rush'
    if (was === undefined) sound ??= 'ticket'
    else if (changeIds(entry).some((id) => !changeIds(was).includes(id))) sound = 'change'
  }
  return sound
}

const changeIds = ({ lines }: KitchenTicket): string[] =>
  lines.flatMap(({ change }) => change?.ids ?? [])
