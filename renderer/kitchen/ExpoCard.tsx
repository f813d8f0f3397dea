import { kitchenNamed, modifierText } from '../ui/modifier-text.ts'
import { memo } from 'react'
import type { Catalog, RecordValue } from '../../domain/catalog.ts'
import { courseName } from '../ui/course-names.ts'
import { formatTime } from '../ui/format.ts'
import { useFromNow } from '../ui/use-now.ts'
import { placeOf } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import type { LateArrival } from './arrivals.ts'
import { CardButton } from './CardButton.tsx'
import { Band, CardHead } from './CardHead.tsx'
import type { CardPart } from './CardPages.tsx'
import { heldCourses } from './courses.ts'
import { DueBand } from './DueBand.tsx'
import { emphasisOf, isAllergyNote, warnsOfAllergy } from './emphasis.ts'
import { isMade, isToHand, unmadeLines, type ExpoOrder } from './expo.ts'
import styles from './ExpoCard.module.css'
import { NoteBand } from './NoteBand.tsx'
import card from './TicketCard.module.css'
import { urgencyOf, type KitchenTicket, type TicketLine } from './tickets.ts'

interface ExpoCardProps extends CardPart {
  readonly order: ExpoOrder
  readonly catalog: Catalog
  readonly station: RecordValue<'station'> | undefined
  readonly keyName: string | null
  readonly arrival: LateArrival | null
}

/** All that one guest waits for, and what of it is ready where. */
export const ExpoCard = memo(function ExpoCard(props: ExpoCardProps) {
  const { order, catalog, station, keyName, arrival } = props
  const { from, to, isFirst, isLast, isBench } = props
  const { handOver, rush } = useActions()
  const { guest, tickets } = order
  const sinceMs = Date.parse(order.firedAt)
  const urgency = useFromNow((nowMs) => urgencyOf(nowMs - sinceMs, station))
  const isCancelled = guest.status === 'cancelled'
  const toHand = tickets.filter(isToHand)
  const made = toHand.filter(isMade).length
  const isRushed = order.rushedAt !== null
  const rows = rowsOf(order)
  const { number } = guest
  const hasAllergy = warnsOfAllergy(
    { notes: null },
    tickets.flatMap(({ lines }) => lines.map(({ line }) => line)),
  )
  return (
    <article
      className={card['card']}
      data-card={order.id}
      data-urgency={isCancelled ? 'over' : urgency}
      data-rushed={isRushed && !isCancelled}
      data-made={made > 0 && made === toHand.length}
      aria-label={say('kitchen.orderOf', { number })}
    >
      <CardHead
        number={number}
        place={placeOf(guest)}
        side={say('kitchen.madeOf', { made, all: toHand.length })}
        sinceMs={sinceMs}
        urgency={urgency}
        isOver={isCancelled}
        isRushed={isRushed}
        isContinued={!isFirst}
        arrival={arrival}
      >
        <DueBand order={guest} catalog={catalog} isOver={isCancelled} />
        {isCancelled && <Band kind="stamp">{say('kitchen.cancelled')}</Band>}
        {guest.notes !== null && <NoteBand note={guest.notes} />}
        {hasAllergy && <NoteBand note={null} />}
      </CardHead>
      <ul>
        {rows.slice(from, to).map((row) => (
          <li key={row.key} data-row>
            {row.kind === 'station' ? (
              <StationRow entry={row.entry} catalog={catalog} />
            ) : row.kind === 'held' ? (
              <p className={styles['station']} data-held="true">
                {say('kitchen.courseHeld', { course: courseName(catalog, row.course) })}
              </p>
            ) : row.kind === 'direct' ? (
              <p className={styles['station']}>{say('kitchen.direct')}</p>
            ) : (
              <LineRow {...row.one} isMade={row.isMade} />
            )}
          </li>
        ))}
      </ul>
      {isLast ? (
        <div className={styles['foot']} data-foot>
          <CardButton
            className={styles['rush']}
            isBench={isBench}
            isDisabled={isCancelled}
            label={say(isRushed ? 'kitchen.noRushOf' : 'kitchen.rushOf', { number })}
            onPress={() => rush(order)}
          >
            {isRushed ? say('kitchen.noRush') : say('kitchen.rushIt')}
          </CardButton>
          <CardButton
            className={`${card['bump'] ?? ''} ${styles['hand'] ?? ''}`}
            isBench={isBench}
            looks={{ 'data-ready': made > 0 && made === toHand.length }}
            isDisabled={made === 0 || isCancelled}
            label={say('kitchen.handOverOf', { number })}
            onPress={() => handOver(order)}
          >
            {keyName !== null && <kbd className={card['key']}>{keyName}</kbd>}
            {made > 0 && made < toHand.length
              ? say('kitchen.handPart', { made, all: toHand.length })
              : say('kitchen.handOver')}
          </CardButton>
        </div>
      ) : (
        <p className={card['more']}>{say('kitchen.more')}</p>
      )}
    </article>
  )
})

type Row = { readonly key: string } & (
  | { readonly kind: 'station'; readonly entry: KitchenTicket }
  | { readonly kind: 'direct' }
  | { readonly kind: 'held'; readonly course: number }
  | { readonly kind: 'line'; readonly one: TicketLine; readonly isMade: boolean }
)

function rowsOf(order: ExpoOrder): Row[] {
  const made = order.tickets.flatMap((entry): Row[] => [
    { key: entry.ticket.id, kind: 'station', entry },
    ...entry.lines
      .filter(({ part }) => part !== 'show')
      .map((one): Row => ({
        key: `${entry.ticket.id} ${one.line.id}`,
        kind: 'line',
        one,
        isMade: entry.ticket.bumped,
      })),
  ])
  const held = heldCourses(order.guest, null).flatMap(({ course, lines }): Row[] => [
    { key: `held/${course}`, kind: 'held', course },
    ...lines.map((line): Row => ({
      key: line.id,
      kind: 'line',
      one: { line, part: 'own', mark: 'new' },
      isMade: false,
    })),
  ])
  const direct = unmadeLines(order)
  if (direct.length === 0) return [...made, ...held]
  return [
    ...made,
    ...held,
    { key: 'direct', kind: 'direct' },
    ...direct.map((line): Row => ({
      key: line.id,
      kind: 'line',
      one: { line, part: 'own', mark: 'none' },
      isMade: true,
    })),
  ]
}

function StationRow({
  entry: { ticket },
  catalog,
}: {
  readonly entry: KitchenTicket
  readonly catalog: Catalog
}) {
  return (
    <p className={styles['station']} data-made={ticket.bumped}>
      <span className={styles['stationName']}>{catalog.station.get(ticket.stationId)?.name}</span>
      {ticket.firingNumber > 1 && <span>{say('kitchen.addOn')}</span>}
      {ticket.bumpedAt !== null && (
        <span>✓ {say('kitchen.readyAt', { time: formatTime(Date.parse(ticket.bumpedAt)) })}</span>
      )}
    </p>
  )
}

function LineRow({ line, mark, isMade: made }: TicketLine & { readonly isMade: boolean }) {
  const isReady = made || mark === 'ready'
  return (
    <div className={styles['line']} data-ready={isReady} data-voided={line.voided}>
      <span className={styles['tick']} aria-hidden="true">
        {line.voided ? '✕' : isReady ? '✓' : mark === 'preparing' ? '…' : ''}
      </span>
      <span className={styles['quantity']}>{line.quantity}</span>
      <span className={styles['what']}>
        {line.kitchenName}
        {line.seat !== null && <small>{say('floor.seat', { seat: line.seat })}</small>}
        {line.modifiers.length > 0 && (
          <small>
            {line.modifiers.map((modifier, n) => (
              <span key={modifier.id} data-emphasis={emphasisOf(modifier)}>
                {n > 0 && ', '}
                {modifierText(kitchenNamed(modifier))}
              </span>
            ))}
          </small>
        )}
        {line.instructions !== null && (
          <em data-allergy={isAllergyNote(line.instructions)}>{line.instructions}</em>
        )}
      </span>
    </div>
  )
}
