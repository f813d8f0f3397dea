import styles from './AlarmBar.module.css'
import { Shape } from './Shape.tsx'
import { useAlarms } from './use-alarms.ts'

/** Across the screen: what is shown may be old, or a till's orders may be missing (rule K3). */
export function AlarmBar() {
  const alarms = useAlarms()
  if (alarms === null) return null
  return (
    <div className={styles['bar']} data-kind={alarms.kind} role="alert">
      {alarms.texts.map((text) => (
        <p key={text}>
          <Shape name={alarms.kind === 'terminal' ? 'late' : 'soon'} />
          {text}
        </p>
      ))}
    </div>
  )
}
