import { useState } from 'react'
import { mayApprove } from '../../../domain/approvals.ts'
import { INVENTORY_SETTINGS_ID, type Catalog } from '../../../domain/catalog.ts'
import { itemSubject, ONE_MILLI } from '../../../domain/inventory.ts'
import { MAX_FAVOURITES } from '../../../domain/menu-records.ts'
import type { SignedIn } from '../../../protocol/screens.ts'
import { Button } from '../../ui/Button.tsx'
import { useLive } from '../../ui/live-store.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { useActions } from '../actions-context.ts'
import { cellOf, favouriteIds } from '../menu-cells.ts'
import { Stepper } from '../Stepper.tsx'
import { closeSheet, closeSheetAfter, openSheet, takeQuantity, useTill } from '../store.ts'
import styles from './CellSheet.module.css'
import { say } from '../../words/say.ts'

interface CellSheetProps {
  readonly catalog: Catalog
  readonly itemId: string
  readonly staff: SignedIn
}

/** What one item of the menu can be told from where it is sold: options, sold out, so many left. */
export function CellSheet({ catalog, itemId, staff }: CellSheetProps) {
  const cell = cellOf(catalog, itemId)
  if (cell === undefined) return null
  const isManager = mayApprove(staff.role)
  const addWith = () =>
    openSheet(
      cell.kind === 'combo'
        ? { kind: 'combo', comboId: itemId, quantity: takeQuantity() }
        : {
            kind: cell.item.open === undefined ? 'item' : 'open',
            itemId,
            quantity: takeQuantity(),
          },
    )
  return (
    <Sheet title={cell.item.name} about={say('lines.cellAbout')} onClose={closeSheet}>
      <div className={styles['cell']}>
        <Button kind="accent" isLarge onPress={addWith}>
          {say('lines.addWith')}
        </Button>
        {(isManager || staff.role === 'kitchen') && (
          <Availability catalog={catalog} itemId={itemId} />
        )}
        {isManager && cell.kind === 'item' && <Countdown catalog={catalog} itemId={itemId} />}
        {isManager && <Favourite catalog={catalog} itemId={itemId} />}
      </div>
    </Sheet>
  )
}

interface PartProps {
  readonly catalog: Catalog
  readonly itemId: string
}

function Availability({ catalog, itemId }: PartProps) {
  const { setAvailability } = useActions()
  const isAvailable = catalog.availability.get(itemId)?.available !== false
  return (
    <Button
      isLarge
      kind={isAvailable ? 'danger' : 'plain'}
      onPress={() => {
        void setAvailability(itemId, !isAvailable)
        closeSheet()
      }}
    >
      {isAvailable ? say('lines.soldOut') : say('lines.backOn')}
    </Button>
  )
}

const FIRST_COUNT = 10

function Countdown({ catalog, itemId }: PartProps) {
  const { stock } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const left = useLive((live) => live.leftByItem.get(itemId)?.left)
  const [count, setCount] = useState(Math.max(0, left ?? FIRST_COUNT))
  const rule = catalog.inventory_settings.get(INVENTORY_SETTINGS_ID)?.soldOutBy ?? 'nothing'
  const say86 = (amountMilli: number | null) => {
    const lines = [{ subject: itemSubject(itemId), amountMilli }]
    return closeSheetAfter(stock({ kind: 'count', lines, note: null }))
  }
  return (
    <section className={styles['part']} aria-label={say('lines.howManyLeft')}>
      <h3 className={styles['title']}>
        {say('lines.howManyLeft')}
        <small>
          {left === undefined ? say('lines.notCounted') : say('lines.leftNow', { n: left })}
        </small>
      </h3>
      <div className={styles['row']}>
        <Stepper
          label={say('lines.howManyLeft')}
          value={count}
          min={0}
          max={999}
          onChange={setCount}
        />
        <Button isLarge isDisabled={isBusy} onPress={() => void say86(count * ONE_MILLI)}>
          {say('lines.countDown', { n: count })}
        </Button>
        {left !== undefined && (
          <Button isLarge kind="quiet" isDisabled={isBusy} onPress={() => void say86(null)}>
            {say('lines.stopCounting')}
          </Button>
        )}
      </div>
      {rule === 'nothing' && <p className={styles['hint']}>{say('lines.countStopsNothing')}</p>}
    </section>
  )
}

function Favourite({ catalog, itemId }: PartProps) {
  const { setFavourites } = useActions()
  const ids = favouriteIds(catalog)
  const isPinned = ids.includes(itemId)
  const others = ids.filter((id) => id !== itemId)
  return (
    <div className={styles['row']}>
      <Button
        isLarge
        isDisabled={!isPinned && ids.length >= MAX_FAVOURITES}
        onPress={() => void setFavourites(isPinned ? others : [...ids, itemId])}
      >
        {isPinned ? say('lines.unpin') : say('lines.pin')}
      </Button>
      {isPinned && ids[0] !== itemId && (
        <Button isLarge onPress={() => void setFavourites([itemId, ...others])}>
          {say('lines.moveToFront')}
        </Button>
      )}
    </div>
  )
}
