import type { StoreLine } from '../../../protocol/office/overview.ts'
import { milliText } from './decimals.ts'
import { number, text, written, type Part } from './columns.tsx'
import { EditedParts } from './EditedParts.tsx'
import { SingleRecord } from './SingleRecord.tsx'

const PARTS: Readonly<Record<string, Part>> = {
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
  recipes: {
    kind: 'item_recipe',
    name: 'Recipes',
    columns: (of) => [written('item_recipe', 'uses', 'Made of', of, { none: 'No recipe' })],
  },
  modifiers: {
    kind: 'modifier_recipe',
    name: 'Recipes of modifiers',
    columns: (of) => [written('modifier_recipe', 'modifiers', 'Used', of, { none: 'No recipe' })],
  },
}

/** What is kept in stock, and what is used up by selling. */
export const StockPage = ({ store }: { readonly store: StoreLine }) => (
  <EditedParts
    store={store}
    path="stock"
    title="Stock"
    parts={PARTS}
    others={[
      {
        path: 'rule',
        name: 'When it runs out',
        kind: 'inventory_settings',
        page: (
          <SingleRecord
            key="rule"
            store={store}
            kind="inventory_settings"
            title="When stock runs out"
            about="Stock"
            ifNone={{ sold_out_by: 'nothing' }}
          />
        ),
      },
    ]}
  />
)
