import type { CSSProperties } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../../domain/catalog.ts'
import type { FloorTable, TablePlace } from '../../../domain/floor.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { formatAge, formatMoney } from '../../ui/format.ts'
import { useFromNow } from '../../ui/use-now.ts'
import { say } from '../../words/say.ts'
import { courseName } from '../../ui/course-names.ts'
import styles from './FloorTable.module.css'
import { standingOf, type TableStanding, type TableState } from './table-state.ts'

interface FloorTableButtonProps {
  readonly table: FloorTable
  readonly orders: readonly ShownOrder[]
  readonly catalog: Catalog
  readonly isOwn: boolean
  readonly isTyped: boolean
  readonly onPress: () => void
}

/** A table where it stands: its number, how it is doing, for how long, and what is due. */
export function FloorTableButton(props: FloorTableButtonProps) {
  const { table, orders, catalog, isOwn, isTyped, onPress } = props
  const standing = useStanding(orders, catalog)
  const [first] = orders
  const state = say(`floor.state_${standing.state}`)
  const due =
    first !== undefined && standing.dueMinor !== 0
      ? formatMoney(standing.dueMinor, first.currency)
      : null
  const [waiting] = standing.heldCourses
  const told = [
    say('trade.table', { table: table.number }),
    state,
    standing.age,
    due,
    waiting === undefined ? null : say('floor.waits', { course: courseName(catalog, waiting) }),
    isOwn ? say('floor.inHand') : null,
  ]
  return (
    <AriaButton
      className={styles['table'] ?? ''}
      data-state={standing.state}
      data-shape={table.place.shape}
      data-own={isOwn}
      data-typed={isTyped}
      style={placeStyle(table.place)}
      aria-label={told.filter((text) => text !== null).join(', ')}
      onPress={onPress}
    >
      <span className={styles['number']}>
        {table.number}
        <span className={styles['sign']}>{SIGNS[standing.state]}</span>
      </span>
      {standing.state === 'free' ? (
        <span className={styles['detail']} dir="auto">
          {say('floor.seats', { count: table.seats })}
        </span>
      ) : (
        <>
          <span className={styles['state']} dir="auto">
            {state}
          </span>
          <span className={styles['detail']} dir="auto">
            {orders.length > 1 ? say('floor.orders', { count: orders.length }) : standing.age}
          </span>
          <span className={styles['due']} dir="auto">
            {due}
          </span>
        </>
      )}
      {waiting !== undefined && (
        <span className={styles['held']}>{courseName(catalog, waiting)}</span>
      )}
    </AriaButton>
  )
}

const SIGNS: Readonly<Record<TableState, string>> = {
  free: '',
  open: '○',
  sent: '●',
  ready: '✓',
  served: '◇',
  part_paid: '◐',
  late: '!',
}

const MINUTE_MS = 60_000

/** Seconds that count up on twenty tables are no calm sight. */
const ageText = (ms: number): string => (ms < MINUTE_MS ? say('floor.justNow') : formatAge(ms))

/** Renders when what is shown changes, and not with every tick of the clock. */
function useStanding(
  orders: readonly ShownOrder[],
  catalog: Catalog,
): TableStanding & { readonly age: string | null } {
  const read = (nowMs: number) => {
    const standing = standingOf(orders, catalog, nowMs)
    const age = standing.sinceMs === null ? null : ageText(nowMs - standing.sinceMs)
    return JSON.stringify({ ...standing, age })
  }
  return JSON.parse(useFromNow(read)) as TableStanding & { readonly age: string | null }
}

/** Where and how large, in cells. */
export const placeStyle = ({ x, y, width, height }: TablePlace): CSSProperties =>
  ({ '--x': x, '--y': y, '--width': width, '--height': height }) as CSSProperties
