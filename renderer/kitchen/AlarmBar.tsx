import { useLive } from '../ui/live-store.ts'
import { describeSilentTills } from '../ui/neighbours.ts'
import { useTerminalNow } from '../ui/use-now.ts'
import { silenceText, useSilentSince } from '../ui/use-silence.ts'
import styles from './AlarmBar.module.css'

const REMOVED_TEXT = 'This screen was removed from the store — no order reaches it any more'

/** Across the screen: what is shown may be old, or a till's orders may be missing (rule K3). */
export function AlarmBar() {
  const status = useLive((live) => live.status)
  const nowMs = useTerminalNow()
  const silentSinceMs = useSilentSince()
  const alarms =
    silentSinceMs !== null
      ? [silenceText('this screen’s terminal', silentSinceMs)]
      : status?.revoked === true
        ? [REMOVED_TEXT]
        : describeSilentTills(status?.peers ?? [], nowMs)
  if (alarms.length === 0) return null
  const isCutOff = silentSinceMs !== null || status?.revoked === true
  return (
    <div className={styles['bar']} data-kind={isCutOff ? 'terminal' : 'till'}>
      {alarms.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  )
}
