import type { Catalog } from '../../domain/catalog.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import { mayCommand } from '../../domain/roles.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { useTerminalNow } from '../ui/use-now.ts'
import { say } from '../words/say.ts'
import { AlertsToggle } from './alerts/AlertsToggle.tsx'
import { useActions } from './actions-context.ts'
import { lateEntriesOf } from './late.ts'
import { printersInTrouble } from './more/trouble.ts'
import { isOpen, unseenSinceMs } from './open-orders.ts'
import { toSettle } from './settle.ts'
import { closeSheet, openSheet, startNewOrder, toggle86Mode, useTill } from './store.ts'
import { InboxToggle } from './takeout/InboxToggle.tsx'
import styles from './TopBar.module.css'

/** A ticket that no kitchen screen has shown for this long needs somebody to go and look. */
const UNSEEN_ALARM_MS = 15_000

interface TopBarProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

/** What is needed with every guest, always in the same place; the rest is behind “More”. */
export function TopBar({ catalog, staff }: TopBarProps) {
  const { signOut, afterTaps } = useActions()
  const sheetKind = useTill((till) => till.sheet?.kind)
  const is86Mode = useTill((till) => till.is86Mode)
  const hasOrder = useTill((till) => till.orderId !== null)
  const toggle =
    (kind: 'orders' | 'tables' | 'settle' | 'more' | 'inbox' | 'alerts') => (isSelected: boolean) =>
      isSelected ? afterTaps(() => openSheet({ kind })) : closeSheet()
  return (
    <header className={styles['bar']}>
      <Toggle isSelected={sheetKind === 'orders'} onChange={toggle('orders')}>
        {say('orders.open')} <OrderCounts />
      </Toggle>
      <Toggle isSelected={sheetKind === 'tables'} onChange={toggle('tables')}>
        {say('orders.tables')}
      </Toggle>
      <InboxToggle isSelected={sheetKind === 'inbox'} onChange={toggle('inbox')} />
      {mayCommand(staff.role, 'settleConflict') && (
        <ToSettle isSelected={sheetKind === 'settle'} onChange={toggle('settle')} />
      )}
      <AlertsToggle
        role={staff.role}
        isSelected={sheetKind === 'alerts'}
        onChange={toggle('alerts')}
      />
      <span className={styles['gap']} />
      {is86Mode && (
        <Toggle isSelected onChange={toggle86Mode}>
          {say('till.mode86')}
        </Toggle>
      )}
      <More isSelected={sheetKind === 'more'} onChange={toggle('more')} catalog={catalog} />
      <div className={styles['aboveOrder']}>
        <Button onPress={() => afterTaps(startNewOrder)} isDisabled={!hasOrder}>
          {say('order.new')}
        </Button>
        <Button onPress={() => void signOut()} className={styles['signOut']}>
          <span>{say('till.signOut')}</span> <span className={styles['name']}>{staff.name}</span>
        </Button>
      </div>
    </header>
  )
}

interface BarToggleProps {
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
}

function More({ catalog, ...toggle }: BarToggleProps & { readonly catalog: Catalog }) {
  const troubles = useLive((live) => printersInTrouble(live.status))
  return (
    <Toggle {...toggle}>
      {say('till.more')}
      {catalog.printer.size > 0 && troubles > 0 && (
        <span className={styles['unseen']}>{troubles}</span>
      )}
    </Toggle>
  )
}

function OrderCounts() {
  const orders = useLive((live) => live.ordersById)
  const nowMs = useTerminalNow()
  const open = [...orders.values()].filter(isOpen)
  const readyCount = open.filter((order) => order.status === 'ready').length
  const unseenCount = open.filter((order) => {
    const sinceMs = unseenSinceMs(order)
    return sinceMs !== null && nowMs - sinceMs > UNSEEN_ALARM_MS
  }).length
  return (
    <span className={styles['counts']}>
      <span className={styles['count']}>{open.length}</span>
      {readyCount > 0 && (
        <span className={styles['ready']}>
          <span aria-hidden="true">✓</span> {readyCount}{' '}
          <span className={styles['long']}>{say('till.areReady')}</span>
        </span>
      )}
      {unseenCount > 0 && (
        <span className={styles['unseen']}>
          <span aria-hidden="true">!</span> {unseenCount}{' '}
          <span className={styles['long']}>{say('till.notSeen')}</span>
        </span>
      )}
    </span>
  )
}

/** Not there while there is nothing to settle, so that it means something when it is. */
function ToSettle(props: BarToggleProps) {
  const orders = useLive((live) => live.ordersById)
  const late = useLive((live) => lateEntriesOf(live.status))
  const count = toSettle(orders.values()).length + late.length
  if (count === 0 && !props.isSelected) return null
  return (
    <Toggle {...props}>
      {say('settle.title')} <span className={styles['toSettle']}>{count}</span>
    </Toggle>
  )
}
