import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../domain/catalog.ts'
import { dueMs } from '../../domain/pacing.ts'
import { timesOutAtMs } from '../../domain/order-timeout.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { formatAge, formatDay, formatMoney, formatTime } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { useTerminalNow } from '../ui/use-now.ts'
import { placeOf, STATUS_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { isOpen, seenState, seenText, unseenSinceMs } from './open-orders.ts'
import styles from './OrderRow.module.css'
import { DueMark } from './takeout/DueMark.tsx'
import { SavedMark } from './SavedMark.tsx'

interface OrderRowProps {
  readonly order: ShownOrder
  readonly catalog: Catalog
  readonly onPress: () => void
}

export function OrderRow({ order, catalog, onPress }: OrderRowProps) {
  const nowMs = useTerminalNow()
  const timeoutMs = useLive((live) => live.device?.orderTimeoutMs)
  const timesOutMs = timeoutMs === undefined ? null : timesOutAtMs(order, timeoutMs)
  const isOverdue = timesOutMs !== null && timesOutMs <= nowMs
  const money = moneyOf(order)
  const createdMs = Date.parse(order.createdAt)
  return (
    <AriaButton className={styles['row'] ?? ''} data-status={order.status} onPress={onPress}>
      <span className={styles['id']}>
        <span className={styles['number']}>{order.number}</span>
        {isOpen(order) && <SavedMark order={order} isShort />}
      </span>
      <span className={styles['place']}>{placeOf(order)}</span>
      <span className={styles['status']}>{STATUS_NAMES[order.status]}</span>
      <span className={styles['seen']} data-seen={isOverdue ? 'unseen' : seenState(order)}>
        {isOverdue ? say('orders.nobodyTook') : isOpen(order) && seenWords(order, catalog, nowMs)}
      </span>
      <span className={styles['age']}>
        {!isOpen(order) ? (
          formatClosed(createdMs, nowMs)
        ) : dueMs(order) === null ? (
          formatAge(nowMs - createdMs)
        ) : (
          <DueMark order={order} />
        )}
      </span>
      <span className={styles['money']}>
        {formatMoney(money.minor, order.currency)}
        <small>{money.word}</small>
      </span>
    </AriaButton>
  )
}

const DAY_MS = 86_400_000

const formatClosed = (createdMs: number, nowMs: number): string =>
  nowMs - createdMs < DAY_MS ? formatTime(createdMs) : formatDay(createdMs)

/** The amount that matters: what is still to be paid, or given back, or what was paid. */
function moneyOf({ status, totals }: ShownOrder): { minor: number; word: string } {
  const { dueMinor, paidMinor } = totals
  if (status !== 'cancelled' && dueMinor > 0) return { minor: dueMinor, word: say('orders.due') }
  if (status !== 'cancelled' && dueMinor < 0)
    return { minor: -dueMinor, word: say('orders.overpaid') }
  return { minor: paidMinor, word: say('orders.paid') }
}

function seenWords(order: ShownOrder, catalog: Catalog, nowMs: number): string {
  const last = order.tickets.at(-1)
  if (last === undefined) return ''
  const sinceMs = unseenSinceMs(order)
  return sinceMs === null
    ? `✓ ${seenText(last, catalog)}`
    : say('order.notSeenFor', { age: formatAge(nowMs - sinceMs) })
}
