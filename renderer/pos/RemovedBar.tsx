import { useLive } from '../ui/live-store.ts'
import { say } from '../words/say.ts'
import styles from './RemovedBar.module.css'

/** Over the whole width, before and after signing in: no other device hears of what is done here. */
export function RemovedBar() {
  const isRemoved = useLive((live) => live.status?.revoked === true)
  if (!isRemoved) return null
  return (
    <div className={styles['bar']} role="alert">
      <p className={styles['what']}>{say('till.removed')}</p>
      <p>{say('till.removedWhy')}</p>
    </div>
  )
}
