import { MAX_TABLE_CELLS, MIN_TABLE_CELLS } from '../../../domain/floor.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { Stepper } from '../Stepper.tsx'
import type { DraftRoom, DraftTable } from './floor-draft.ts'
import styles from './FloorEditor.module.css'

interface TableFieldsProps {
  readonly table: DraftTable
  readonly rooms: readonly DraftRoom[]
  readonly onChange: (change: Partial<DraftTable>) => void
  readonly onRemove: () => void
}

const MAX_SEATS_OF_TABLE = 100

/** What can be said of the chosen table beside where it stands. */
export function TableFields({ table, rooms, onChange, onRemove }: TableFieldsProps) {
  const { place } = table
  const sized = (label: string, value: number, change: (cells: number) => object) => (
    <div className={styles['row']}>
      <span>{label}</span>
      <Stepper
        label={label}
        value={value}
        min={MIN_TABLE_CELLS}
        max={MAX_TABLE_CELLS}
        onChange={(cells) => onChange({ place: { ...place, ...change(cells) } })}
      />
    </div>
  )
  return (
    <>
      <TextInput
        label={say('floor.number')}
        value={table.number}
        maxLength={20}
        onChange={(number) => onChange({ number })}
      />
      <div className={styles['row']}>
        <span>{say('floor.seatCount')}</span>
        <Stepper
          label={say('floor.seatCount')}
          value={table.seats}
          min={1}
          max={MAX_SEATS_OF_TABLE}
          onChange={(seats) => onChange({ seats })}
        />
      </div>
      {sized(say('floor.width'), place.width, (width) => ({ width }))}
      {sized(say('floor.depth'), place.height, (height) => ({ height }))}
      <div className={styles['pair']} role="group" aria-label={say('floor.shape')}>
        <Toggle
          isSelected={place.shape === 'square'}
          onChange={() => onChange({ place: { ...place, shape: 'square' } })}
        >
          {say('floor.square')}
        </Toggle>
        <Toggle
          isSelected={place.shape === 'round'}
          onChange={() => onChange({ place: { ...place, shape: 'round' } })}
        >
          {say('floor.round')}
        </Toggle>
      </div>
      {rooms.length > 1 && (
        <div className={styles['pair']} role="group" aria-label={say('floor.room')}>
          {rooms.map(({ id, name }) => (
            <Toggle key={id} isSelected={id === table.room} onChange={() => onChange({ room: id })}>
              {name}
            </Toggle>
          ))}
        </div>
      )}
      <Button kind="danger" onPress={onRemove}>
        {say('floor.removeTable')}
      </Button>
    </>
  )
}
