import { useId, useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import { pacingOf } from '../../../domain/pacing.ts'
import { Toggle } from '../../ui/Button.tsx'
import { formatTime } from '../../ui/format.ts'
import { useLive } from '../../ui/live-store.ts'
import { isApart, localInput, type Proposal } from './promises.ts'
import { dueText } from './DueMark.tsx'
import styles from './WhenChoice.module.css'
import { say } from '../../words/say.ts'

/** What was chosen. `isLater`: the kitchen gets it shortly before, and not when it is sent. */
export interface When {
  readonly ms: number
  readonly isLater: boolean
  readonly isOverbooked: boolean
}

interface WhenChoiceProps {
  readonly catalog: Catalog
  readonly proposal: Proposal
  readonly when: When | null
  readonly nowMs: number
  /** A manager may take on more than a quarter of an hour has room for. */
  readonly canOverbook: boolean
  readonly onChange: (when: When | null) => void
}

/** The time that the guest is told: the soonest, a quarter of an hour after it, or another day. */
export function WhenChoice(props: WhenChoiceProps) {
  const { catalog, proposal, when, nowMs, canOverbook, onChange } = props
  const inputId = useId()
  const areApart = useLive((live) => isApart(live.status))
  const { maxOrders } = pacingOf(catalog)
  const { soonestMs, ordersAhead, slots } = proposal
  const isListed =
    when !== null && (when.ms === soonestMs || slots.some(({ ms }) => ms === when.ms))
  const [isLaterShown, setLaterShown] = useState(when !== null && !isListed)
  const choose = (ms: number, isOverbooked = false) => {
    setLaterShown(false)
    onChange({ ms, isLater: false, isOverbooked })
  }
  const isChosen = (ms: number) => !isLaterShown && when?.ms === ms
  return (
    <section className={styles['when']} aria-label={say('front.when')}>
      <h3 className={styles['title']}>{say('front.when')}</h3>
      <Toggle
        className={styles['soonest']}
        isSelected={isChosen(soonestMs)}
        onChange={(isOn) => (isOn ? choose(soonestMs) : onChange(null))}
      >
        <span>{say('front.soonest', { time: formatTime(soonestMs) })}</span>
        <span className={styles['soft']}>{say('front.ahead', { n: ordersAhead })}</span>
      </Toggle>
      <div className={styles['slots']} role="group" aria-label={say('front.when')}>
        {slots
          .filter(({ ms }) => ms !== soonestMs)
          .map(({ ms, orders, isFull }) => (
            <Toggle
              key={ms}
              label={
                isFull
                  ? say('front.fullSlot', { time: formatTime(ms), n: orders })
                  : say('front.slot', { time: formatTime(ms), n: orders })
              }
              className={isFull ? styles['full'] : undefined}
              isSelected={isChosen(ms)}
              isDisabled={isFull && !canOverbook}
              onChange={(isOn) => (isOn ? choose(ms, isFull) : onChange(null))}
            >
              <span className={styles['slot']}>
                <span>{formatTime(ms)}</span>
                <span className={styles['soft']}>
                  {isFull
                    ? say('front.full')
                    : maxOrders === null
                      ? say('common.orders', { count: orders })
                      : say('front.takenOf', { n: orders, most: maxOrders })}
                </span>
              </span>
            </Toggle>
          ))}
      </div>
      <Toggle isSelected={isLaterShown} onChange={setLaterShown}>
        {isLaterShown || when === null || isListed
          ? say('front.later')
          : say('front.laterAt', { time: dueText(when.ms, nowMs) })}
      </Toggle>
      {isLaterShown && (
        <label className={styles['later']} htmlFor={inputId}>
          <span className={styles['soft']}>{say('front.laterLabel')}</span>
          <input
            id={inputId}
            type="datetime-local"
            min={localInput(nowMs)}
            step={300}
            value={localInput(when?.ms ?? soonestMs)}
            onChange={(event) => {
              const ms = new Date(event.target.value).getTime()
              if (!Number.isNaN(ms)) onChange({ ms, isLater: true, isOverbooked: false })
            }}
          />
        </label>
      )}
      {areApart && <p className={styles['apart']}>{say('front.apart')}</p>}
    </section>
  )
}
