import { memo, useMemo } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../domain/catalog.ts'
import { isOnSale, priceNow, type Occasion } from '../../domain/sale-times.ts'
import type { ItemLeft } from '../../domain/stock-list.ts'
import { formatMoney } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { currencyOf } from '../ui/settings.ts'
import { useActions } from './actions-context.ts'
import { favouriteCells, menuCells, type MenuCell } from './menu-cells.ts'
import styles from './Menu.module.css'
import { useOccasion } from './occasion.ts'
import { ItemPicture } from './pictures/ItemPicture.tsx'
import { usePictures } from './pictures/pictures.ts'
import { QuickBar } from './ringing/QuickBar.tsx'
import { ringUp } from './ringing/ring-up.ts'
import { useLongPress } from './ringing/use-long-press.ts'
import { useTillKeys } from './ringing/use-till-keys.ts'
import { say } from '../words/say.ts'
import { openSheet, selectCategory, useTill } from './store.ts'

interface Category {
  readonly id: string
  readonly name: string
  readonly color: string
}

const FAVOURITES = 'favourites/'

/** The favourites, where there are any, and the categories of the menu. */
function categoriesOf(catalog: Catalog, popularItemIds: readonly string[]): Category[] {
  const favourites = { id: FAVOURITES, name: say('lines.favourites'), color: 'slate' }
  const own = [...catalog.category]
    .toSorted(([, a], [, b]) => a.position - b.position)
    .map(([id, { name, color }]) => ({ id, name, color }))
  return favouriteCells(catalog, popularItemIds).length === 0 ? own : [favourites, ...own]
}

/** The categories, and the items of the chosen one in their fixed places. */
export const Menu = memo(function Menu({ catalog }: { readonly catalog: Catalog }) {
  useTillKeys()
  const selected = useTill((till) => till.categoryId)
  const is86Mode = useTill((till) => till.is86Mode)
  const popularItemIds = useLive((live) => live.popularItemIds)
  const categories = useMemo(() => categoriesOf(catalog, popularItemIds), [catalog, popularItemIds])
  const category = categories.find(({ id }) => id === selected) ?? categories[0]
  if (category === undefined) return <p className={styles['empty']}>{say('item.menuEmpty')}</p>
  return (
    <div className={styles['menu']} data-86={is86Mode}>
      <nav className={styles['categories']} aria-label={say('item.categories')}>
        {categories.map(({ id, name, color }) => (
          <AriaButton
            key={id}
            className={styles['category'] ?? ''}
            data-color={color}
            aria-pressed={id === category.id}
            onPress={() => selectCategory(id)}
          >
            {name}
          </AriaButton>
        ))}
      </nav>
      <div className={styles['side']}>
        <QuickBar />
        <CategoryItems
          key={category.id}
          category={category}
          catalog={catalog}
          is86Mode={is86Mode}
        />
        {is86Mode && (
          <p className={styles['hint']} role="status">
            {say('item.hint86')}
          </p>
        )}
      </div>
    </div>
  )
})

interface CategoryItemsProps {
  readonly category: Category
  readonly catalog: Catalog
  readonly is86Mode: boolean
}

function CategoryItems({ category, catalog, is86Mode }: CategoryItemsProps) {
  const actions = useActions()
  const popularItemIds = useLive((live) => live.popularItemIds)
  const { id, name, color } = category
  const cells = useMemo(
    () => (id === FAVOURITES ? favouriteCells(catalog, popularItemIds) : menuCells(catalog, id)),
    [catalog, id, popularItemIds],
  )
  return (
    <div className={styles['items']} data-color={color}>
      <ItemGrid
        cells={cells}
        catalog={catalog}
        is86Mode={is86Mode}
        label={say('item.menu', { category: name })}
        onTake={useMemo(() => (itemId: string) => ringUp(actions, itemId), [actions])}
      />
    </div>
  )
}

/** So few are left that a guest should be told before choosing. */
const LOW_LEFT = 3

interface ItemGridProps {
  /** Null: a place that is kept free. */
  readonly cells: readonly (MenuCell | null)[]
  readonly catalog: Catalog
  readonly is86Mode: boolean
  readonly label: string
  readonly onTake: (itemId: string) => void
}

/** Items as buttons, each of which renders again when something about it has changed, and only then. */
export function ItemGrid({ cells, label, ...shared }: ItemGridProps) {
  const occasion = useOccasion()
  return (
    <div className={styles['grid']} role="group" aria-label={label}>
      {cells.map((cell, position) =>
        cell === null ? (
          <span key={position} />
        ) : (
          <ItemButton key={position} cell={cell} occasion={occasion} {...shared} />
        ),
      )}
    </div>
  )
}

interface ItemButtonProps extends Omit<ItemGridProps, 'cells' | 'label'> {
  readonly cell: MenuCell
  readonly occasion: Occasion
}

const ItemButton = memo(function ItemButton(props: ItemButtonProps) {
  const { cell, catalog, is86Mode, occasion, onTake } = props
  const { setAvailability } = useActions()
  const stock = useLive((live) => live.leftByItem.get(cell.itemId))
  const isPictured = usePictures((pictures) => pictures.isShown)
  const { itemId, item } = cell
  const isAvailable = catalog.availability.get(itemId)?.available !== false
  const isNow = isOnSale(catalog, { id: itemId, ...item }, occasion.atMs)
  const isSold = isAvailable && isNow && stock?.isSoldOut !== true
  const { priceMinor, level } = priceNow(catalog, { id: itemId, ...item }, occasion)
  const picture = isPictured ? catalog.item_picture.get(itemId) : undefined
  const press = useLongPress(
    () => {
      if (is86Mode) void setAvailability(itemId, !isAvailable)
      else if (isSold) onTake(itemId)
    },
    () => openSheet({ kind: 'cell', itemId }),
  )
  return (
    <AriaButton
      className={styles['item'] ?? ''}
      aria-disabled={!isSold && !is86Mode}
      data-available={isSold}
      data-pictured={picture !== undefined}
      data-color={catalog.category.get(item.categoryId)?.color}
      {...press}
    >
      <span className={styles['name']}>{item.name}</span>
      {picture !== undefined && <ItemPicture pictureId={picture.pictureId} />}
      <span className={styles['foot']}>
        <span className={styles['price']} data-level={level !== null}>
          {!isOpenItem(cell) && formatMoney(priceMinor, currencyOf(catalog))}
        </span>
        {offWord(isAvailable, isNow, stock) ?? <Left stock={stock} />}
      </span>
    </AriaButton>
  )
})

/** Its price is typed: nothing would be a lie. */
const isOpenItem = (cell: MenuCell): boolean => cell.kind === 'item' && cell.item.open !== undefined

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
