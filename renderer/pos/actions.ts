import type { Client } from '../ui/client.ts'
import { createAsking } from './actions/asking.ts'
import { createOrderActions } from './actions/order.ts'
import { createPaper } from './actions/paper.ts'
import { createPaying } from './actions/paying.ts'
import { createPeopleActions } from './actions/people.ts'
import { createRinging } from './actions/ringing.ts'
import { createRunning } from './actions/running.ts'
import { createSending } from './actions/sending.ts'
import { createSettling } from './actions/settling.ts'

export type TillActions = ReturnType<typeof createTillActions>

/** What the buttons of the till do. */
export function createTillActions(client: Client) {
  const asking = createAsking(client)
  const ringing = createRinging(asking)
  return {
    ...ringing,
    ...createOrderActions(asking, ringing),
    ...createSending(asking),
    ...createPaying(asking),
    ...createSettling(asking),
    ...createPeopleActions(asking),
    ...createRunning(asking),
    ...createPaper(asking),
  }
}
