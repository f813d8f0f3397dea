import type { ShownOrder } from '../../domain/order-view.ts'
import { useLive } from '../ui/live-store.ts'
import { useTill } from './store.ts'

/** The order on the screen: the live one, else the one that a search found. */
export function currentOrder(): ShownOrder | null {
  const { orderId, found } = useTill.getState()
  if (orderId === null) return null
  return useLive.getState().ordersById.get(orderId) ?? found
}

export function useCurrentOrder(): ShownOrder | null {
  const orderId = useTill((till) => till.orderId)
  const found = useTill((till) => till.found)
  const live = useLive((l) => (orderId === null ? undefined : l.ordersById.get(orderId)))
  return orderId === null ? null : (live ?? found)
}
