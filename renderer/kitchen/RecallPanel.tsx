import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../domain/catalog.ts'
import { formatAge } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { useTerminalNow } from '../ui/use-now.ts'
import { placeOf } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { keyAt } from './keys.ts'
import panel from './Panel.module.css'
import styles from './RecallPanel.module.css'
import { openPanel, useKitchen } from './store.ts'
import type { KitchenTicket } from './tickets.ts'

interface RecallPanelProps {
  readonly catalog: Catalog
  /** The last one first. */
  readonly tickets: readonly KitchenTicket[]
  readonly isExpo: boolean
}

/** What was bumped last, or handed out. One tap, or its number, brings a ticket back. */
export function RecallPanel({ catalog, tickets, isExpo }: RecallPanelProps) {
  const { recall, takeBack } = useActions()
  const keys = useKitchen((kitchen) => kitchen.settings.keys)
  const nowMs = useTerminalNow()
  return (
    <div className={panel['panel']}>
      <Sheet
        title={say('kitchen.recall')}
        about={say('kitchen.recallAbout')}
        onClose={() => openPanel(null)}
      >
        {tickets.length === 0 && (
          <p>{isExpo ? say('kitchen.nothingHanded') : say('kitchen.nothingBumped')}</p>
        )}
        <ul className={styles['list']}>
          {tickets.map((entry, place) => {
            const { order, ticket, lines } = entry
            const station = catalog.station.get(ticket.stationId)?.name ?? ''
            const at = isExpo ? ticket.handedAt : ticket.bumpedAt
            const about = { number: order.number, station }
            return (
              <li key={ticket.id}>
                <AriaButton
                  className={styles['ticket'] ?? ''}
                  aria-label={say(isExpo ? 'kitchen.takeBack' : 'kitchen.recallOf', about).trim()}
                  onPress={() => (isExpo ? takeBack : recall)(entry)}
                >
                  <span className={styles['number']}>{order.number}</span>
                  <span className={styles['place']}>
                    {placeOf(order)} · {station}
                  </span>
                  <span className={styles['age']}>
                    {at !== null && say('kitchen.ago', { age: formatAge(nowMs - Date.parse(at)) })}
                    <kbd>{keyAt(keys, place)}</kbd>
                  </span>
                  <span className={styles['lines']}>
                    {lines
                      .filter(({ line }) => !line.voided)
                      .map(({ line }) => `${line.quantity} ${line.kitchenName}`)
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
