import type { StoreLine } from '../../../protocol/office/overview.ts'
import { formatMoney } from '../../ui/format.ts'
import { formatPpm, formatSpan } from '../format.ts'
import type { Column } from '../parts/DataTable.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { useRoute } from '../route.ts'
import { milliText } from './decimals.ts'
import { COLORS, minorOf } from './fields.ts'
import { useDraft, type Drafted } from './drafts.ts'
import { RecordEditor } from './RecordEditor.tsx'
import type { FormKind, Records } from './records.ts'
import { SoldOutPage } from './SoldOutPage.tsx'

interface MenuPart {
  readonly kind: FormKind
  readonly name: string
  readonly columns: (records: Records, currency: string) => readonly Column<Drafted>[]
}

const text = (id: string, header: string, isMinor = false): Column<Drafted> => ({
  id,
  header,
  isMinor,
  value: ({ value }) => value[id] as string | number | null,
})

const number = (id: string, header: string): Column<Drafted> => ({
  ...text(id, header),
  isNumber: true,
})

const named = (
  id: string,
  header: string,
  rows: readonly { readonly id: string; readonly value: { readonly name: string } }[],
  isMinor = false,
): Column<Drafted> => {
  const names = new Map(rows.map((row) => [row.id, row.value.name]))
  return {
    id,
    header,
    isMinor,
    value: ({ value }) => names.get(value[id] as string) ?? '–',
  }
}

const span = (id: string, header: string): Column<Drafted> => ({
  ...number(id, header),
  show: ({ value }) => formatSpan(value[id] as number),
})

const PARTS: Readonly<Record<string, MenuPart>> = {
  items: {
    kind: 'menu_item',
    name: 'Items',
    columns: (records, currency) => [
      named('category_id', 'Category', records.category),
      {
        id: 'price',
        header: 'Price',
        isNumber: true,
        value: ({ value }) => minorOf(value['price']),
        show: ({ value }) => formatMoney(minorOf(value['price']), currency),
      },
      named('tax_rate_id', 'Tax', records.tax_rate, true),
      named('station_id', 'Made at', records.station),
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
  ingredients: {
    kind: 'ingredient',
    name: 'Ingredients',
    columns: () => [
      text('unit', 'Unit'),
      {
        ...number('par_milli', 'Par level'),
        show: ({ value }) =>
          value['par_milli'] === null ? '–' : milliText(value['par_milli'] as number),
      },
      number('position', 'Position'),
    ],
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

const SOLD_OUT = 'sold-out'

/** What the store sells, of what it is made, and what of it is sold out. */
export function MenuPage({ store }: { readonly store: StoreLine }) {
  const { path } = useRoute()
  const draft = useDraft(store.store_id)
  const key = path[1] !== undefined && path[1] in PARTS ? path[1] : 'items'
  const part = PARTS[key]
  if (part === undefined) throw new Error(`the menu has no part ${key}`)
  const isSoldOut = path[1] === SOLD_OUT
  const to = (one: string) => ({ storeId: store.store_id, path: ['menu', one] })
  return (
    <>
      <Tabs
        label="Menu"
        tabs={[
          ...Object.entries(PARTS).map(([one, { name, kind }]) => {
            const count = Object.values(draft).filter((change) => change.kind === kind).length
            const isHere = !isSoldOut && one === key
            return { name, isHere, to: to(one), ...(count > 0 && { count }) }
          }),
          { name: 'Sold out', isHere: isSoldOut, to: to(SOLD_OUT) },
        ]}
      />
      {isSoldOut ? (
        <SoldOutPage store={store} />
      ) : (
        <RecordEditor
          key={key}
          store={store}
          kind={part.kind}
          title={part.name}
          about="Menu"
          columns={part.columns}
        />
      )}
    </>
  )
}
