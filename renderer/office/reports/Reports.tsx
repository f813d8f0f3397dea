import type { StoreLine } from '../../../protocol/office/overview.ts'
import { useNow } from '../../ui/use-now.ts'
import { readRange } from '../days.ts'
import { Tabs } from '../parts/Tabs.tsx'
import { useRoute } from '../route.ts'
import { businessDayAt } from '../stores.ts'
import { ExceptionsPage } from './ExceptionsPage.tsx'
import { PreparationPage } from './PreparationPage.tsx'
import { SalesPage } from './SalesPage.tsx'
import { TaxesPage } from './TaxesPage.tsx'

const REPORTS = {
  sales: { name: 'Sales', Report: SalesPage },
  preparation: { name: 'Preparation times', Report: PreparationPage },
  exceptions: { name: 'Voids, discounts, refunds', Report: ExceptionsPage },
  taxes: { name: 'Taxes and exports', Report: TaxesPage },
} as const

/** What a store sold, how fast, and what went against the ordinary course, over a range of days. */
export function Reports({ store }: { readonly store: StoreLine }) {
  const { path, query } = useRoute()
  const today = businessDayAt(store, useNow())
  const kind =
    path[1] !== undefined && path[1] in REPORTS ? (path[1] as keyof typeof REPORTS) : 'sales'
  const { Report } = REPORTS[kind]
  const { range, from, to } = query
  return (
    <>
      <Tabs
        label="Reports"
        tabs={Object.entries(REPORTS).map(([key, { name }]) => ({
          name,
          isHere: key === kind,
          // The range stays the same from one report to the next.
          to: { storeId: store.store_id, path: ['reports', key], query: { range, from, to } },
        }))}
      />
      <Report key={kind} store={store} {...readRange(query, today)} today={today} />
    </>
  )
}
