import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import { floorRooms } from '../../../domain/floor.ts'
import type { SignedIn } from '../../../protocol/screens.ts'
import { Toggle } from '../../ui/Button.tsx'
import { useLive } from '../../ui/live-store.ts'
import { remember, remembered } from '../../ui/remembered.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { useCurrentOrder } from '../current-order.ts'
import { isOpen, openOrdersByTable } from '../open-orders.ts'
import { closeSheet, closeSheetAfter, openOrder, startAtTable, useTill } from '../store.ts'
import { FloorEditor } from './FloorEditor.tsx'
import styles from './FloorSheet.module.css'
import { FloorTableButton } from './FloorTableButton.tsx'
import { NumberPad, useTypedNumber } from './NumberPad.tsx'
import { TableChoice } from './TableChoice.tsx'

interface FloorSheetProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
  /** The order in hand looks for a table; else a table is opened. */
  readonly isSeating: boolean
}

const MAY_EDIT: readonly SignedIn['role'][] = ['manager', 'admin']

/** The rooms as they are: one tap on a table opens its order, or begins one there. */
export function FloorSheet({ catalog, staff, isSeating: isAsked }: FloorSheetProps) {
  const { setPlace } = useActions()
  const orders = useLive((live) => live.ordersById)
  const current = useCurrentOrder()
  const draft = useTill((till) => till.draft)
  const [isEditing, setEditing] = useState(false)
  const [askedTable, setAskedTable] = useState<string | null>(null)
  const rooms = floorRooms(catalog)
  const [roomId, setRoomId] = useRoom()
  const inHand = current !== null && isOpen(current) ? current : null
  // An order that has no table yet is looking for one, wherever the plan was opened.
  const isSeating = inHand !== null && (isAsked || inHand.table === null)
  const own = inHand?.table ?? (current === null ? draft.table : null)
  const room = rooms.find(({ id }) => id === roomId) ?? rooms.find(hasTable(own)) ?? rooms[0]
  const byTable = openOrdersByTable(orders.values())

  const seat = (table: string) => closeSheetAfter(setPlace({ channel: 'dine_in', table }))
  const press = (table: string) => {
    const there = byTable.get(table) ?? []
    const [first] = there
    if (first === undefined) return isSeating ? void seat(table) : startAtTable(table)
    if (there.length === 1 && (!isSeating || first.id === inHand?.id)) {
      return first.id === inHand?.id ? closeSheet() : openOrder(first.id)
    }
    setAskedTable(table)
  }
  const typed = useTypedNumber(
    rooms.flatMap(({ tables }) => tables),
    ({ number, room: of }) => {
      setRoomId(of)
      press(number)
    },
    !isEditing,
  )

  if (isEditing) return <FloorEditor catalog={catalog} onDone={() => setEditing(false)} />
  return (
    <Sheet
      title={say('floor.tables')}
      about={
        typed.text !== ''
          ? say('trade.table', { table: typed.text })
          : isSeating
            ? say('floor.seating', { order: inHand.number })
            : say('floor.opening')
      }
      onClose={closeSheet}
      tools={
        <>
          {rooms.length > 1 &&
            rooms.map(({ id, name }) => (
              <Toggle
                key={id}
                isSelected={id === room?.id}
                onChange={() => {
                  setAskedTable(null)
                  setRoomId(id)
                }}
              >
                {name}
              </Toggle>
            ))}
          <Toggle isSelected={typed.isOpen} onChange={typed.setOpen} label={say('floor.byNumber')}>
            123
          </Toggle>
          {MAY_EDIT.includes(staff.role) && (
            <Toggle isSelected={false} onChange={() => setEditing(true)}>
              {say('floor.edit')}
            </Toggle>
          )}
        </>
      }
      footer={
        askedTable === null ? undefined : (
          <TableChoice
            table={askedTable}
            orders={byTable.get(askedTable) ?? []}
            inHand={isSeating ? inHand : null}
            onSeat={() => void seat(askedTable)}
          />
        )
      }
    >
      <div className={styles['floor']}>
        {room === undefined ? (
          <p className={styles['none']}>{say('floor.noTables')}</p>
        ) : (
          <section className={styles['frame']} aria-label={room.name} dir="ltr">
            <div className={styles['room']} style={{ '--rows': room.rows } as React.CSSProperties}>
              {room.tables.map((table) => (
                <FloorTableButton
                  key={table.id}
                  table={table}
                  orders={byTable.get(table.number) ?? []}
                  catalog={catalog}
                  isOwn={table.number === own}
                  isTyped={typed.likely.includes(table.number)}
                  onPress={() => press(table.number)}
                />
              ))}
            </div>
          </section>
        )}
        {typed.isOpen && <NumberPad typed={typed} />}
      </div>
    </Sheet>
  )
}

const hasTable =
  (number: string | null) =>
  ({ tables }: { readonly tables: readonly { readonly number: string }[] }): boolean =>
    number !== null && tables.some((table) => table.number === number)

/** The room that this till looks at; it looks at the same one tomorrow. */
function useRoom() {
  const [roomId, setRoomId] = useState(() => remembered('room'))
  const choose = (id: string) => {
    remember('room', id)
    setRoomId(id)
  }
  return [roomId, choose] as const
}
