import type { Alert } from '../../../domain/alerts.ts'
import type { Catalog } from '../../../domain/catalog.ts'
import type { SignedIn } from '../../../protocol/screens.ts'
import { AlertList } from '../../ui/AlertList.tsx'
import { alertsFor } from '../../ui/alerts.ts'
import { Button } from '../../ui/Button.tsx'
import { useLive } from '../../ui/live-store.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { closeSheet, openOrder, openSheet } from '../store.ts'

interface AlertsSheetProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

/** One calm place for what is wrong: what it is, what to do, and the way there. */
export function AlertsSheet({ catalog, staff }: AlertsSheetProps) {
  const { acknowledgeAlert } = useActions()
  const all = useLive((live) => live.alerts)
  return (
    <Sheet title={say('alerts.title')} about={say('alerts.about')} onClose={closeSheet}>
      <AlertList
        alerts={alertsFor(all, staff.role)}
        catalog={catalog}
        wayThere={(alert) => <WayThere alert={alert} staff={staff} />}
        onSeen={(alertId) => void acknowledgeAlert(alertId)}
      />
    </Sheet>
  )
}

interface WayThereProps extends Pick<AlertsSheetProps, 'staff'> {
  readonly alert: Alert
}

function WayThere({ alert: { kind, subject, name }, staff }: WayThereProps) {
  const orderId = useLive((live) =>
    subject !== null && live.ordersById.has(subject) ? subject : null,
  )
  if (orderId !== null) {
    return (
      <Button onPress={() => openOrder(orderId)}>{say('alerts.open', { number: name })}</Button>
    )
  }
  if (kind === 'printer') {
    return <Button onPress={() => openSheet({ kind: 'printers' })}>{say('printers.title')}</Button>
  }
  const isOfStock = kind === 'low_stock' || kind === 'oversold' || kind === 'sold_out'
  if (isOfStock && staff.role !== 'kitchen') {
    return <Button onPress={() => openSheet({ kind: 'stock' })}>{say('stock.title')}</Button>
  }
  return null
}
