import type { Catalog } from '../../../domain/catalog.ts'
import {
  FLOOR_COLUMNS,
  FLOOR_ROWS,
  fitPlace,
  floorRooms,
  overlaps,
  sizeOf,
  type DiningTable,
  type TablePlace,
} from '../../../domain/floor.ts'

/** A floor plan while it is drawn: nothing of it counts before it is saved. Pure. */
export interface FloorDraft {
  readonly rooms: readonly DraftRoom[]
  readonly tables: readonly DraftTable[]
}

export interface DraftRoom {
  readonly id: string
  readonly name: string
}

export interface DraftTable extends DiningTable {
  readonly id: string
  readonly place: TablePlace
}

export function draftOf(catalog: Catalog): FloorDraft {
  const rooms = floorRooms(catalog)
  return {
    rooms: rooms.map(({ id, name }) => ({ id, name })),
    tables: rooms.flatMap(({ tables }) =>
      tables.map(({ isAutomatic: _, place, ...table }) => ({ ...table, place: fitPlace(place) })),
    ),
  }
}

export const changeTable = (
  draft: FloorDraft,
  id: string,
  change: (table: DraftTable) => Partial<DraftTable>,
): FloorDraft => ({
  ...draft,
  tables: draft.tables.map((table) => {
    if (table.id !== id) return table
    const changed = { ...table, ...change(table) }
    return { ...changed, place: fitPlace(changed.place) }
  }),
})

/** By so many cells, as far as the room goes. */
export const moveTable = (draft: FloorDraft, id: string, dx: number, dy: number): FloorDraft =>
  changeTable(draft, id, ({ place }) => ({ place: { ...place, x: place.x + dx, y: place.y + dy } }))

/** A table for four with the next number, where there is room for it. */
export function addTable(draft: FloorDraft, roomId: string, id: string): FloorDraft {
  const seats = 4
  const size = sizeOf({ seats })
  const { tables } = draft
  const numbers = tables.map(({ number }) => Number(number)).filter(Number.isSafeInteger)
  const number = String(Math.max(0, ...numbers) + 1)
  const position = Math.max(-1, ...tables.map((table) => table.position)) + 1
  const inRoom = tables.filter(({ room }) => room === roomId)
  const place = freePlace(size, inRoom)
  return { ...draft, tables: [...tables, { id, number, room: roomId, seats, position, place }] }
}

function freePlace(size: Omit<TablePlace, 'x' | 'y'>, inRoom: readonly DraftTable[]): TablePlace {
  for (let y = 1; y + size.height <= FLOOR_ROWS; y += 1) {
    for (let x = 1; x + size.width <= FLOOR_COLUMNS; x += 1) {
      const place = { ...size, x, y }
      if (!inRoom.some((table) => overlaps(place, table.place))) return place
    }
  }
  return { ...size, x: 1, y: 1 }
}

export const removeTable = (draft: FloorDraft, id: string): FloorDraft => ({
  ...draft,
  tables: draft.tables.filter((table) => table.id !== id),
})

/** Called as it is named at first: whoever reads a table's room without the plan knows which it is. */
export function addRoom(draft: FloorDraft, name: string): FloorDraft {
  const ids = draft.rooms.map(({ id }) => id)
  let id = name
  for (let count = 2; ids.includes(id); count += 1) id = `${name} ${count}`
  return { ...draft, rooms: [...draft.rooms, { id, name: id }] }
}

export const renameRoom = (draft: FloorDraft, id: string, name: string): FloorDraft => ({
  ...draft,
  rooms: draft.rooms.map((room) => (room.id === id ? { ...room, name } : room)),
})

export const hasTables = ({ tables }: FloorDraft, roomId: string): boolean =>
  tables.some(({ room }) => room === roomId)

export const removeRoom = (draft: FloorDraft, id: string): FloorDraft =>
  hasTables(draft, id) ? draft : { ...draft, rooms: draft.rooms.filter((room) => room.id !== id) }

export type FloorFault =
  | { readonly kind: 'number_twice'; readonly number: string }
  | { readonly kind: 'no_number' }
  | { readonly kind: 'no_room_name' }

/** What keeps it from being saved; null: nothing. */
export function faultOf({ rooms, tables }: FloorDraft): FloorFault | null {
  if (rooms.some(({ name }) => name.trim() === '')) return { kind: 'no_room_name' }
  const numbers = new Set<string>()
  for (const { number: typed } of tables) {
    const number = typed.trim()
    if (number === '') return { kind: 'no_number' }
    if (numbers.has(number)) return { kind: 'number_twice', number }
    numbers.add(number)
  }
  return null
}

export type FloorRecord =
  | { kind: 'room'; id: string; value: { name: string; position: number } | null }
  | { kind: 'dining_table'; id: string; value: DiningTable | null }
  | { kind: 'table_place'; id: string; value: TablePlace | null }

/** What has changed, and nothing else: what another manager does elsewhere meanwhile stays. */
export function recordsOf(draft: FloorDraft, catalog: Catalog): FloorRecord[] {
  const all: FloorRecord[] = [
    ...draft.rooms.map(({ id, name }, position): FloorRecord => ({
      kind: 'room',
      id,
      value: { name: name.trim(), position },
    })),
    ...draft.tables.flatMap(({ id, place, number, room, seats, position }): FloorRecord[] => [
      { kind: 'dining_table', id, value: { number: number.trim(), room, seats, position } },
      { kind: 'table_place', id, value: place },
    ]),
  ]
  const kept = new Set(all.map(({ kind, id }) => JSON.stringify([kind, id])))
  const gone = (['room', 'dining_table', 'table_place'] as const).flatMap((kind) =>
    [...catalog[kind].keys()]
      .filter((id) => !kept.has(JSON.stringify([kind, id])))
      .map((id): FloorRecord => ({ kind, id, value: null })),
  )
  const isNew = ({ kind, id, value }: FloorRecord): boolean =>
    !isAlike(catalog[kind].get(id), value)
  return [...all.filter(isNew), ...gone]
}

/** Both have the same members, in whichever order they stand. */
function isAlike(a: object | undefined, b: object | null): boolean {
  if (a === undefined || b === null) return false
  const entries = (of: object) =>
    JSON.stringify(Object.entries(of).toSorted(([x], [y]) => (x < y ? -1 : 1)))
  return entries(a) === entries(b)
}
