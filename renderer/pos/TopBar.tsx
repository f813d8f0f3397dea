import { useState } from 'react'
import type { SignedIn } from '../../protocol/screens.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { chooseTheme, currentTheme } from '../ui/theme.ts'
import { useActions } from './actions-context.ts'
import { isOpen } from './open-orders.ts'
import { closeSheet, openSheet, toggle86Mode, useTill } from './store.ts'
import styles from './TopBar.module.css'

const MAY_86 = ['manager', 'admin']

export function TopBar({ staff }: { readonly staff: SignedIn }) {
  const { signOut } = useActions()
  const orders = useLive((live) => live.ordersById)
  const sheetKind = useTill((till) => till.sheet?.kind)
  const is86Mode = useTill((till) => till.is86Mode)
  const open = [...orders.values()].filter(isOpen)
  const readyCount = open.filter((order) => order.status === 'ready').length
  const toggle = (kind: 'orders' | 'tables') => (isSelected: boolean) =>
    isSelected ? openSheet({ kind }) : closeSheet()
  return (
    <header className={styles['bar']}>
      <Toggle isSelected={sheetKind === 'orders'} onChange={toggle('orders')}>
        Open orders <span className={styles['count']}>{open.length}</span>
        {readyCount > 0 && <span className={styles['ready']}>{readyCount} ready</span>}
      </Toggle>
      <Toggle isSelected={sheetKind === 'tables'} onChange={toggle('tables')}>
        Tables
      </Toggle>
      {MAY_86.includes(staff.role) && (
        <Toggle isSelected={is86Mode} onChange={toggle86Mode}>
          86 mode
        </Toggle>
      )}
      <span className={styles['gap']} />
      <ThemeButton />
      <Button onPress={() => void signOut()} label={`Sign out ${staff.name}`}>
        <span className={styles['name']}>{staff.name}</span> Sign out
      </Button>
    </header>
  )
}

function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme)
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <Button
      kind="quiet"
      label={`Switch to the ${other} theme`}
      onPress={() => {
        chooseTheme(other)
        setTheme(other)
      }}
    >
      {theme === 'dark' ? 'Light' : 'Dark'}
    </Button>
  )
}
