import type { Catalog } from '../../domain/catalog.ts'
import { AlertList } from '../ui/AlertList.tsx'
import { alertsFor, unseenAlerts } from '../ui/alerts.ts'
import { Toggle } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import styles from './KitchenBar.module.css'
import panel from './Panel.module.css'
import { openPanel, togglePanel, useKitchen } from './store.ts'

/** In the bar, while something concerns the cooks that none of them has seen. */
export function AlertsToggle() {
  const isSelected = useKitchen((kitchen) => kitchen.panel === 'alerts')
  const count = useLive((live) => unseenAlerts(live.alerts, 'kitchen').length)
  if (count === 0 && !isSelected) return null
  return (
    <Toggle isSelected={isSelected} onChange={() => togglePanel('alerts')}>
      {say('alerts.title')} <span className={styles['alerts']}>{count}</span>
    </Toggle>
  )
}

export function AlertsPanel({ catalog }: { readonly catalog: Catalog }) {
  const { acknowledgeAlert } = useActions()
  const all = useLive((live) => live.alerts)
  return (
    <div className={panel['panel']}>
      <Sheet
        title={say('alerts.title')}
        about={say('alerts.about')}
        onClose={() => openPanel(null)}
      >
        <AlertList
          alerts={alertsFor(all, 'kitchen')}
          catalog={catalog}
          onSeen={(alertId) => void acknowledgeAlert(alertId)}
        />
      </Sheet>
    </div>
  )
}
