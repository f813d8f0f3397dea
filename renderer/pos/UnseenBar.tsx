import type { Catalog } from '../../domain/catalog.ts'
import { Button } from '../ui/Button.tsx'
import { formatAge } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { useTerminalNow } from '../ui/use-now.ts'
import { placeOf } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { openOrder } from './store.ts'
import styles from './UnseenBar.module.css'
import { numbersText, unseenTickets, type UnseenTicket } from './unseen.ts'

/** Over the whole till: somebody has to go and tell the kitchen (rule K2). */
export function UnseenBar({ catalog }: { readonly catalog: Catalog }) {
  const { afterTaps } = useActions()
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
    <section className={styles['bar']} aria-label={say('till.unseen')}>
      <span className={styles['sign']} aria-hidden="true">
        !
      </span>
      <div className={styles['words']}>
        <p className={styles['what']} role="alert">
          {say('till.noScreenSaw', { numbers: numbersText(unseen) })}
        </p>
        <p>
          {say('till.sentAgo', {
            place: placeOf(oldest.order),
            stations: stationsText(unseen, catalog),
            age: ageText,
          })}
        </p>
      </div>
      {isSignedIn && (
        <Button onPress={() => afterTaps(() => openOrder(oldest.order.id))}>
          {say('till.openNumber', { number: oldest.order.number })}
        </Button>
      )}
    </section>
  )
}

/** The stations that wait without knowing it. */
function stationsText(unseen: readonly UnseenTicket[], catalog: Catalog): string {
  const ids = new Set(unseen.map(({ ticket }) => ticket.stationId))
  return [...ids].map((id) => catalog.station.get(id)?.name ?? id).join(', ')
}
