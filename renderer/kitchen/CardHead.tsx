import type { ReactNode } from 'react'
import { formatTime, formatTimer } from '../ui/format.ts'
import { useFromNow } from '../ui/use-now.ts'
import { say } from '../words/say.ts'
import { spoken } from '../words/spoken.ts'
import type { LateArrival } from './arrivals.ts'
import styles from './CardHead.module.css'
import { Shape } from './Shape.tsx'
import type { Urgency } from './tickets.ts'

const URGENCY_NAMES: Readonly<Record<Urgency, string>> = spoken({
  fresh: 'common.nothing',
  soon: 'kitchen.soon',
  late: 'kitchen.late',
})

interface CardHeadProps {
  readonly number: string
  readonly place: string
  readonly side: string
  readonly sinceMs: number
  readonly urgency: Urgency
  /** It is not to be made any more: no timer presses. */
  readonly isOver: boolean
  readonly isRushed: boolean
  readonly isContinued: boolean
  readonly arrival: LateArrival | null
  readonly children?: ReactNode
}

/** Which order it is, whose, for how long, and what must be known before anything else. */
export function CardHead(props: CardHeadProps) {
  const { number, place, side, sinceMs, urgency, isOver, isRushed, arrival } = props
  return (
    <>
      {isRushed && !isOver && (
        <p className={styles['rush']}>
          <Shape name="rush" />
          {say('kitchen.rush')}
          <Shape name="rush" />
        </p>
      )}
      <header className={styles['head']} data-urgency={isOver ? 'over' : urgency}>
        <div className={styles['row']}>
          <h2 className={styles['number']}>{number}</h2>
          <p className={styles['timer']}>
            {!isOver && urgency !== 'fresh' && <Shape name={urgency} />}
            <Timer sinceMs={sinceMs} />
          </p>
        </div>
        <div className={styles['row']}>
          <p className={styles['place']}>{place}</p>
          <p className={styles['side']}>
            <strong>{isOver ? '' : URGENCY_NAMES[urgency]}</strong>
            <span>{side}</span>
          </p>
        </div>
      </header>
      {props.isContinued && <p className={styles['band']}>{say('kitchen.continued')}</p>}
      {arrival !== null && !props.isContinued && (
        <p className={styles['band']} data-kind="late">
          {say('kitchen.lateArrival', {
            came: formatTime(arrival.cameMs),
            made: formatTime(arrival.madeMs),
          })}
        </p>
      )}
      {!props.isContinued && props.children}
    </>
  )
}

const Timer = ({ sinceMs }: { readonly sinceMs: number }) =>
  useFromNow((nowMs) => formatTimer(nowMs - sinceMs))

type BandKind = 'stamp' | 'addOn' | 'notes' | 'allergy' | 'changed' | 'held'

/** A line over the whole card. */
export function Band({
  kind,
  children,
}: {
  readonly kind: BandKind
  readonly children: ReactNode
}) {
  return (
    <p className={styles['band']} data-kind={kind}>
      {children}
    </p>
  )
}
