import { formatMoney } from '../../ui/format.ts'
import { say } from '../../words/say.ts'
import { useTill } from '../store.ts'
import styles from './LastPaid.module.css'

/** Over a counter the next order is open already: what is called out, and the change, stand here. */
export function LastPaid() {
  const last = useTill((till) => till.lastPaid)
  if (last === null) return null
  const money = formatMoney(last.changeMinor, last.currency)
  return (
    <section className={styles['last']} role="status" aria-label={say('lines.lastPaid')}>
      <p className={styles['label']}>{say('lines.lastPaid')}</p>
      <p className={styles['number']}>{last.pager ?? last.number}</p>
      <p className={styles['change']} data-none={last.changeMinor === 0}>
        {say('lines.change', { money })}
      </p>
    </section>
  )
}
