import type { ShownOrder } from '../../../domain/order-view.ts'
import { dueMs, isLate } from '../../../domain/pacing.ts'
import { formatDay, formatTime } from '../../ui/format.ts'
import { useTerminalNow } from '../../ui/use-now.ts'
import styles from './DueMark.module.css'
import { say } from '../../words/say.ts'

const DAY_MS = 86_400_000

/** `18:30`, with its day where that is not within the next hours. */
export const dueText = (ms: number, nowMs: number): string =>
  Math.abs(ms - nowMs) < DAY_MS / 2 ? formatTime(ms) : `${formatDay(ms)} ${formatTime(ms)}`

/** When an order is expected; in words and colour where that has passed. */
export function DueMark({ order }: { readonly order: ShownOrder }) {
  const nowMs = useTerminalNow()
  const ms = dueMs(order)
  if (ms === null) return null
  const isOverdue = isLate(order, nowMs)
  const time = dueText(ms, nowMs)
  return (
    <span className={styles['due']} data-late={isOverdue}>
      {isOverdue ? say('front.late', { time: time }) : say('front.due', { time: time })}
    </span>
  )
}
