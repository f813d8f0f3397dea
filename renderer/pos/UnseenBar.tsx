import type { Catalog } from '../../domain/catalog.ts'
import { Button } from '../ui/Button.tsx'
import { formatAge } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { useTerminalNow } from '../ui/use-now.ts'
import { placeOf } from '../ui/words.ts'
import { openOrder } from './store.ts'
import styles from './UnseenBar.module.css'
import { numbersText, unseenTickets, type UnseenTicket } from './unseen.ts'

/** Over the whole till: somebody has to go and tell the kitchen (rule K2). */
export function UnseenBar({ catalog }: { readonly catalog: Catalog }) {
  const nowMs = useTerminalNow()
  const ordersById = useLive((live) => live.ordersById)
  const device = useLive((live) => live.device)
  const origin = useLive((live) => live.status?.origin)
  const isSignedIn = useLive((live) => live.signedIn !== null)
  if (device === null) return null
  const firstOrigin = catalog.device.get(device.deviceId)?.origin
  const origins = new Set([origin, firstOrigin].flatMap((known) => known ?? []))
  const unseen = unseenTickets(ordersById.values(), origins, nowMs, device.kitchenAlarmAfterMs)
  const [oldest] = unseen
  if (oldest === undefined) return null
  const ageText = formatAge(nowMs - Date.parse(oldest.ticket.firedAt))
  return (
    <section className={styles['bar']} aria-label="Not seen by the kitchen">
      <span className={styles['sign']} aria-hidden="true">
        !
      </span>
      <div className={styles['words']}>
        <p className={styles['what']} role="alert">
          {unseen.length === 1
            ? `No kitchen screen has seen ${oldest.order.number}`
            : `No kitchen screen has seen ${numbersText(unseen)}`}
        </p>
        <p>
          {placeOf(oldest.order)} · {stationsText(unseen, catalog)} · sent {ageText} ago. Tell the
          kitchen.
        </p>
      </div>
      {isSignedIn && (
        <Button onPress={() => openOrder(oldest.order.id)}>Open {oldest.order.number}</Button>
      )}
    </section>
  )
}

/** The stations that wait without knowing it. */
function stationsText(unseen: readonly UnseenTicket[], catalog: Catalog): string {
  const ids = new Set(unseen.map(({ ticket }) => ticket.stationId))
  return [...ids].map((id) => catalog.station.get(id)?.name ?? id).join(', ')
}
