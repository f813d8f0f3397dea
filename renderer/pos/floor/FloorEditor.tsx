import { useRef, useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import { FLOOR_ROWS } from '../../../domain/floor.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { newId } from '../../ui/new-id.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { useTill } from '../store.ts'
import { EditedTable } from './EditedTable.tsx'
import editor from './FloorEditor.module.css'
import {
  addRoom,
  addTable,
  changeTable,
  draftOf,
  faultOf,
  hasTables,
  moveTable,
  recordsOf,
  removeRoom,
  removeTable,
  renameRoom,
  type FloorFault,
} from './floor-draft.ts'
import styles from './FloorSheet.module.css'
import { TableFields } from './TableFields.tsx'

interface FloorEditorProps {
  readonly catalog: Catalog
  readonly onDone: () => void
}

/** Managers draw the rooms: tables are dragged, or moved with the arrow keys, from cell to cell. */
export function FloorEditor({ catalog, onDone }: FloorEditorProps) {
  const { saveFloor } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const [draft, setDraft] = useState(() => draftOf(catalog))
  const [roomId, setRoomId] = useState(draft.rooms[0]?.id ?? null)
  const [tableId, setTableId] = useState<string | null>(null)
  const grid = useRef<HTMLDivElement>(null)
  const room = draft.rooms.find(({ id }) => id === roomId) ?? draft.rooms[0]
  const inRoom = draft.tables.filter((table) => table.room === room?.id)
  const table = inRoom.find(({ id }) => id === tableId)
  const fault = faultOf(draft)
  const records = recordsOf(draft, catalog)

  const save = async () => {
    if (records.length === 0 || (await saveFloor(records))) onDone()
  }
  const add = () => {
    if (room === undefined) return
    const id = newId()
    setDraft(addTable(draft, room.id, id))
    setTableId(id)
  }
  const makeRoom = () => {
    const next = addRoom(draft, say('floor.newRoom'))
    setDraft(next)
    setRoomId(next.rooms.at(-1)?.id ?? null)
    setTableId(null)
  }

  return (
    <Sheet
      title={say('floor.editing')}
      about={say('floor.editingAbout')}
      onClose={onDone}
      tools={draft.rooms.map(({ id, name }) => (
        <Toggle
          key={id}
          isSelected={id === room?.id}
          onChange={() => {
            setRoomId(id)
            setTableId(null)
          }}
        >
          {name}
        </Toggle>
      ))}
      footer={
        <>
          <Button onPress={add} isDisabled={room === undefined}>
            {say('floor.addTable')}
          </Button>
          <Button onPress={makeRoom}>{say('floor.addRoom')}</Button>
          <p className={editor['fault']} role="status">
            {fault === null ? '' : faultText(fault)}
          </p>
          <Button
            kind="accent"
            isLarge
            isDisabled={isBusy || fault !== null}
            onPress={() => void save()}
          >
            {say('floor.save')}
          </Button>
        </>
      }
    >
      <div className={styles['floor']}>
        <section className={styles['frame']} aria-label={room?.name ?? ''} dir="ltr">
          <div
            ref={grid}
            className={`${styles['room']} ${editor['grid']}`}
            style={{ '--rows': FLOOR_ROWS } as React.CSSProperties}
          >
            {inRoom.map((one) => (
              <EditedTable
                key={one.id}
                table={one}
                isSelected={one.id === tableId}
                grid={grid}
                onSelect={() => setTableId(one.id)}
                onMove={(dx, dy) => setDraft((now) => moveTable(now, one.id, dx, dy))}
              />
            ))}
          </div>
        </section>
        <aside className={editor['fields']}>
          {table !== undefined ? (
            <TableFields
              table={table}
              rooms={draft.rooms}
              onChange={(change) => {
                setDraft(changeTable(draft, table.id, () => change))
                if (change.room !== undefined) setRoomId(change.room)
              }}
              onRemove={() => setDraft(removeTable(draft, table.id))}
            />
          ) : room !== undefined ? (
            <>
              <TextInput
                label={say('floor.roomName')}
                value={room.name}
                maxLength={120}
                onChange={(name) => setDraft(renameRoom(draft, room.id, name))}
              />
              <Button
                kind="danger"
                isDisabled={hasTables(draft, room.id)}
                onPress={() => setDraft(removeRoom(draft, room.id))}
              >
                {say('floor.removeRoom')}
              </Button>
              <p className={editor['hint']}>{say('floor.pickTable')}</p>
            </>
          ) : null}
        </aside>
      </div>
    </Sheet>
  )
}

function faultText(fault: FloorFault): string {
  switch (fault.kind) {
    case 'number_twice':
      return say('floor.numberTwice', { number: fault.number })
    case 'no_number':
      return say('floor.noNumber')
    case 'no_room_name':
      return say('floor.noRoomName')
  }
}
