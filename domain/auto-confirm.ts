import { STORE_RECORD_ID, type Catalog, type Channel } from './catalog.ts'
import type { OrderCommandOf } from './commands.ts'

/**
 * Whether an order of a channel becomes confirmed by itself: by the last cent of it, or, where it is
 * paid for later and nobody stands at a till to tap "send", by having come. `isOn`: a device that is
 * set up without it (`auto_confirm_enabled`) confirms nothing, whatever the store says.
 */
export const confirmsItself = (
  { store }: Pick<Catalog, 'store'>,
  channel: Channel,
  isOn: boolean,
): boolean => isOn && store.get(STORE_RECORD_ID)?.confirmByHandChannels?.includes(channel) !== true

/** One for later waits for the store; one that has to be paid first, for its payment. */
export function isSentAsPlaced(
  catalog: Pick<Catalog, 'store'>,
  {
    channel,
    scheduledFor,
    lines,
  }: Pick<OrderCommandOf<'createOrder'>, 'channel' | 'scheduledFor' | 'lines'>,
  isOn: boolean,
): boolean {
  if (channel !== 'online' || scheduledFor !== null || lines.length === 0) return false
  const { payLaterChannels = [] } = catalog.store.get(STORE_RECORD_ID) ?? {}
  return payLaterChannels.includes(channel) && confirmsItself(catalog, channel, isOn)
}
