import { useState } from 'react'
import type { SignedIn } from '../../protocol/screens.ts'
import type { Catalog } from '../../domain/catalog.ts'
import { mayCommand } from '../../domain/roles.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { chooseTheme, currentTheme } from '../ui/theme.ts'
import { useTerminalNow } from '../ui/use-now.ts'
import { useActions } from './actions-context.ts'
import { DevicesToggle } from './DevicesToggle.tsx'
import { isOpen, unseenSinceMs } from './open-orders.ts'
import { lateEntriesOf } from './late.ts'
import { PrintersToggle } from './PrintersToggle.tsx'
import { toSettle } from './settle.ts'
import { closeSheet, openSheet, startNewOrder, toggle86Mode, useTill } from './store.ts'
import { InboxToggle } from './takeout/InboxToggle.tsx'
import styles from './TopBar.module.css'

const MAY_86 = ['manager', 'admin']
const MAY_REPORT = ['manager', 'admin']
/** A ticket that no kitchen screen has shown for this long needs somebody to go and look. */
const UNSEEN_ALARM_MS = 15_000

interface TopBarProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

export function TopBar({ catalog, staff }: TopBarProps) {
  const { signOut } = useActions()
  const sheetKind = useTill((till) => till.sheet?.kind)
  const is86Mode = useTill((till) => till.is86Mode)
  const hasOrder = useTill((till) => till.orderId !== null)
  const toggle =
    (kind: 'orders' | 'tables' | 'drawer' | 'reports' | 'settle' | 'stock' | 'inbox') =>
    (isSelected: boolean) =>
      isSelected ? openSheet({ kind }) : closeSheet()
  return (
    <header className={styles['bar']}>
      <Toggle isSelected={sheetKind === 'orders'} onChange={toggle('orders')}>
        Open orders <OrderCounts />
      </Toggle>
      <Toggle isSelected={sheetKind === 'tables'} onChange={toggle('tables')}>
        Tables
      </Toggle>
      <InboxToggle isSelected={sheetKind === 'inbox'} onChange={toggle('inbox')} />
      {staff.role !== 'service' && (
        <Toggle isSelected={sheetKind === 'drawer'} onChange={toggle('drawer')}>
          Drawer
        </Toggle>
      )}
      {MAY_REPORT.includes(staff.role) && (
        <Toggle isSelected={sheetKind === 'reports'} onChange={toggle('reports')}>
          Reports
        </Toggle>
      )}
      {MAY_86.includes(staff.role) && (
        <Toggle isSelected={is86Mode} onChange={toggle86Mode}>
          86 mode
        </Toggle>
      )}
      {MAY_86.includes(staff.role) && (
        <Toggle isSelected={sheetKind === 'stock'} onChange={toggle('stock')}>
          Stock
        </Toggle>
      )}
      {mayCommand(staff.role, 'settleConflict') && (
        <ToSettle isSelected={sheetKind === 'settle'} onChange={toggle('settle')} />
      )}
      <span className={styles['gap']} />
      <PrintersToggle catalog={catalog} />
      <DevicesToggle staff={staff} />
      <ThemeButton />
      <div className={styles['aboveOrder']}>
        <Button onPress={() => startNewOrder()} isDisabled={!hasOrder}>
          New order
        </Button>
        <Button
          onPress={() => void signOut()}
          label={`Sign out ${staff.name}`}
          className={styles['signOut']}
        >
          <span className={styles['name']}>{staff.name}</span>
          <span>Sign out</span>
        </Button>
      </div>
    </header>
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
    <>
      <span className={styles['count']}>{open.length}</span>
      {readyCount > 0 && <span className={styles['ready']}>{readyCount} ready</span>}
      {unseenCount > 0 && <span className={styles['unseen']}>{unseenCount} not seen</span>}
    </>
  )
}

/** Not there while there is nothing to settle, so that it means something when it is. */
function ToSettle(props: {
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
}) {
  const orders = useLive((live) => live.ordersById)
  const late = useLive((live) => lateEntriesOf(live.status))
  const count = toSettle(orders.values()).length + late.length
  if (count === 0 && !props.isSelected) return null
  return (
    <Toggle {...props}>
      To settle <span className={styles['toSettle']}>{count}</span>
    </Toggle>
  )
}

function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme)
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <Button
      className={styles['theme']}
      label={`Switch to the ${other} theme`}
      onPress={() => {
        chooseTheme(other)
        setTheme(other)
      }}
    >
      ◐
    </Button>
  )
}
