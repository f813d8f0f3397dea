import { hrefOf, type Route } from '../route.ts'
import styles from './Tabs.module.css'

interface TabsProps {
  readonly label: string
  readonly tabs: readonly {
    readonly name: string
    readonly isHere: boolean
    readonly to: Partial<Route>
    readonly count?: number
  }[]
}

/** Pages that lie beside each other. Links, so that each has its own address. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <nav className={styles['tabs']} aria-label={label}>
      {tabs.map(({ name, isHere, to, count }) => (
        <a
          key={name}
          className={styles['tab']}
          href={hrefOf(to)}
          aria-current={isHere ? 'page' : undefined}
        >
          {name}
          {count !== undefined && <span className={styles['count']}>{count}</span>}
        </a>
      ))}
    </nav>
  )
}
