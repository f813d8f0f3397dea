import { useState } from 'react'
import { countAllDay, toMakeOn } from '../../domain/all-day.ts'
import type { Catalog } from '../../domain/catalog.ts'
import { Toggle } from '../ui/Button.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import styles from './AllDayPanel.module.css'
import { prepStations } from './KitchenBar.tsx'
import panel from './Panel.module.css'
import { openPanel } from './store.ts'
import type { KitchenTicket } from './tickets.ts'

interface AllDayPanelProps {
  readonly catalog: Catalog
  /** Those that the screen shows. */
  readonly tickets: readonly KitchenTicket[]
}

/** How much of each thing is still to be made (rule K8). */
export function AllDayPanel({ catalog, tickets }: AllDayPanelProps) {
  const [stationId, setStationId] = useState<string | null>(null)
  const stationIds = new Set(tickets.map(({ ticket }) => ticket.stationId))
  const stations = prepStations(catalog).filter(([id]) => stationIds.has(id))
  const counts = countAllDay(
    tickets
      .filter(({ ticket }) => stationId === null || ticket.stationId === stationId)
      .flatMap(({ order, ticket, lines }) =>
        toMakeOn(
          order,
          ticket,
          lines.map(({ line }) => line),
        ),
      ),
  )
  return (
    <div className={panel['panel']}>
      <Sheet
        title={say('kitchen.allDay')}
        about={say('kitchen.allDayAbout')}
        onClose={() => openPanel(null)}
      >
        {stations.length > 1 && (
          <div role="group" aria-label={say('kitchen.stations')} className={styles['stations']}>
            <Toggle isSelected={stationId === null} onChange={() => setStationId(null)}>
              {say('kitchen.allStations')}
            </Toggle>
            {stations.map(([id, station]) => (
              <Toggle key={id} isSelected={id === stationId} onChange={() => setStationId(id)}>
                {station.name}
              </Toggle>
            ))}
          </div>
        )}
        {counts.length === 0 && <p>{say('kitchen.nothingToMake')}</p>}
        <ul className={styles['list']} aria-label={say('kitchen.allDay')}>
          {counts.map((count) => (
            <li key={count.itemId} className={styles['item']}>
              <span className={styles['quantity']}>{count.quantity}</span>
              <span className={styles['name']}>{count.name}</span>
              {count.modifiers.length > 0 && (
                <span className={styles['modifiers']}>
                  {count.modifiers.map(({ name, quantity }) => `${quantity} ${name}`).join(' · ')}
                </span>
              )}
            </li>
          ))}
        </ul>
      </Sheet>
    </div>
  )
}
