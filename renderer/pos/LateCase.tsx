import type { LateEntries } from '../../protocol/screens.ts'
import { Button } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { lateText, lateTitle } from './late.ts'
import styles from './SettleSheet.module.css'
import { openOrder, useTill } from './store.ts'

/** What a removed device wrote that nobody knew at its removal: a manager looks, and says so. */
export function LateCase({ late }: { readonly late: LateEntries }) {
  const { acceptLate } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const ordersById = useLive((live) => live.ordersById)
  const title = lateTitle(late)
  return (
    <article className={styles['case']} aria-label={`${late.deviceName}: ${title}`}>
      <div className={styles['what']}>
        <strong className={styles['number']}>{late.deviceName}</strong>
      </div>
      <div className={styles['what']}>
        <h3 className={styles['title']}>{title}</h3>
        <p className={styles['sides']}>{lateText(late)}</p>
        <ul className={styles['orders']} aria-label={say('settle.touched')}>
          {late.orders.map(({ id, number }) => (
            <li key={id}>
              {ordersById.has(id) ? (
                <Button onPress={() => openOrder(id)}>{number}</Button>
              ) : (
                <span>{number}</span>
              )}
            </li>
          ))}
        </ul>
      </div>
      <div className={styles['ways']}>
        <Button kind="accent" isDisabled={isBusy} onPress={() => void acceptLate(late)}>
          {say('settle.isRight')}
        </Button>
      </div>
    </article>
  )
}
