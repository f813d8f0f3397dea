import type { Catalog, RecordValue } from './catalog.ts'

/**
 * Where tables stand. A room is a grid of cells, drawn as large as a screen has room for; a table
 * covers some of them. What was never placed gets a tidy place of its own until somebody drags it.
 */

export const FLOOR_COLUMNS = 32
export const FLOOR_ROWS = 20
export const MIN_TABLE_CELLS = 2
export const MAX_TABLE_CELLS = 12

export type DiningTable = RecordValue<'dining_table'>
export type TablePlace = RecordValue<'table_place'>

export interface FloorTable extends DiningTable {
  readonly id: string
  readonly place: TablePlace
  /** Nobody has put it there. */
  readonly isAutomatic: boolean
}

export interface FloorRoom {
  readonly id: string
  readonly name: string
  readonly tables: readonly FloorTable[]
  /** Rows of cells that the tables need: more than usual where many were never placed. */
  readonly rows: number
}

type FloorCatalog = Pick<Catalog, 'room' | 'dining_table' | 'table_place'>

/** All rooms with their tables, those with a record first, in their order; empty ones too. */
export function floorRooms({ room: rooms, dining_table, table_place }: FloorCatalog): FloorRoom[] {
  const tables = [...dining_table]
    .map(([id, table]) => ({ ...table, id }))
    .toSorted((a, b) => a.position - b.position || compareText(a.id, b.id))
  const known = [...rooms]
    .toSorted(([a, one], [b, other]) => one.position - other.position || compareText(a, b))
    .map(([id]) => id)
  const ids = new Set([...known, ...tables.map((table) => table.room)])
  return [...ids].map((id) => {
    const placed = placeTables(
      tables.filter((table) => table.room === id),
      table_place,
    )
    const rows = placed.map(({ place }) => place.y + place.height)
    return {
      id,
      name: rooms.get(id)?.name ?? id,
      tables: placed,
      rows: Math.max(FLOOR_ROWS, ...rows),
    }
  })
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A table's size where nobody has said one: more seats, more wood. */
export const sizeOf = ({ seats }: Pick<DiningTable, 'seats'>): Omit<TablePlace, 'x' | 'y'> => {
  const width = seats <= 2 ? 3 : seats <= 4 ? 4 : seats <= 6 ? 5 : 6
  return { width, height: seats <= 2 ? 3 : 4, shape: seats <= 2 ? 'round' : 'square' }
}

/** Places in a tidy grid, one after the other, none over a table that somebody has placed. */
const STEP_X = 6
const STEP_Y = 5
const MARGIN = 1

function placeTables(
  tables: readonly (DiningTable & { readonly id: string })[],
  places: FloorCatalog['table_place'],
): FloorTable[] {
  const taken = tables.flatMap(({ id }) => places.get(id) ?? [])
  let slot = 0
  const nextFree = (size: Omit<TablePlace, 'x' | 'y'>): TablePlace => {
    for (;;) {
      const inRow = Math.floor((FLOOR_COLUMNS - MARGIN) / STEP_X)
      const x = MARGIN + (slot % inRow) * STEP_X
      const y = MARGIN + Math.floor(slot / inRow) * STEP_Y
      slot += 1
      const place = { ...size, x, y }
      if (!taken.some((other) => overlaps(place, other))) return place
    }
  }
  return tables.map((table) => {
    const own = places.get(table.id)
    if (own !== undefined) return { ...table, place: own, isAutomatic: false }
    const { width, height, shape } = sizeOf(table)
    return {
      ...table,
      place: nextFree({ width: Math.min(width, STEP_X - 1), height, shape }),
      isAutomatic: true,
    }
  })
}

export const overlaps = (a: TablePlace, b: TablePlace): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** The same table elsewhere, or larger, as far as the room goes. */
export function fitPlace(place: TablePlace): TablePlace {
  const within = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value))
  const width = within(Math.round(place.width), MIN_TABLE_CELLS, MAX_TABLE_CELLS)
  const height = within(Math.round(place.height), MIN_TABLE_CELLS, MAX_TABLE_CELLS)
  return {
    shape: place.shape,
    width,
    height,
    x: within(Math.round(place.x), 0, FLOOR_COLUMNS - width),
    y: within(Math.round(place.y), 0, FLOOR_ROWS - height),
  }
}
