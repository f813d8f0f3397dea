import { useEffect } from 'react'
import { useLive } from '../ui/live-store.ts'
import { useActions } from './actions-context.ts'
import { ticketsToSee, type KitchenTicket } from './tickets.ts'

/** Tells the tills which tickets somebody can read now (rule K2). */
export function useAcknowledge(shown: readonly KitchenTicket[]) {
  const { see } = useActions()
  const deviceId = useLive((live) => live.device?.deviceId)
  const isLinked = useLive((live) => live.isLinked)
  useEffect(() => {
    if (deviceId === undefined || !isLinked) return
    const acknowledge = () => {
      if (document.visibilityState !== 'visible') return
      for (const [orderId, ticketIds] of ticketsToSee(shown, deviceId)) {
        void see(orderId, ticketIds, deviceId)
      }
    }
    acknowledge()
    document.addEventListener('visibilitychange', acknowledge)
    return () => document.removeEventListener('visibilitychange', acknowledge)
  }, [shown, deviceId, isLinked, see])
}
