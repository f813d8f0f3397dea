import type { StoreLine } from '../../../protocol/office/overview.ts'
import { formatPpm } from '../format.ts'
import { number, price, span, written, type BesideProps, type Part } from './columns.tsx'
import { EditedParts } from './EditedParts.tsx'
import { COLORS } from './fields.ts'
import { ItemPictureEditor } from './ItemPictureEditor.tsx'
import { SoldOutPage } from './SoldOutPage.tsx'

const picture = (props: BesideProps) => <ItemPictureEditor {...props} />

const PARTS: Readonly<Record<string, Part>> = {
  items: {
    kind: 'menu_item',
    name: 'Items',
    beside: picture,
    columns: (of) => [
      written('menu_item', 'category_id', 'Category', of),
      price(of.words.currency),
      written('menu_item', 'tax_rate_id', 'Tax', of, { isMinor: true }),
      written('menu_item', 'station_id', 'Made at', of),
    ],
  },
  combos: {
    kind: 'combo',
    name: 'Combos',
    beside: picture,
    columns: (of) => [
      price(of.words.currency),
      written('combo', 'slots', 'Slots', of, { isMinor: true }),
      written('combo', 'category_id', 'Category', of),
    ],
  },
  groups: {
    kind: 'modifier_group',
    name: 'Modifiers',
    columns: () => [
      {
        id: 'modifiers',
        header: 'Modifiers',
        value: ({ value }) =>
          (value['modifiers'] as readonly { readonly name: string }[])
            .map(({ name }) => name)
            .join(', '),
      },
      {
        id: 'range',
        header: 'How many',
        value: ({ value }) => `${String(value['min'])} to ${String(value['max'])}`,
      },
    ],
  },
  categories: {
    kind: 'category',
    name: 'Categories',
    columns: () => [
      {
        id: 'color',
        header: 'Colour',
        value: ({ value }) => COLORS[value['color'] as string] ?? (value['color'] as string),
      },
      number('position', 'Position'),
    ],
  },
  prices: {
    kind: 'price_level',
    name: 'Price levels',
    columns: (of) => [
      written('price_level', 'windows', 'When', of, { none: 'At all times' }),
      written('price_level', 'channels', 'Only for', of, { isMinor: true, none: 'Every order' }),
      {
        id: 'prices',
        header: 'Prices',
        isNumber: true,
        value: ({ value }) =>
          (value['prices'] as readonly unknown[]).length +
          (value['categories'] as readonly unknown[]).length,
      },
    ],
  },
  hours: {
    kind: 'sale_times',
    name: 'Sale times',
    columns: (of) => [
      written('sale_times', 'windows', 'Sold', of),
      written('sale_times', 'category_ids', 'Categories', of),
      written('sale_times', 'menu_item_ids', 'Items', of, { isMinor: true }),
    ],
  },
  courses: {
    kind: 'course',
    name: 'Courses',
    columns: (of) => [written('course', 'category_ids', 'Comes with it', of)],
  },
  taxes: {
    kind: 'tax_rate',
    name: 'Taxes',
    columns: () => [
      {
        ...number('rate_ppm', 'Rate'),
        show: ({ value }) => formatPpm(value['rate_ppm'] as number),
      },
      {
        id: 'included',
        header: 'Prices',
        value: ({ value }) => (value['included'] === true ? 'contain it' : 'are without it'),
      },
    ],
  },
  stations: {
    kind: 'station',
    name: 'Stations',
    columns: () => [
      span('warn_after_seconds', 'Soon late after'),
      span('late_after_seconds', 'Late after'),
      number('position', 'Position'),
    ],
  },
}

/** What the store sells, for how much and when, and what of it is sold out. */
export const MenuPage = ({ store }: { readonly store: StoreLine }) => (
  <EditedParts
    store={store}
    path="menu"
    title="Menu"
    parts={PARTS}
    others={[{ path: 'sold-out', name: 'Sold out', page: <SoldOutPage store={store} /> }]}
  />
)
