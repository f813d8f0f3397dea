import type { Catalog } from '../../domain/catalog.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { pacingOf } from '../../domain/pacing.ts'
import { formatAge, formatTime } from '../ui/format.ts'
import { useFromNow } from '../ui/use-now.ts'
import { say } from '../words/say.ts'
import styles from './DueBand.module.css'
import { dueOf, urgencyOfDue, type Due } from './due.ts'
import { Shape } from './Shape.tsx'

interface DueBandProps {
  readonly order: ShownOrder
  readonly catalog: Catalog
  /** It is not to be made any more: nothing presses. */
  readonly isOver: boolean
}

/** What was promised, and how much time is left: one line of one height, whatever it says. */
export function DueBand({ order, catalog, isOver }: DueBandProps) {
  const due = dueOf(order, pacingOf(catalog))
  return due === null ? null : <Promised due={due} isOver={isOver} />
}

function Promised({ due, isOver }: { readonly due: Due; readonly isOver: boolean }) {
  const urgency = useFromNow((nowMs) => urgencyOfDue(due, nowMs))
  const left = useFromNow((nowMs) => leftText(due.outMs - nowMs))
  const time = formatTime(due.outMs)
  return (
    <p className={styles['due']} data-urgency={isOver ? 'over' : urgency}>
      <span className={styles['when']}>
        {due.outMs === due.dueMs
          ? say('kitchen.dueAt', { time })
          : say('kitchen.outBy', { out: time })}
      </span>
      {!isOver && (
        <span className={styles['left']}>
          {urgency !== 'fresh' && <Shape name={urgency} />}
          {left}
        </span>
      )}
    </p>
  )
}

/** In whole minutes: a card that counts seconds is never calm. */
const MINUTE_MS = 60_000

const leftText = (leftMs: number): string =>
  leftMs > 0
    ? say('kitchen.dueIn', { age: formatAge(Math.ceil(leftMs / MINUTE_MS) * MINUTE_MS) })
    : say('kitchen.overdue', { age: formatAge(Math.max(MINUTE_MS, -leftMs)) })
