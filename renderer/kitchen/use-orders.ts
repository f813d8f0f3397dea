import { useEffect, useState } from 'react'
import type { ShownOrder } from '../../domain/order-view.ts'
import { useLive } from '../ui/live-store.ts'

/**
 * In a rush one order is heard of several times within a moment: sent, seen, marked, bumped. The first
 * word is shown with the next frame, and what comes soon after it all at once.
 */
const TOGETHER_MS = 80

export function useOrders(): ReadonlyMap<string, ShownOrder> {
  const [orders, setOrders] = useState(() => useLive.getState().ordersById)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let shownAtMs = -Infinity
    const show = () => {
      timer = undefined
      shownAtMs = performance.now()
      setOrders(useLive.getState().ordersById)
    }
    const onChange = () => {
      timer ??= setTimeout(show, Math.max(0, shownAtMs + TOGETHER_MS - performance.now()))
    }
    const stop = useLive.subscribe((live, before) => {
      if (live.ordersById !== before.ordersById) onChange()
    })
    // What came between the first look and this.
    onChange()
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  return orders
}
