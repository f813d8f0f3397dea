import type { ReactNode } from 'react'
import styles from './Tiles.module.css'

interface Tile {
  readonly name: string
  readonly value: ReactNode
  readonly note?: ReactNode
  readonly tone?: 'good' | 'warn' | 'bad' | undefined
}

/** A few numbers, large. */
export function Tiles({
  label,
  tiles,
}: {
  readonly label: string
  readonly tiles: readonly Tile[]
}) {
  return (
    <dl className={styles['tiles']} data-count={tiles.length} aria-label={label}>
      {tiles.map(({ name, value, note, tone }) => (
        <div key={name} className={styles['tile']} data-tone={tone}>
          <dt className={styles['name']}>{name}</dt>
          <dd className={styles['value']}>{value}</dd>
          {note !== undefined && <dd className={styles['note']}>{note}</dd>}
        </div>
      ))}
    </dl>
  )
}
