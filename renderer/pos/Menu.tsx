import { Button as AriaButton } from 'react-aria-components'
import type { Catalog, MenuItem } from '../../domain/catalog.ts'
import { isOnSale, priceNow } from '../../domain/sale-times.ts'
import type { ItemLeft } from '../../domain/stock-list.ts'
import { formatMoney } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { currencyOf } from '../ui/settings.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { menuCells, type MenuCell } from './menu-cells.ts'
import styles from './Menu.module.css'
import { useOccasion } from './occasion.ts'
import { openSheet, selectCategory, useTill } from './store.ts'

/** The categories, and the items of the chosen one in their fixed places. */
export function Menu({ catalog }: { readonly catalog: Catalog }) {
  const selected = useTill((till) => till.categoryId)
  const is86Mode = useTill((till) => till.is86Mode)
  const categories = [...catalog.category].toSorted(([, a], [, b]) => a.position - b.position)
  const [categoryId, category] =
    categories.find(([id]) => id === selected) ?? categories[0] ?? ([null, null] as const)
  if (categoryId === null) return <p className={styles['empty']}>{say('item.menuEmpty')}</p>
  return (
    <div className={styles['menu']} data-86={is86Mode}>
      <nav className={styles['categories']} aria-label={say('item.categories')}>
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
          aria-label={say('item.menu', { category: category.name })}
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
          {say('item.hint86')}
        </p>
      )}
    </div>
  )
}

/** Only a required choice stops the tap; extras are added by tapping the line in the order. */
const mustChoose = (catalog: Catalog, item: MenuItem): boolean =>
  item.modifierGroupIds.some((groupId) => (catalog.modifier_group.get(groupId)?.min ?? 0) > 0)

/** So few are left that a guest should be told before choosing. */
const LOW_LEFT = 3

interface ItemButtonProps {
  readonly cell: MenuCell
  readonly catalog: Catalog
  readonly is86Mode: boolean
}

function ItemButton({ cell, catalog, is86Mode }: ItemButtonProps) {
  const { addLine, setAvailability } = useActions()
  const occasion = useOccasion()
  const stock = useLive((live) => live.leftByItem.get(cell.itemId))
  const { itemId, item } = cell
  const isAvailable = catalog.availability.get(itemId)?.available !== false
  const isNow = isOnSale(catalog, { id: itemId, ...item }, occasion.atMs)
  const isSold = isAvailable && isNow && stock?.isSoldOut !== true
  const { priceMinor, level } = priceNow(catalog, { id: itemId, ...item }, occasion)
  const press = () => {
    if (is86Mode) return void setAvailability(itemId, !isAvailable)
    if (cell.kind === 'combo') return openSheet({ kind: 'combo', comboId: itemId })
    if (mustChoose(catalog, cell.item)) return openSheet({ kind: 'item', itemId })
    addLine({ itemId, quantity: 1, modifierIds: [], instructions: null })
  }
  return (
    <AriaButton
      className={styles['item'] ?? ''}
      isDisabled={!isSold && !is86Mode}
      data-available={isSold}
      onPress={press}
    >
      <span className={styles['name']}>{item.name}</span>
      <span className={styles['foot']}>
        <span className={styles['price']} data-level={level !== null}>
          {formatMoney(priceMinor, currencyOf(catalog))}
        </span>
        {offWord(isAvailable, isNow, stock) ?? <Left stock={stock} />}
      </span>
    </AriaButton>
  )
}

function offWord(isAvailable: boolean, isNow: boolean, stock: ItemLeft | undefined) {
  const word = !isAvailable
    ? say('item.off86')
    : stock?.isSoldOut === true
      ? say('item.soldOut')
      : isNow
        ? null
        : say('item.notNow')
  return word === null ? null : <span className={styles['off']}>{word}</span>
}

/** Below nothing: two tills sold the last one. */
function Left({ stock }: { readonly stock: ItemLeft | undefined }) {
  if (stock === undefined) return null
  return (
    <span className={styles['left']} data-low={stock.left <= LOW_LEFT}>
      {stock.left < 0
        ? say('item.oversoldBy', { n: -stock.left })
        : say('item.left', { n: stock.left })}
    </span>
  )
}
