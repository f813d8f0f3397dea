import { Button as AriaButton } from 'react-aria-components'
import type { Catalog, MenuItem } from '../../domain/catalog.ts'
import { formatMoney } from '../ui/format.ts'
import { currencyOf } from '../ui/settings.ts'
import { useActions } from './actions-context.ts'
import { menuCells, type MenuCell } from './menu-cells.ts'
import styles from './Menu.module.css'
import { openSheet, selectCategory, useTill } from './store.ts'

/** The categories, and the items of the chosen one in their fixed places. */
export function Menu({ catalog }: { readonly catalog: Catalog }) {
  const selected = useTill((till) => till.categoryId)
  const is86Mode = useTill((till) => till.is86Mode)
  const categories = [...catalog.category].toSorted(([, a], [, b]) => a.position - b.position)
  const [categoryId, category] =
    categories.find(([id]) => id === selected) ?? categories[0] ?? ([null, null] as const)
  if (categoryId === null) return <p className={styles['empty']}>The menu is empty.</p>
  return (
    <div className={styles['menu']} data-86={is86Mode}>
      <nav className={styles['categories']} aria-label="Categories">
        {categories.map(([id, { name, color }]) => (
          <AriaButton
            key={id}
            className={styles['category'] ?? ''}
            data-color={color}
            aria-pressed={id === categoryId}
            onPress={() => selectCategory(id)}
          >
            {name}
          </AriaButton>
        ))}
      </nav>
      <div className={styles['items']}>
        <div
          className={styles['grid']}
          role="group"
          aria-label={`Menu: ${category.name}`}
          data-color={category.color}
        >
          {menuCells(catalog, categoryId).map((cell, position) =>
            cell === null ? (
              <span key={position} />
            ) : (
              <ItemButton key={position} cell={cell} catalog={catalog} is86Mode={is86Mode} />
            ),
          )}
        </div>
      </div>
      {is86Mode && (
        <p className={styles['hint']} role="status">
          86 mode: tap an item to take it off the menu, or to put it back.
        </p>
      )}
    </div>
  )
}

/** Only a required choice stops the tap; extras are added by tapping the line in the order. */
const mustChoose = (catalog: Catalog, item: MenuItem): boolean =>
  item.modifierGroupIds.some((groupId) => (catalog.modifier_group.get(groupId)?.min ?? 0) > 0)

interface ItemButtonProps {
  readonly cell: MenuCell
  readonly catalog: Catalog
  readonly is86Mode: boolean
}

function ItemButton({ cell: { itemId, item }, catalog, is86Mode }: ItemButtonProps) {
  const { addLine, setAvailability } = useActions()
  const isAvailable = catalog.availability.get(itemId)?.available !== false
  const press = () => {
    if (is86Mode) return void setAvailability(itemId, !isAvailable)
    if (mustChoose(catalog, item)) return openSheet({ kind: 'item', itemId })
    addLine({ itemId, quantity: 1, modifierIds: [], instructions: null })
  }
  return (
    <AriaButton
      className={styles['item'] ?? ''}
      isDisabled={!isAvailable && !is86Mode}
      data-available={isAvailable}
      onPress={press}
    >
      <span className={styles['name']}>{item.name}</span>
      <span className={styles['foot']}>
        <span className={styles['price']}>{formatMoney(item.priceMinor, currencyOf(catalog))}</span>
        {!isAvailable && <span className={styles['off']}>86’d</span>}
      </span>
    </AriaButton>
  )
}
