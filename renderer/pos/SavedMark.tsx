import type { ShownOrder } from '../../domain/order-view.ts'
import { useLive } from '../ui/live-store.ts'
import { say } from '../words/say.ts'
import styles from './SavedMark.module.css'

/**
 * Whether a second device has the order too. One disk for here, two for here and elsewhere: what is
 * on one device alone is lost with it, and nobody should think otherwise.
 */
export function SavedMark({
  order,
  isShort,
}: {
  readonly order: ShownOrder
  readonly isShort?: true
}) {
  const isLive = useLive((live) => live.ordersById.has(order.id))
  const isOnTwo = useLive((live) => live.savedOnTwoIds.has(order.id))
  if (!isLive) return null
  const text = say(isOnTwo ? 'order.savedOnTwo' : 'order.savedHere')
  return (
    <span className={styles['mark']} data-saved={isOnTwo ? 'two' : 'here'}>
      <span className={styles['disks']} aria-hidden="true">
        <span />
        <span />
      </span>
      <span className={styles[isShort ? 'unseen' : 'words']}>{text}</span>
    </span>
  )
}
