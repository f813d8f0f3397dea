import { useMemo } from 'react'
import type { Occasion } from '../../domain/sale-times.ts'
import { useLive } from '../ui/live-store.ts'
import { useFromNow } from '../ui/use-now.ts'
import { useTill } from './store.ts'

const MINUTE_MS = 60_000

/**
 * The channel and the minute that decide what is sold and for how much. Whatever else changes of the
 * order leaves it as it is, so that a whole menu does not render for each line.
 */
export function useOccasion(): Occasion {
  const drafted = useTill((till) => till.draft.channel)
  const orderId = useTill((till) => till.orderId)
  const found = useTill((till) => till.found?.channel)
  const live = useLive((all) =>
    orderId === null ? undefined : all.ordersById.get(orderId)?.channel,
  )
  const minute = useFromNow((nowMs) => Math.floor(nowMs / MINUTE_MS))
  const channel = orderId === null ? drafted : (live ?? found ?? drafted)
  return useMemo(() => ({ channel, atMs: minute * MINUTE_MS }), [channel, minute])
}
