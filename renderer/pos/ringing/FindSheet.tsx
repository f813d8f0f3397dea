import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import { Button } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useActions } from '../actions-context.ts'
import { cellOf } from '../menu-cells.ts'
import { ItemGrid } from '../Menu.tsx'
import { closeSheet, useTill } from '../store.ts'
import { findIndexOf } from './find-index.ts'
import styles from './FindSheet.module.css'
import { ringUp } from './ring-up.ts'
import { chooseHidScanner, hasHid } from './scanners.ts'
import { searchItems } from './search-items.ts'
import { say } from '../../words/say.ts'

const SHOWN = 40

interface FindSheetProps {
  readonly catalog: Catalog
  readonly query: string
  readonly unknownCode: string | null
}

/** Finds an item by its name or a code. What is tapped is rung up, and the menu is back. */
export function FindSheet({ catalog, query: begun, unknownCode }: FindSheetProps) {
  const actions = useActions()
  const is86Mode = useTill((till) => till.is86Mode)
  const [query, setQuery] = useState(begun)
  const itemIds = searchItems(findIndexOf(catalog), query, SHOWN)
  const cells = itemIds.flatMap((itemId) => cellOf(catalog, itemId) ?? [])
  const take = (itemId: string) => {
    closeSheet()
    ringUp(actions, itemId)
  }
  const takeFirst = () => {
    const [first] = itemIds
    if (first !== undefined) take(first)
  }
  return (
    <Sheet
      title={say('lines.searchTitle')}
      about={say('lines.searchAbout')}
      onClose={closeSheet}
      tools={
        hasHid() && (
          <Button kind="quiet" onPress={() => void chooseHidScanner()}>
            {say('lines.connectScanner')}
          </Button>
        )
      }
    >
      <div className={styles['find']}>
        {unknownCode !== null && (
          <div role="alert" className={styles['unknown']}>
            <strong>{say('lines.unknownCode', { code: unknownCode })}</strong>
            <p>{say('lines.unknownCodeHelp')}</p>
          </div>
        )}
        <TextInput
          label={say('lines.searchLabel')}
          type="search"
          value={query}
          onChange={setQuery}
          onEnter={takeFirst}
          maxLength={64}
          takesFocus
        />
        {cells.length > 0 ? (
          <ItemGrid
            cells={cells}
            catalog={catalog}
            is86Mode={is86Mode}
            label={say('lines.searchTitle')}
            onTake={take}
          />
        ) : (
          <p className={styles['hint']} role="status">
            {query.trim() === '' ? say('lines.typeToSearch') : say('lines.nothingFound')}
          </p>
        )}
      </div>
    </Sheet>
  )
}
