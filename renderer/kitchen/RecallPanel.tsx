import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../domain/catalog.ts'
import { formatAge } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { useTerminalNow } from '../ui/use-now.ts'
import { placeOf } from '../ui/words.ts'
import { useActions } from './actions-context.ts'
import styles from './RecallPanel.module.css'
import { setRecallOpen } from './store.ts'
import { recallableTickets } from './tickets.ts'

const MAX_RECALLABLE = 24

interface RecallPanelProps {
  readonly catalog: Catalog
  readonly stationId: string | null
}

/** What was bumped last. One tap brings a ticket back, its lines as being prepared. */
export function RecallPanel({ catalog, stationId }: RecallPanelProps) {
  const ordersById = useLive((live) => live.ordersById)
  const { recall } = useActions()
  const nowMs = useTerminalNow()
  const tickets = recallableTickets(ordersById.values(), stationId, MAX_RECALLABLE)
  return (
    <div className={styles['panel']}>
      <Sheet
        title="Recall"
        about="Tap a ticket to bring it back"
        onClose={() => setRecallOpen(false)}
      >
        {tickets.length === 0 && <p>Nothing was bumped lately.</p>}
        <ul className={styles['list']}>
          {tickets.map((entry) => {
            const { order, ticket, lines } = entry
            const station = catalog.station.get(ticket.stationId)?.name ?? ''
            return (
              <li key={ticket.id}>
                <AriaButton
                  className={styles['ticket'] ?? ''}
                  aria-label={`Recall ${order.number} ${station}`.trim()}
                  onPress={() => recall(entry)}
                >
                  <span className={styles['number']}>{order.number}</span>
                  <span className={styles['place']}>
                    {placeOf(order)} · {station}
                  </span>
                  <span className={styles['age']}>
                    {ticket.bumpedAt !== null &&
                      `${formatAge(nowMs - Date.parse(ticket.bumpedAt))} ago`}
                  </span>
                  <span className={styles['lines']}>
                    {lines
                      .filter((line) => !line.voided)
                      .map((line) => `${line.quantity} ${line.kitchenName}`)
                      .join(', ')}
                  </span>
                </AriaButton>
              </li>
            )
          })}
        </ul>
      </Sheet>
    </div>
  )
}
