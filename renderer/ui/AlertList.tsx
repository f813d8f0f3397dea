import type { ReactNode } from 'react'
import type { Alert } from '../../domain/alerts.ts'
import type { Catalog } from '../../domain/catalog.ts'
import { say } from '../words/say.ts'
import styles from './AlertList.module.css'
import { byText, whatText } from './alerts.ts'
import { Button } from './Button.tsx'
import { formatTime } from './format.ts'

interface AlertListProps {
  readonly alerts: readonly Alert[]
  readonly catalog: Catalog
  /** To where it can be put right. */
  readonly wayThere?: (alert: Alert) => ReactNode
  readonly onSeen: (alertId: string) => void
}

/** What is wrong, what to do about it, and who has seen it. */
export function AlertList({ alerts, ...more }: AlertListProps) {
  if (alerts.length === 0) return <p className={styles['none']}>{say('alerts.none')}</p>
  return (
    <ul className={styles['list']} aria-label={say('alerts.title')}>
      {alerts.map((alert) => (
        <li key={alert.id}>
          <One alert={alert} {...more} />
        </li>
      ))}
    </ul>
  )
}

function One({
  alert,
  catalog,
  wayThere,
  onSeen,
}: Omit<AlertListProps, 'alerts'> & { readonly alert: Alert }) {
  const { kind, since, acknowledged } = alert
  const what = whatText(alert)
  return (
    <article className={styles['alert']} aria-label={what} data-seen={acknowledged !== null}>
      <div className={styles['words']}>
        <h3 className={styles['what']}>
          {what}
          {since !== null && (
            <span className={styles['since']}>
              {say('alerts.since', { time: formatTime(Date.parse(since)) })}
            </span>
          )}
        </h3>
        <p className={styles['todo']}>{say(`alerts.do_${kind}`)}</p>
      </div>
      <div className={styles['ways']}>
        {wayThere?.(alert)}
        {acknowledged === null ? (
          <Button onPress={() => onSeen(alert.id)}>{say('alerts.seen')}</Button>
        ) : (
          <p className={styles['seen']}>
            {say('alerts.seenBy', {
              who: byText(acknowledged.by, catalog),
              time: formatTime(Date.parse(acknowledged.at)),
            })}
          </p>
        )}
      </div>
    </article>
  )
}
