import { useState } from 'react'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { menuItem, menuItemPage, type RestMenuItem } from '../../../protocol/rest/menu.ts'
import { Button } from '../../ui/Button.tsx'
import { countOf } from '../../ui/format.ts'
import { newId } from '../../ui/new-id.ts'
import { allOf, useAnswer } from '../answers.ts'
import { useClient } from '../client-context.ts'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { FormMessage, type FormState } from '../parts/FormMessage.tsx'
import { Page, Section } from '../parts/Page.tsx'
import styles from './Editing.module.css'
import { useRecordsOf } from './records.ts'

const ITEMS = '/api/v1/menu/items'

/** What the tills do not sell just now (86). Unlike what is edited, it counts as soon as it is said. */
export function SoldOutPage({ store }: { readonly store: StoreLine }) {
  const storeId = store.store_id
  const client = useClient()
  const categories = useRecordsOf(storeId, 'category') ?? []
  const shown = useAnswer(
    allOf({ path: ITEMS, query: { limit: String(MAX_PAGE) }, storeId, schema: menuItemPage }),
  )
  const [busyId, setBusyId] = useState<string | null>(null)
  const [said, setSaid] = useState<FormState>(null)
  const items = shown.value?.data ?? []
  const soldOut = items.filter(({ available }) => !available).length

  async function say({ id, name, available }: RestMenuItem): Promise<void> {
    setBusyId(id)
    const outcome = await client.call({
      method: 'PUT',
      path: `${ITEMS}/${encodeURIComponent(id)}/availability`,
      storeId,
      body: { available: !available },
      idempotencyKey: newId(),
      schema: menuItem,
    })
    setBusyId(null)
    setSaid(
      outcome.ok
        ? { tone: 'good', text: `${name}: ${available ? 'sold out' : 'on sale again'}.` }
        : { tone: 'bad', text: outcome.failure.detail },
    )
    shown.reload()
  }

  return (
    <Page
      title="Sold out"
      about="Counts at once on every till that hears the centre or another device, without a draft"
      from={shown}
    >
      <Section
        title="Items"
        about={soldOut === 0 ? 'All are on sale' : `${countOf(soldOut, 'is', 'are')} sold out`}
      >
        <div className={styles['said']}>
          <FormMessage state={said} />
        </div>
        <DataTable
          caption="Items, sold out ones first"
          columns={columnsOf(categories, busyId, say)}
          rows={items}
          keyOf={({ id }) => id}
          filterLabel="Find"
          sortBy={{ id: 'state', desc: true }}
          toneOf={({ available }) => (available ? undefined : 'warn')}
          none="The menu is empty."
        />
      </Section>
    </Page>
  )
}

const columnsOf = (
  categories: readonly { readonly id: string; readonly value: { readonly name: string } }[],
  busyId: string | null,
  say: (item: RestMenuItem) => Promise<void>,
): readonly Column<RestMenuItem>[] => [
  { id: 'name', header: 'Name', isHeading: true, value: ({ name }) => name },
  {
    id: 'category',
    header: 'Category',
    value: (item) => categories.find(({ id }) => id === item.category_id)?.value.name ?? '–',
  },
  {
    id: 'state',
    header: 'At the tills',
    value: ({ available }) => (available ? 'On sale' : 'Sold out'),
    show: ({ available }) =>
      available ? 'On sale' : <span className={styles['state']}>Sold out</span>,
  },
  {
    id: 'say',
    header: 'Change',
    isSortable: false,
    value: () => null,
    show: (item) => (
      <Button
        isDisabled={busyId !== null}
        label={`${item.name}: ${item.available ? 'mark as sold out' : 'put back on sale'}`}
        onPress={() => void say(item)}
      >
        {item.available ? 'Mark sold out' : 'Put back on sale'}
      </Button>
    ),
  },
]
