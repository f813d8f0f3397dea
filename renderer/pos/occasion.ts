import type { Occasion } from '../../domain/sale-times.ts'
import { useFromNow } from '../ui/use-now.ts'
import { useCurrentOrder } from './actions.ts'
import { useTill } from './store.ts'

const MINUTE_MS = 60_000

/** The channel and the minute that decide what is sold and for how much. */
export function useOccasion(): Occasion {
  const drafted = useTill((till) => till.draft.channel)
  const order = useCurrentOrder()
  const minute = useFromNow((nowMs) => Math.floor(nowMs / MINUTE_MS))
  return { channel: order?.channel ?? drafted, atMs: minute * MINUTE_MS }
}
