import { useEffect } from 'react'
import { STORE_RECORD_ID } from '../../domain/catalog.ts'
import { displayed, DISPLAY_CHANNEL, type DisplayMessage } from '../display/shown.ts'
import { useLive } from '../ui/live-store.ts'
import { useCurrentOrder } from './current-order.ts'

/** Tells the customer display of this till what is being rung up. Shows nothing itself. */
export function DisplayFeed() {
  const order = useCurrentOrder()
  const storeName = useLive((live) => live.catalog?.store.get(STORE_RECORD_ID)?.name ?? '')
  useEffect(() => {
    const channel = new BroadcastChannel(DISPLAY_CHANNEL)
    const tell = (): void =>
      channel.postMessage({
        type: 'shown',
        storeName,
        order: order && displayed(order),
      } satisfies DisplayMessage)
    tell()
    channel.addEventListener('message', ({ data }: MessageEvent<DisplayMessage>) => {
      if (data.type === 'asked') tell()
    })
    return () => channel.close()
  }, [order, storeName])
  return null
}
