import { memo } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../domain/catalog.ts'
import type { LineView, ShownOrder } from '../../domain/order-view.ts'
import { formatMoney, formatTime } from '../ui/format.ts'
import { LINE_STATUS_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { isOpen, isSeen, seenText } from './open-orders.ts'
import { UnsentCourses } from './courses/UnsentCourses.tsx'
import styles from './OrderLines.module.css'
import { modifierText } from '../ui/modifier-text.ts'
import { openSheet } from './store.ts'

interface OrderLinesProps {
  readonly order: ShownOrder
  readonly catalog: Catalog
}

/** What was sent, with what the kitchen says of it, and below what is not sent yet. */
export function OrderLines({ order, catalog }: OrderLinesProps) {
  const here = order.lines.filter((line) => line.movedTo === null)
  const sent = here.filter((line) => line.fired)
  const unsent = here.filter((line) => !line.fired)
  const lineItems = (lines: readonly LineView[]) => (
    <ul>
      {lines.map((line) => (
        <Line key={line.id} line={line} currency={order.currency} isOpen={isOpen(order)} />
      ))}
    </ul>
  )
  return (
    <>
      {sent.length > 0 && (
        <section aria-label={say('order.sentSection')}>
          <Tickets order={order} catalog={catalog} />
          {lineItems(sent)}
        </section>
      )}
      {unsent.length > 0 && (
        <section aria-label={say('order.notSentSection')}>
          {sent.length > 0 && <h2 className={styles['group']}>{say('order.notSentYet')}</h2>}
          <UnsentCourses order={order} catalog={catalog} lines={unsent} show={lineItems} />
        </section>
      )}
    </>
  )
}

/** One row for all that the kitchen has seen, and one for each ticket that it has not. */
function Tickets({ order, catalog }: OrderLinesProps) {
  if (order.tickets.length === 0)
    return <h2 className={styles['group']}>{say('order.nothingForKitchen')}</h2>
  const seen = order.tickets.filter(isSeen)
  const last = seen.at(-1)
  return (
    <ul className={styles['tickets']} aria-label={say('order.tickets')}>
      {last !== undefined && (
        <li className={styles['group']} data-seen="true">
          <span>{say('order.sentAt', { time: formatTime(Date.parse(last.firedAt)) })}</span>
          <span className={styles['seen']}>✓ {seenText(last, catalog)}</span>
        </li>
      )}
      {order.tickets
        .filter((ticket) => !isSeen(ticket))
        .map((ticket) => (
          <li key={ticket.id} className={styles['group']} data-seen="false">
            <span>
              {say('order.sentAt', { time: formatTime(Date.parse(ticket.firedAt)) })} ·{' '}
              {catalog.station.get(ticket.stationId)?.name ?? ticket.stationId}
            </span>
            <span className={styles['seen']}>{seenText(ticket, catalog)}</span>
          </li>
        ))}
    </ul>
  )
}

interface LineProps {
  readonly line: LineView
  readonly currency: string
  readonly isOpen: boolean
}

/**
 * Each answer brings the whole order anew. A line that says the same as before is left alone, or a long
 * order would render all of its lines with each tap.
 */
const Line = memo(LineRow, (before, now) => JSON.stringify(before) === JSON.stringify(now))

function LineRow({ line, currency, isOpen: mayChange }: LineProps) {
  return (
    <li>
      <AriaButton
        className={styles['line'] ?? ''}
        isDisabled={line.voided || !mayChange}
        data-voided={line.voided}
        onPress={() => openSheet({ kind: 'line', lineId: line.id })}
      >
        <span className={styles['quantity']}>{line.quantity}</span>
        <span className={styles['what']}>
          <span className={styles['name']}>{line.name}</span>
          {line.seat !== null && (
            <span className={styles['modifiers']}>{say('floor.seat', { seat: line.seat })}</span>
          )}
          {line.combo !== null && <span className={styles['modifiers']}>{line.combo.name}</span>}
          {line.modifiers.length > 0 && (
            <span className={styles['modifiers']}>
              {line.modifiers.map(modifierText).join(', ')}
            </span>
          )}
          {line.comp !== null && !line.voided && (
            <span className={styles['comped']}>
              {say('lines.comped', { reason: line.comp.reason })}
            </span>
          )}
          {line.instructions !== null && (
            <span className={styles['instructions']}>“{line.instructions}”</span>
          )}
          {line.voided && (
            <span className={styles['modifiers']}>
              {line.voidReason
                ? say('order.voidedFor', { reason: line.voidReason })
                : say('order.voided')}
            </span>
          )}
        </span>
        <span className={styles['right']}>
          <span className={styles['price']}>{formatMoney(line.totalMinor, currency)}</span>
          {!line.voided && (
            <span className={styles['kitchen']} data-kitchen={line.kitchenStatus}>
              {LINE_STATUS_NAMES[line.kitchenStatus]}
            </span>
          )}
        </span>
      </AriaButton>
    </li>
  )
}
