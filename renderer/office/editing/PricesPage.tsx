import { CHANNELS } from '../../../domain/channels.ts'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { CHANNEL_NAMES } from '../../ui/words.ts'
import { formatPpm } from '../format.ts'
import { number, written, type Part } from './columns.tsx'
import { EditedParts } from './EditedParts.tsx'

const PARTS: Readonly<Record<string, Part>> = {
  levels: {
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
  channels: {
    kind: 'channel_tax',
    name: 'Taxes by channel',
    columns: (of) =>
      CHANNELS.map((channel) =>
        written('channel_tax', channel, CHANNEL_NAMES[channel], of, { none: 'the same' }),
      ),
  },
}

/** For how much, when and with which tax. */
export const PricesPage = ({ store }: { readonly store: StoreLine }) => (
  <EditedParts store={store} path="prices" title="Prices and times" parts={PARTS} />
)
