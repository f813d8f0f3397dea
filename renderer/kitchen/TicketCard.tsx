import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../domain/catalog.ts'
import { fallbackOf } from '../../domain/paper-tickets.ts'
import type { LineView } from '../../domain/order-view.ts'
import { formatTime, formatTimer } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { useFromNow } from '../ui/use-now.ts'
import { LINE_STATUS_NAMES, placeOf } from '../ui/words.ts'
import { useActions } from './actions-context.ts'
import styles from './TicketCard.module.css'
import { urgencyOf, type KitchenTicket, type Urgency } from './tickets.ts'

interface TicketCardProps {
  readonly entry: KitchenTicket
  readonly catalog: Catalog
  /** Its number on the page, from 0; null: it is on another page. */
  readonly place: number | null
}

const URGENCY_NAMES: Record<Urgency, string> = { fresh: '', soon: 'SOON', late: 'LATE' }

export function TicketCard({ entry, catalog, place }: TicketCardProps) {
  const { bump } = useActions()
  const { guest: order, ticket, lines } = entry
  const station = catalog.station.get(ticket.stationId)
  const firedMs = Date.parse(ticket.firedAt)
  const urgency = useFromNow((nowMs) => urgencyOf(nowMs - firedMs, station))
  const stamp = stampOf(entry)
  const fallback = fallbackOf(ticket)
  return (
    <article
      className={styles['card']}
      data-ticket={ticket.id}
      data-urgency={stamp === null ? urgency : 'over'}
      aria-label={`Ticket ${order.number} ${station?.name ?? ''}`.trim()}
      inert={place === null}
    >
      <header className={styles['head']}>
        <div className={styles['row']}>
          <h2 className={styles['number']}>{order.number}</h2>
          <p className={styles['timer']}>
            {stamp === null && <span className={styles['urgency']}>{URGENCY_NAMES[urgency]}</span>}
            <Timer sinceMs={firedMs} />
          </p>
        </div>
        <div className={styles['row']}>
          <p className={styles['place']}>{placeOf(order)}</p>
          <p className={styles['station']}>{station?.name}</p>
        </div>
      </header>
      {stamp !== null && <p className={styles['stamp']}>{stamp}</p>}
      {fallback !== null && (
        <p className={styles['addOn']}>PRINTED AS FALLBACK {formatTime(Date.parse(fallback.at))}</p>
      )}
      {ticket.firingNumber > 1 && <p className={styles['addOn']}>ADD-ON</p>}
      {order.notes !== null && <p className={styles['notes']}>{order.notes}</p>}
      <ul>
        {lines.map((line) => (
          <Line key={line.id} line={line} entry={entry} isOver={stamp !== null} />
        ))}
      </ul>
      <AriaButton
        className={styles['bump'] ?? ''}
        aria-label={`Bump ${order.number} ${station?.name ?? ''}`.trim()}
        onPress={() => bump(entry)}
      >
        {place !== null && place < 9 && <kbd className={styles['key']}>{place + 1}</kbd>}
        Bump
      </AriaButton>
    </article>
  )
}

const Timer = ({ sinceMs }: { readonly sinceMs: number }) =>
  useFromNow((nowMs) => formatTimer(nowMs - sinceMs))

/** What the cook must know before anything else: this ticket is not to be made any more. */
function stampOf({ guest: order, lines }: KitchenTicket): string | null {
  if (order.status === 'cancelled') return 'CANCELLED'
  if (order.status === 'completed') return 'HANDED OVER'
  return lines.every((line) => line.voided) ? 'VOIDED' : null
}

interface LineProps {
  readonly line: LineView
  readonly entry: KitchenTicket
  readonly isOver: boolean
}

function Line({ line, entry, isOver }: LineProps) {
  const { markLine } = useActions()
  const placeId = line.movedTo ?? entry.order.id
  const elsewhere = useLive((live) =>
    placeId === entry.guest.id ? undefined : live.ordersById.get(placeId),
  )
  return (
    <li>
      <AriaButton
        className={styles['line'] ?? ''}
        isDisabled={line.voided || isOver}
        data-mark={line.voided ? 'voided' : line.kitchenStatus}
        onPress={() => markLine(placeId, line)}
      >
        <span className={styles['quantity']}>{line.quantity}</span>
        <span className={styles['what']}>
          <span className={styles['name']}>{line.kitchenName}</span>
          {line.modifiers.map((modifier) => (
            <span key={modifier.id} className={styles['modifier']}>
              {modifier.kitchenName ?? modifier.name}
            </span>
          ))}
          {elsewhere !== undefined && (
            <span className={styles['instructions']}>
              for {elsewhere.number} · {placeOf(elsewhere)}
            </span>
          )}
          {line.instructions !== null && (
            <span className={styles['instructions']}>{line.instructions}</span>
          )}
        </span>
        <span className={styles['mark']}>
          {line.voided ? 'VOID' : line.kitchenStatus === 'queued' ? '' : markWord(line)}
        </span>
      </AriaButton>
    </li>
  )
}

const markWord = (line: LineView): string =>
  line.kitchenStatus === 'ready' ? '✓ Ready' : LINE_STATUS_NAMES[line.kitchenStatus]
