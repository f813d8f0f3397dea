import { useEffect, useRef } from 'react'
import { useLive } from '../ui/live-store.ts'
import { useFromNow } from '../ui/use-now.ts'
import { play } from './sounds.ts'
import { useKitchen } from './store.ts'
import { urgencyOf, type KitchenTicket } from './tickets.ts'
import { soundOf } from './what-sounds.ts'

/** What is shown is heard as well: what is new, what changed, what is rushed, and what is late. */
export function useSounds(tickets: readonly KitchenTicket[], isAlarmed: boolean) {
  const volume = useKitchen((kitchen) => kitchen.settings.volume)
  const catalog = useLive((live) => live.catalog)
  const hasOrders = useLive((live) => live.hasOrders)
  const before = useRef<ReadonlyMap<string, KitchenTicket> | null>(null)
  useEffect(() => {
    if (!hasOrders) return
    // What is there when the screen starts is no news.
    const sound = before.current === null ? null : soundOf(before.current, tickets)
    before.current = new Map(tickets.map((entry) => [entry.ticket.id, entry]))
    if (sound !== null) play(sound, volume)
  }, [tickets, hasOrders, volume])

  const lateCount = useFromNow(
    (nowMs) =>
      tickets.filter(({ ticket }) => {
        const ageMs = nowMs - Date.parse(ticket.firedAt)
        return urgencyOf(ageMs, catalog?.station.get(ticket.stationId)) === 'late'
      }).length,
  )
  const lateBefore = useRef(lateCount)
  useEffect(() => {
    if (lateCount > lateBefore.current) play('alarm', volume)
    lateBefore.current = lateCount
  }, [lateCount, volume])
  useEffect(() => {
    if (isAlarmed) play('alarm', volume)
  }, [isAlarmed, volume])
}
