import type { StoreLine } from '../../../protocol/office/overview.ts'
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
  details: {
    kind: 'item_details',
    name: 'Allergens and languages',
    columns: (of) => [
      written('item_details', 'allergens', 'Allergens', of, { none: 'None of them' }),
      {
        id: 'texts',
        header: 'Also in',
        value: ({ value }) =>
          (value['texts'] as readonly { readonly language: string }[])
            .map(({ language }) => language)
            .join(', '),
      },
    ],
  },
  courses: {
    kind: 'course',
    name: 'Courses',
    // As they are served: their names begin with their numbers.
    sortBy: { id: 'name', desc: false },
    columns: (of) => [written('course', 'category_ids', 'Comes with it', of)],
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

/** What the store sells, what guests want to know of it, and what of it is sold out. */
export const MenuPage = ({ store }: { readonly store: StoreLine }) => (
  <EditedParts
    store={store}
    path="menu"
    title="Menu"
    parts={PARTS}
    others={[{ path: 'sold-out', name: 'Sold out', page: <SoldOutPage store={store} /> }]}
  />
)
