import { useMemo, useState } from 'react'
import { useLive } from '../ui/live-store.ts'
import { StatusStrip } from '../ui/StatusStrip.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { AlarmBar } from './AlarmBar.tsx'
import { AlertsPanel } from './AlertsPanel.tsx'
import { AllDayPanel } from './AllDayPanel.tsx'
import { useArrivals } from './arrivals-context.ts'
import { CardPages } from './CardPages.tsx'
import { ExpoCard } from './ExpoCard.tsx'
import { createExpoReader, handedTickets, lookOfOrder, type ExpoOrder } from './expo.ts'
import styles from './Kitchen.module.css'
import { KitchenBar } from './KitchenBar.tsx'
import { keyAt, placeOfAction, type KeyAction } from './keys.ts'
import { Notice } from './Notice.tsx'
import { RecallPanel } from './RecallPanel.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { notifyKitchen, setRushing, showPage, togglePanel, useKitchen } from './store.ts'
import { TicketCard } from './TicketCard.tsx'
import {
  createTicketReader,
  openTickets,
  recallableTickets,
  type KitchenTicket,
  type Shown,
} from './tickets.ts'
import { useAcknowledge } from './use-acknowledge.ts'
import { useAlarmKind } from './use-alarms.ts'
import { useCardFlow, type CardFlow, type CardItem } from './use-card-flow.ts'
import { useKeys } from './use-keys.ts'
import { useOrders } from './use-orders.ts'
import { useSounds } from './use-sounds.ts'

const MAX_RECALLABLE = 24

interface TicketItem extends CardItem {
  readonly kind: 'ticket'
  readonly source: KitchenTicket
}
interface OrderItem extends CardItem {
  readonly kind: 'order'
  readonly source: ExpoOrder
}
type Item = TicketItem | OrderItem

export function Kitchen() {
  const catalog = useLive((live) => live.catalog)
  const hasOrders = useLive((live) => live.hasOrders)
  const panel = useKitchen((kitchen) => kitchen.panel)
  const settings = useKitchen((kitchen) => kitchen.settings)
  const isRushing = useKitchen((kitchen) => kitchen.isRushing)
  const { bump, recall, rush, handOver, takeBack } = useActions()
  const arrivals = useArrivals()
  const alarm = useAlarmKind()
  const stations = useShownStations()
  const isExpo = settings.mode === 'expo'
  const { all, open, items } = useItems(isExpo, stations)
  const cards = useCardFlow(items)
  const recallable = isExpo
    ? handedTickets(all, MAX_RECALLABLE)
    : recallableTickets(all, stations, MAX_RECALLABLE)

  useAcknowledge(useMemo(() => cards.shown.flatMap(ticketsOn), [cards.shown]))
  useSounds(open, alarm !== null)
  const recallOne = isExpo ? takeBack : recall
  useKeys((action) => {
    const place = placeOfAction(action)
    if (place === null) return act(action, cards)
    if (panel === 'recall') {
      const entry = recallable[place]
      return entry && recallOne(entry)
    }
    const item = cards.shown[place]
    if (item === undefined || panel !== null) return
    if (isRushing) {
      setRushing(false)
      notifyKitchen(null)
      return rush(asOrder(item))
    }
    if (item.kind === 'ticket') bump(item.source)
    else handOver(item.source)
  })
  // The first expo by position: what it calls late is late at the pass.
  const expo = [...(catalog?.station.values() ?? [])]
    .filter(({ kind }) => kind === 'expo')
    .toSorted((a, b) => a.position - b.position)[0]

  return (
    <div className={styles['kitchen']} data-stale={alarm === 'terminal'}>
      <KitchenBar catalog={catalog} stations={stations} cards={cards} isExpo={isExpo} />
      <main className={styles['main']}>
        {catalog === null || !hasOrders ? (
          <p className={styles['calm']}>{say('kitchen.waiting')}</p>
        ) : (
          <>
            {items.length === 0 && <p className={styles['calm']}>{say('kitchen.noTickets')}</p>}
            <CardPages
              label={say('kitchen.tickets', { count: items.length })}
              cards={cards}
              card={(item, part, place) => {
                const keyName = place === null ? null : keyAt(settings.keys, place)
                return item.kind === 'ticket' ? (
                  <TicketCard
                    entry={item.source}
                    catalog={catalog}
                    {...part}
                    keyName={keyName}
                    arrival={arrivals.of(item.id)}
                  />
                ) : (
                  <ExpoCard
                    order={item.source}
                    catalog={catalog}
                    station={expo}
                    {...part}
                    keyName={keyName}
                    arrival={arrivals.of(item.source.tickets[0]?.ticket.id ?? '')}
                  />
                )
              }}
            />
            {panel === 'recall' && (
              <RecallPanel catalog={catalog} tickets={recallable} isExpo={isExpo} />
            )}
            {panel === 'allDay' && <AllDayPanel catalog={catalog} tickets={open} />}
            {panel === 'alerts' && <AlertsPanel catalog={catalog} />}
            {panel === 'settings' && <SettingsPanel catalog={catalog} />}
          </>
        )}
        <Notice />
      </main>
      <StatusStrip silence={() => say('kitchen.connectionsUnknown')} />
      <AlarmBar />
    </div>
  )
}

function act(action: KeyAction, { page }: CardFlow<Item>) {
  if (action === 'nextPage') showPage(page + 1)
  else if (action === 'previousPage') showPage(Math.max(0, page - 1))
  else if (action === 'rush') {
    notifyKitchen(say('kitchen.whichRush'))
    setRushing(true)
  } else if (action === 'recall' || action === 'allDay' || action === 'settings') {
    togglePanel(action)
  }
}

const ticketsOn = (item: Item): readonly KitchenTicket[] =>
  item.kind === 'ticket' ? [item.source] : item.source.tickets

const asOrder = (item: Item): Pick<ExpoOrder, 'tickets' | 'rushedAt'> =>
  item.kind === 'order'
    ? item.source
    : { tickets: [item.source], rushedAt: item.source.ticket.rushedAt }

/** Those that were chosen and are there still; null: all. */
function useShownStations(): Shown {
  const catalog = useLive((live) => live.catalog)
  const stationIds = useKitchen((kitchen) => kitchen.settings.stationIds)
  return useMemo(() => {
    const known = stationIds.filter((id) => catalog?.station.has(id) === true)
    return known.length === 0 ? null : new Set(known)
  }, [stationIds, catalog])
}

function useItems(isExpo: boolean, stations: Shown) {
  const ordersById = useOrders()
  const [readTickets] = useState(createTicketReader)
  const [readOrders] = useState(createExpoReader)
  const all = useMemo(() => readTickets(ordersById), [readTickets, ordersById])
  return useMemo(() => {
    const open = openTickets(all, stations)
    const items: readonly Item[] = isExpo
      ? readOrders(all).map((source) => ({
          kind: 'order',
          id: source.id,
          source,
          look: lookOfOrder(source),
        }))
      : open.map((source) => ({ kind: 'ticket', id: source.ticket.id, source, look: source.look }))
    return { all, open, items }
  }, [all, stations, isExpo, readOrders])
}
