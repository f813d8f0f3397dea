import { Fragment } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import { RESOLUTIONS_OF } from '../../domain/conflict-kinds.ts'
import { Button } from '../ui/Button.tsx'
import { RESOLUTION_NAMES } from '../ui/conflict-words.ts'
import { formatMoney, formatTime } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { placeOf, STATUS_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import {
  conflictTitle,
  putBackOffer,
  refundOffer,
  sideText,
  toSettle,
  whoText,
  type ToSettle,
} from './settle.ts'
import { lateEntriesOf } from './late.ts'
import { LateCase } from './LateCase.tsx'
import styles from './SettleSheet.module.css'
import { closeSheet, openOrder, useTill } from './store.ts'

/** What devices did apart and no rule settles: a manager does, with one tap each (rule F4). */
export function SettleSheet({ catalog }: { readonly catalog: Catalog }) {
  const ordersById = useLive((live) => live.ordersById)
  const found = toSettle(ordersById.values())
  const late = useLive((live) => lateEntriesOf(live.status))
  return (
    <Sheet title={say('settle.title')} about={say('settle.about')} onClose={closeSheet}>
      {found.length + late.length === 0 ? (
        <p className={styles['none']}>{say('settle.none')}</p>
      ) : (
        <ul className={styles['list']} aria-label={say('settle.title')}>
          {late.map((one) => (
            <li key={one.origin}>
              <LateCase late={one} />
            </li>
          ))}
          {found.map((one) => (
            <li key={`${one.order.id}:${one.conflict.kind}`}>
              <Case one={one} catalog={catalog} />
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

function Case({ one, catalog }: { readonly one: ToSettle; readonly catalog: Catalog }) {
  const { order, conflict } = one
  const title = conflictTitle(one)
  return (
    <article className={styles['case']} aria-label={`${order.number}: ${title}`}>
      <Button className={styles['order']} onPress={() => openOrder(order.id)}>
        <span className={styles['number']}>{order.number}</span>
        <span className={styles['about']}>
          {placeOf(order)} · {STATUS_NAMES[order.status]}
        </span>
      </Button>
      <div className={styles['what']}>
        <h3 className={styles['title']}>{title}</h3>
        <ul className={styles['sides']}>
          {conflict.sides.map((side) => (
            <li key={`${side.at} ${side.what} ${side.origin} ${side.lineId}`}>
              <time dateTime={side.at}>{formatTime(Date.parse(side.at))}</time>{' '}
              {whoText(side, catalog)} {sideText(one, side)}
            </li>
          ))}
        </ul>
      </div>
      <Ways one={one} />
    </article>
  )
}

function Ways({ one }: { readonly one: ToSettle }) {
  const { order, conflict } = one
  const { putBack, refundOn, settle, settleCard } = useActions()
  const ordersById = useLive((live) => live.ordersById)
  const isBusy = useTill((till) => till.isBusy)
  const offer = refundOffer(one)
  const back = putBackOffer(one, ordersById)
  return (
    <div className={styles['ways']}>
      {offer !== null && (
        <Button kind="money" isDisabled={isBusy} onPress={() => void refundOn(order.id, offer)}>
          {say('order.refundAmount', { amount: formatMoney(offer.amountMinor, order.currency) })}
        </Button>
      )}
      {back !== null && (
        <Button kind="accent" isDisabled={isBusy} onPress={() => void putBack(order.id, back)}>
          {say('settle.putBackTo', { number: back.toNumber })}
        </Button>
      )}
      {conflict.kind === 'payment_unclear' &&
        conflict.facts.map((intentId) => (
          <Fragment key={intentId}>
            <Button
              kind="money"
              isDisabled={isBusy}
              onPress={() => void settleCard(order.id, intentId, 'taken')}
            >
              {say('settle.taken')}
            </Button>
            <Button
              isDisabled={isBusy}
              onPress={() => void settleCard(order.id, intentId, 'not_taken')}
            >
              {say('settle.notTaken')}
            </Button>
          </Fragment>
        ))}
      {RESOLUTIONS_OF[conflict.kind].map((resolution, position) => (
        <Button
          key={resolution}
          kind={offer === null && back === null && position === 0 ? 'accent' : 'plain'}
          isDisabled={isBusy}
          onPress={() => void settle(order.id, conflict, resolution)}
        >
          {RESOLUTION_NAMES[conflict.kind][resolution]}
        </Button>
      ))}
    </div>
  )
}
