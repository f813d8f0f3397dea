import { useState, type ReactNode } from 'react'
import type { Catalog, Channel } from '../../../domain/catalog.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { useLive } from '../../ui/live-store.ts'
import { useTerminalNow } from '../../ui/use-now.ts'
import { useTill } from '../store.ts'
import { itemsIn, proposalFor } from './promises.ts'
import { WhenChoice, type When } from './WhenChoice.tsx'

/** What a choice of a time comes to in the order. */
interface ChosenTimes {
  readonly promisedFor?: string | null
  readonly scheduledFor?: string | null
  readonly overbook?: true
}

/**
 * The time of an order in hand, as somebody chooses it. Nothing is said of an order that nobody
 * promised anything for, until somebody does; of a delivery the soonest is chosen already.
 */
export function useWhen(
  order: ShownOrder | null,
  catalog: Catalog,
  channel: Channel,
): { readonly when: ChosenTimes; readonly choice: ReactNode } {
  const nowMs = useTerminalNow()
  const ordersById = useLive((live) => live.ordersById)
  const draft = useTill((till) => till.draft)
  const asked = { id: order?.id ?? null, channel, items: itemsIn(order) }
  const proposal = proposalFor(asked, ordersById.values(), catalog, nowMs)
  const held = whenOf(order ?? draft)
  const [chosen, setChosen] = useState<When | null>(
    held ??
      (channel === 'delivery'
        ? { ms: proposal.soonestMs, isLater: false, isOverbooked: false }
        : null),
  )
  const isSame =
    chosen?.ms === held?.ms && chosen?.isLater === held?.isLater && chosen?.isOverbooked !== true
  return {
    when: isSame ? {} : timesOf(chosen, order === null),
    choice: (
      <WhenChoice
        catalog={catalog}
        proposal={proposal}
        when={chosen}
        nowMs={nowMs}
        canOverbook={order !== null}
        onChange={setChosen}
      />
    ),
  }
}

function whenOf({ promisedFor, scheduledFor }: Pick<ShownOrder, 'promisedFor' | 'scheduledFor'>) {
  const time = promisedFor ?? scheduledFor
  if (time === null) return null
  return { ms: Date.parse(time), isLater: scheduledFor !== null, isOverbooked: false }
}

/** A draft is no order yet that could be taken on above the bound. */
function timesOf(chosen: When | null, isDraft: boolean): ChosenTimes {
  if (chosen === null) return { promisedFor: null, scheduledFor: null }
  const time = new Date(chosen.ms).toISOString()
  return {
    promisedFor: time,
    scheduledFor: chosen.isLater ? time : null,
    ...(chosen.isOverbooked && !isDraft && { overbook: true }),
  }
}
