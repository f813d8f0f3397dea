import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { emptyCatalog, recordSchemas, type Catalog } from '../../../domain/catalog.ts'
import { FLOOR_COLUMNS, floorRooms, overlaps } from '../../../domain/floor.ts'
import type { OrderCommand } from '../../../domain/commands.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { createReplica, line, newOrder, TEST_ORDER_ID } from '../../../test/support/orders.ts'
import {
  addRoom,
  addTable,
  changeTable,
  draftOf,
  faultOf,
  moveTable,
  recordsOf,
  removeRoom,
  removeTable,
  renameRoom,
  type FloorDraft,
  type FloorRecord,
} from './floor-draft.ts'
import { standingOf, tableTyped } from './table-state.ts'

const tables = (...rooms: readonly string[]): Catalog => {
  const catalog = emptyCatalog()
  for (const [position, room] of rooms.entries()) {
    const number = String(position + 1)
    catalog.dining_table.set(`t${number}`, { number, room, seats: 2 + (position % 5), position })
  }
  return catalog
}

/** As the store would be after saving. */
function saved(catalog: Catalog, records: readonly FloorRecord[]): Catalog {
  const copy = { ...catalog } as ReturnType<typeof emptyCatalog>
  for (const kind of ['room', 'dining_table', 'table_place'] as const) {
    const map = new Map<string, unknown>(catalog[kind])
    for (const { id, value } of records.filter((record) => record.kind === kind)) {
      if (value === null) map.delete(id)
      else map.set(id, recordSchemas[kind].parse(value))
    }
    Object.assign(copy, { [kind]: map })
  }
  return copy
}

const sorted = (draft: FloorDraft): FloorDraft => ({
  ...draft,
  tables: draft.tables.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
})

describe('a floor plan', () => {
  test('[Q3] a store from before there were plans shows each table in a place of its own', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('Bar', 'Garden'), { maxLength: 45 }), (rooms) => {
        const shown = floorRooms(tables(...rooms))
        expect(shown.flatMap((room) => room.tables)).toHaveLength(rooms.length)
        for (const { tables: inRoom, rows } of shown) {
          for (const [index, { place, isAutomatic }] of inRoom.entries()) {
            expect(isAutomatic).toBe(true)
            expect(place.x + place.width).toBeLessThanOrEqual(FLOOR_COLUMNS)
            expect(place.y + place.height).toBeLessThanOrEqual(rows)
            for (const other of inRoom.slice(index + 1)) {
              expect(overlaps(place, other.place)).toBe(false)
            }
          }
        }
      }),
    )
  })

  test('[Q3] whatever is dragged, added, resized and removed can be saved, and is as it was drawn', () => {
    type Step = (draft: FloorDraft, index: number) => FloorDraft
    const some = ({ tables: all }: FloorDraft, n: number) =>
      all[n % Math.max(1, all.length)]?.id ?? ''
    const step = fc.oneof(
      fc.tuple(fc.nat(), fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })).map(
        ([n, dx, dy]): Step =>
          (draft) =>
            moveTable(draft, some(draft, n), dx, dy),
      ),
      fc.tuple(fc.nat(), fc.integer({ min: -5, max: 30 })).map(
        ([n, width]): Step =>
          (draft) =>
            changeTable(draft, some(draft, n), ({ place }) => ({ place: { ...place, width } })),
      ),
      fc.nat().map(
        (n): Step =>
          (draft) =>
            removeTable(draft, some(draft, n)),
      ),
      fc.constant<Step>((draft, index) =>
        addTable(draft, draft.rooms[0]?.id ?? 'Bar', `n${index}`),
      ),
      fc.constant<Step>((draft) => addRoom(draft, 'Garden')),
      fc.constant<Step>((draft) => renameRoom(draft, draft.rooms[0]?.id ?? '', 'Hall')),
      fc.constant<Step>((draft) => removeRoom(draft, draft.rooms.at(-1)?.id ?? '')),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const before = tables('Bar', 'Bar', 'Garden')
        const drawn = steps.reduce((draft, take, index) => take(draft, index), draftOf(before))
        expect(faultOf(drawn)).toBeNull()
        const after = saved(before, recordsOf(drawn, before))
        expect(sorted(draftOf(after))).toEqual(sorted(drawn))
        expect(recordsOf(drawn, after)).toEqual([])
      }),
    )
  })

  test('[Q3] two tables with one number, and a room without a name, are not saved', () => {
    const draft = draftOf(tables('Bar', 'Bar'))
    const twice = changeTable(draft, 't2', () => ({ number: ' 1' }))
    expect(faultOf(twice)).toEqual({ kind: 'number_twice', number: '1' })
    expect(faultOf(changeTable(draft, 't2', () => ({ number: ' ' })))).toEqual({
      kind: 'no_number',
    })
    expect(faultOf(renameRoom(draft, 'Bar', ''))).toEqual({ kind: 'no_room_name' })
  })

  test('[Q3] a table is found by its number as soon as no other one begins so', () => {
    const all = ['1', '2', '10', '20', 'A3'].map((number) => ({ number }))
    expect(tableTyped(all, '1')).toEqual({ exact: { number: '1' }, only: null })
    expect(tableTyped(all, '10')).toEqual({ exact: { number: '10' }, only: { number: '10' } })
    expect(tableTyped(all, 'a')).toEqual({ exact: null, only: { number: 'A3' } })
    expect(tableTyped(all, '7')).toEqual({ exact: null, only: null })
  })
})

describe('how a table stands', () => {
  const stations = new Map([
    ['grill', { name: 'Grill', position: 0, warnAfterSeconds: 60, lateAfterSeconds: 600 }],
  ])
  const startMs = Date.UTC(2026, 0, 1)
  const orderId = TEST_ORDER_ID
  const after = (minutes: number, ...commands: readonly OrderCommand[]) => {
    const till = createReplica('A', {}, startMs)
    for (const command of [
      newOrder([line('burger'), { ...line('bottle'), course: 4 }]),
      ...commands,
    ]) {
      const result = till.run(command)
      if (!result.ok) throw new Error(JSON.stringify(result.error))
    }
    const order = till.view() as unknown as ShownOrder
    return standingOf([order], { station: stations }, startMs + minutes * 60_000)
  }
  const hold: OrderCommand = { type: 'holdCourse', orderId, course: 4 }
  const send: OrderCommand = { type: 'sendToKitchen', orderId }
  const pay: OrderCommand = {
    type: 'takePayment',
    orderId,
    method: 'cash',
    amountMinor: 100,
    tipMinor: 0,
    tenderedMinor: null,
  }

  test('[Q3] free, open, sent, late, ready and paid in part, in words and since when', () => {
    expect(standingOf([], { station: stations }, startMs).state).toBe('free')
    expect(after(1).state).toBe('open')
    expect(after(1, hold, send)).toMatchObject({ state: 'sent', heldCourses: [4] })
    expect(after(1, send, pay).state).toBe('part_paid')
    const late = after(20, send, pay)
    expect(late.state).toBe('late')
    expect(late.sinceMs).toBe(startMs + 2_000)
    const bump: OrderCommand = { type: 'bumpTicket', orderId, ticketId: 'A-c2.0/grill' }
    expect(after(20, send, bump).state).toBe('ready')
  })

  test('[Q3] nobody runs for what was handed over or is not wanted any more', () => {
    const ticketId = 'A-c2.0/grill'
    const bump: OrderCommand = { type: 'bumpTicket', orderId, ticketId }
    const hand: OrderCommand = { type: 'handTickets', orderId, ticketIds: [ticketId], handed: true }
    const served = after(20, send, bump, hand)
    expect(served).toMatchObject({ state: 'served', sinceMs: startMs + 4_000 })
    const unsent: OrderCommand = { type: 'addLines', orderId, lines: [line('burger')] }
    expect(after(20, send, bump, hand, unsent).state).toBe('open')
    const drop: OrderCommand = { type: 'voidLine', orderId, lineId: 'A-c1.0', reason: 'sent back' }
    expect(after(20, send, bump, drop).state).toBe('served')
  })
})
