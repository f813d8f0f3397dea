import type { Role } from '../../../domain/catalog.ts'
import { unseenAlerts } from '../../ui/alerts.ts'
import { Toggle } from '../../ui/Button.tsx'
import { useLive } from '../../ui/live-store.ts'
import { say } from '../../words/say.ts'
import styles from './Alerts.module.css'

interface AlertsToggleProps {
  readonly role: Role
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
}

/** Not there while nobody has to look at anything, so that it means something when it is. */
export function AlertsToggle({ role, ...toggle }: AlertsToggleProps) {
  const count = useLive((live) => unseenAlerts(live.alerts, role).length)
  if (count === 0 && !toggle.isSelected) return null
  return (
    <Toggle {...toggle}>
      {say('alerts.title')} <span className={styles['count']}>{count}</span>
    </Toggle>
  )
}
