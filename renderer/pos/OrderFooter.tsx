import type { Catalog } from '../../domain/catalog.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { mayCommand } from '../../domain/roles.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import { Button } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { settingsOf } from '../ui/settings.ts'
import { CHANNEL_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { isOpen } from './open-orders.ts'
import { courseName } from '../ui/course-names.ts'
import { nextCourse } from './courses/next-course.ts'
import { hasReceipt, mustPayFirst, mayRefund, orderSteps } from './order-steps.ts'
import styles from './OrderFooter.module.css'
import { useMode } from './ringing/mode.ts'
import { openSheet, useTill } from './store.ts'

interface OrderFooterProps {
  readonly order: ShownOrder | null
  readonly catalog: Catalog
  readonly staff: SignedIn
}

/** What can be done with the order now. Send and Pay keep their places; the rest is above them. */
export function OrderFooter({ order, catalog, staff }: OrderFooterProps) {
  const { sendToKitchen, fireCourse, complete, payExactCash } = useActions()
  const isQuick = useMode((mode) => mode.isQuick)
  const isBusy = useTill((till) => till.isBusy)
  const steps = orderSteps(order)
  const next = order === null ? null : nextCourse(order)
  const paysFirst = order !== null && mustPayFirst(order, settingsOf(catalog))
  return (
    <footer className={styles['footer']}>
      {paysFirst && (
        <p className={styles['hint']}>
          {say('order.paidFirst', { channel: CHANNEL_NAMES[order.channel] })}
        </p>
      )}
      <div className={styles['more']}>
        <Button
          kind="danger"
          isDisabled={isBusy || !steps.canCancel}
          onPress={() => openSheet({ kind: 'cancel' })}
        >
          {say('order.cancel')}
        </Button>
        {order !== null && mayRefund(order, staff.role) && (
          <Button isDisabled={isBusy} onPress={() => openSheet({ kind: 'refund' })}>
            {say('order.refund')}
          </Button>
        )}
        {mayCommand(staff.role, 'setDiscount') && !isPaid(order) && (
          <Button
            isDisabled={isBusy || !steps.canDiscount}
            onPress={() => openSheet({ kind: 'discount' })}
          >
            {say('order.discount')}
          </Button>
        )}
        <Button
          isDisabled={isBusy || (order !== null && !isOpen(order))}
          onPress={() => openSheet({ kind: 'details' })}
        >
          {say('lines.details')}
        </Button>
        <Button isDisabled={!hasReceipt(order)} onPress={() => openSheet({ kind: 'receipt' })}>
          {say('order.receipt')}
        </Button>
        <Button isDisabled={isBusy || !steps.canMove} onPress={() => openSheet({ kind: 'move' })}>
          {say('order.move')}
        </Button>
        <Button isDisabled={isBusy || !steps.canComplete} onPress={() => void complete()}>
          {say('order.handOver')}
        </Button>
      </div>
      <div className={styles['main']} data-quick={isQuick}>
        {next !== null && !steps.canSend ? (
          <Button
            kind="accent"
            isLarge
            className={styles['fire']}
            isDisabled={isBusy || paysFirst}
            onPress={() => void fireCourse(next, courseName(catalog, next))}
          >
            {say('floor.fire', { course: courseName(catalog, next) })}
          </Button>
        ) : (
          <Button
            kind="accent"
            isLarge
            isDisabled={isBusy || !steps.canSend || paysFirst}
            onPress={() => void sendToKitchen()}
          >
            {say('order.send')}
          </Button>
        )}
        {isQuick && (
          <Button
            kind="money"
            isLarge
            isDisabled={isBusy || !steps.canPay}
            onPress={() => void payExactCash()}
          >
            {say('lines.exactCash')}
            {order !== null &&
              steps.canPay &&
              ` ${formatMoney(order.totals.dueMinor, order.currency)}`}
          </Button>
        )}
        <Button
          kind="money"
          isLarge
          isDisabled={isBusy || !steps.canPay}
          onPress={() => openSheet({ kind: 'pay' })}
        >
          {say('order.pay')}
          {order !== null &&
            steps.canPay &&
            !isQuick &&
            ` ${formatMoney(order.totals.dueMinor, order.currency)}`}
        </Button>
      </div>
    </footer>
  )
}

/** Less of what is paid already is a refund. */
const isPaid = (order: ShownOrder | null): boolean =>
  order !== null && order.totals.paidMinor > 0 && order.totals.dueMinor <= 0
