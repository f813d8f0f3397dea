import { useEffect, useEffectEvent } from 'react'
import { useLive } from '../ui/live-store.ts'
import { StatusStrip } from '../ui/StatusStrip.tsx'
import { useActions } from './actions-context.ts'
import { AlarmBar } from './AlarmBar.tsx'
import styles from './Kitchen.module.css'
import { KitchenBar } from './KitchenBar.tsx'
import { RecallPanel } from './RecallPanel.tsx'
import { setRecallOpen, showPage, useKitchen } from './store.ts'
import { TicketBoard } from './TicketBoard.tsx'
import { openTickets } from './tickets.ts'
import { useBoard } from './use-board.ts'

export function Kitchen() {
  const catalog = useLive((live) => live.catalog)
  const ordersById = useLive((live) => live.ordersById)
  const hasOrders = useLive((live) => live.hasOrders)
  const stationId = useKitchen((kitchen) => kitchen.stationId)
  const isRecallOpen = useKitchen((kitchen) => kitchen.isRecallOpen)
  const { bump } = useActions()
  const isKnownStation = stationId !== null && catalog?.station.has(stationId) === true
  const shownStationId = isKnownStation ? stationId : null
  const tickets = openTickets(ordersById.values(), shownStationId)
  const board = useBoard(tickets)

  useShortcuts({
    onDigit: (digit) => {
      const entry = board.shown[digit - 1]
      if (entry !== undefined) bump(entry)
    },
    onRecall: () => setRecallOpen(!isRecallOpen),
    onPage: (step) => showPage(board.page + step),
  })

  return (
    <div className={styles['kitchen']}>
      <KitchenBar
        catalog={catalog}
        stationId={shownStationId}
        ticketCount={tickets.length}
        page={board.page}
        pageCount={board.pageCount}
      />
      <main className={styles['main']}>
        {catalog === null || !hasOrders ? (
          <p className={styles['calm']}>Waiting for the terminal</p>
        ) : (
          <>
            {tickets.length === 0 && <p className={styles['calm']}>No tickets</p>}
            <TicketBoard board={board} tickets={tickets} catalog={catalog} />
            {isRecallOpen && <RecallPanel catalog={catalog} stationId={shownStationId} />}
          </>
        )}
      </main>
      <StatusStrip silence={() => 'Connections unknown'} />
      <AlarmBar />
    </div>
  )
}

interface Shortcuts {
  readonly onDigit: (digit: number) => void
  readonly onRecall: () => void
  readonly onPage: (step: number) => void
}

/** For bump bars, which are keyboards: 1 to 9 bump a ticket, R recalls, the arrows turn pages. */
function useShortcuts({ onDigit, onRecall, onPage }: Shortcuts) {
  const onStroke = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (/^[1-9]$/.test(event.key)) onDigit(Number(event.key))
    else if (event.key === 'r' || event.key === 'R') onRecall()
    else if (event.key === 'ArrowRight' || event.key === 'PageDown') onPage(1)
    else if (event.key === 'ArrowLeft' || event.key === 'PageUp') onPage(-1)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onStroke(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
