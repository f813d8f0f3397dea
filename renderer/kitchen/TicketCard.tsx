import { memo, useEffect } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import { fallbackOf } from '../../domain/paper-tickets.ts'
import { courseName } from '../ui/course-names.ts'
import { formatTime } from '../ui/format.ts'
import { useFromNow } from '../ui/use-now.ts'
import { placeOf } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { changeIdsOf } from './actions.ts'
import type { LateArrival } from './arrivals.ts'
import { CardButton } from './CardButton.tsx'
import { Band, CardHead } from './CardHead.tsx'
import type { CardPart } from './CardPages.tsx'
import { courseOf, heldCourses } from './courses.ts'
import { DueBand } from './DueBand.tsx'
import { isAllergyNote, warnsOfAllergy } from './emphasis.ts'
import { NoteBand } from './NoteBand.tsx'
import styles from './TicketCard.module.css'
import { TicketLineRow } from './TicketLineRow.tsx'
import { isReopened, urgencyOf, type KitchenTicket } from './tickets.ts'

interface TicketCardProps extends CardPart {
  readonly entry: KitchenTicket
  readonly catalog: Catalog
  /** The key that bumps it; null: it has none. */
  readonly keyName: string | null
  readonly arrival: LateArrival | null
}

/** What one station has to make of one firing. */
export const TicketCard = memo(function TicketCard(props: TicketCardProps) {
  const { entry, catalog, keyName, arrival } = props
  const { from, to, isFirst, isLast, isBench } = props
  const { bump, showChanges } = useActions()
  const { guest: order, ticket, lines } = entry
  const station = catalog.station.get(ticket.stationId)
  const stationName = station?.name ?? ''
  const firedMs = Date.parse(ticket.firedAt)
  const urgency = useFromNow((nowMs) => urgencyOf(nowMs - firedMs, station))
  const stamp = stampOf(entry)
  const fallback = fallbackOf(ticket)
  const changes = changeIdsOf(entry)
  useEffect(() => showChanges(changes))
  const hasAllergy = warnsOfAllergy(
    order,
    lines.map(({ line }) => line),
  )
  return (
    <article
      className={styles['card']}
      data-card={ticket.id}
      data-urgency={stamp === null ? urgency : 'over'}
      data-rushed={ticket.rushedAt !== null && stamp === null}
      aria-label={say('kitchen.ticketOf', { number: order.number, station: stationName }).trim()}
    >
      <CardHead
        number={order.number}
        place={placeOf(order)}
        side={stationName}
        sinceMs={firedMs}
        urgency={urgency}
        isOver={stamp !== null}
        isRushed={ticket.rushedAt !== null}
        isContinued={!isFirst}
        arrival={arrival}
      >
        <DueBand order={order} catalog={catalog} isOver={stamp !== null} />
        {stamp !== null && <Band kind="stamp">{stamp}</Band>}
        {isReopened(entry) && <Band kind="changed">{say('kitchen.changedAfter')}</Band>}
        {fallback !== null && (
          <Band kind="addOn">
            {say('kitchen.fallback', { time: formatTime(Date.parse(fallback.at)) })}
          </Band>
        )}
        {ticket.firingNumber > 1 && <Band kind="addOn">{say('kitchen.addOn')}</Band>}
        <CourseBands entry={entry} catalog={catalog} />
        {order.notes !== null && <NoteBand note={order.notes} />}
        {hasAllergy && !isAllergyNote(order.notes) && <NoteBand note={null} />}
      </CardHead>
      <ul>
        {lines.slice(from, to).map((one) => (
          <TicketLineRow
            key={one.line.id}
            one={one}
            entry={entry}
            catalog={catalog}
            isOver={stamp !== null}
            hasAllergy={hasAllergy}
            isBench={isBench}
          />
        ))}
      </ul>
      {isLast ? (
        <CardButton
          isBench={isBench}
          className={styles['bump']}
          isFoot
          label={say('kitchen.bumpOf', {
            number: order.number,
            station: stationName,
          }).trim()}
          onPress={() => bump(entry)}
        >
          {keyName !== null && <kbd className={styles['key']}>{keyName}</kbd>}
          {changes.length > 0 ? say('kitchen.bumpChanged') : say('kitchen.bump')}
        </CardButton>
      ) : (
        <p className={styles['more']}>{say('kitchen.more')}</p>
      )}
    </article>
  )
})

/** Which course this is, since when, and what of the next one comes to the same station. */
function CourseBands({ entry, catalog }: Pick<TicketCardProps, 'entry' | 'catalog'>) {
  const { guest, ticket } = entry
  const course = courseOf(entry)
  const time = formatTime(Date.parse(ticket.firedAt))
  return (
    <>
      {course !== null && (
        <Band kind="held">
          {say('kitchen.courseSent', { course: courseName(catalog, course), time })}
        </Band>
      )}
      {heldCourses(guest, ticket.stationId).map(({ course: n, lines }) => (
        <Band key={n} kind="held">
          {say('kitchen.courseHeld', { course: courseName(catalog, n) })}:{' '}
          {lines.map((line) => `${line.quantity} ${line.kitchenName}`).join(', ')}
        </Band>
      ))}
    </>
  )
}

/** What the cook must know before anything else: this ticket is not to be made any more. */
function stampOf({ guest: order, lines }: KitchenTicket): string | null {
  if (order.status === 'cancelled') return say('kitchen.cancelled')
  if (order.status === 'completed') return say('kitchen.handedOver')
  return lines.every(({ line }) => line.voided) ? say('kitchen.voided') : null
}
