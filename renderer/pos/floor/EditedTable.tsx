import { useRef, useState, type PointerEvent, type RefObject } from 'react'
import { mergeProps, useMove } from 'react-aria'
import { FLOOR_COLUMNS } from '../../../domain/floor.ts'
import { say } from '../../words/say.ts'
import type { DraftTable } from './floor-draft.ts'
import styles from './FloorEditor.module.css'
import table from './FloorTable.module.css'
import { placeStyle } from './FloorTableButton.tsx'

interface EditedTableProps {
  readonly table: DraftTable
  readonly isSelected: boolean
  readonly grid: RefObject<HTMLDivElement | null>
  readonly onSelect: () => void
  /** By so many cells. */
  readonly onMove: (dx: number, dy: number) => void
}

/** A table that follows the finger from cell to cell, and the arrow keys one cell at a time. */
export function EditedTable(props: EditedTableProps) {
  const { table: drawn, isSelected, grid, onSelect, onMove } = props
  const [isMoving, setMoving] = useState(false)
  /** What the finger has gone since the last whole cell. */
  const rest = useRef({ x: 0, y: 0 })
  const { moveProps } = useMove({
    onMoveStart: () => {
      rest.current = { x: 0, y: 0 }
      setMoving(true)
    },
    onMove: ({ deltaX, deltaY, pointerType }) => {
      const cell = pointerType === 'keyboard' ? 1 : (grid.current?.clientWidth ?? 1) / FLOOR_COLUMNS
      const x = rest.current.x + deltaX / cell
      const y = rest.current.y + deltaY / cell
      const [dx, dy] = [Math.round(x), Math.round(y)]
      rest.current = { x: x - dx, y: y - dy }
      if (dx !== 0 || dy !== 0) onMove(dx, dy)
    },
    onMoveEnd: () => setMoving(false),
  })
  return (
    <div
      {...mergeProps(moveProps, {
        // Moving keeps the browser from giving the focus, which the arrow keys need.
        onPointerDown: (event: PointerEvent<HTMLElement>) => event.currentTarget.focus(),
      })}
      onFocus={onSelect}
      role="button"
      tabIndex={0}
      aria-pressed={isSelected}
      aria-label={say('floor.tableAt', {
        table: drawn.number,
        column: drawn.place.x + 1,
        row: drawn.place.y + 1,
      })}
      className={`${table['table']} ${styles['edited']}`}
      data-state="free"
      data-shape={drawn.place.shape}
      data-own={isSelected}
      data-moving={isMoving}
      style={placeStyle(drawn.place)}
    >
      <span className={table['number']}>{drawn.number}</span>
      <span className={table['detail']}>{say('floor.seats', { count: drawn.seats })}</span>
    </div>
  )
}
