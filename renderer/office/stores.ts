import { businessDayOf } from '../../domain/business-day.ts'
import { storesPage, type StoreLine } from '../../protocol/office/overview.ts'
import { STORES_PATH } from '../../protocol/office/paths.ts'
import { MAX_PAGE } from '../../protocol/limits.ts'
import { allOf, useAnswer, type Shown } from './answers.ts'
import { storeWords, type StoreWords } from './format.ts'
import type { AllPages } from './pages.ts'

const STORES_EVERY_MS = 5 * 60_000
const ALL_STORES = allOf({
  path: STORES_PATH,
  query: { limit: String(MAX_PAGE) },
  schema: storesPage,
})

/** The stores that one may see. */
export const useStores = (): Shown<AllPages<StoreLine>> => useAnswer(ALL_STORES, STORES_EVERY_MS)

export const wordsOf = (store: Pick<StoreLine, 'currency' | 'time_zone'>): StoreWords =>
  storeWords(store.currency, store.time_zone)

/** The store's business day at this moment: a page stays open past midnight. */
export function businessDayAt(store: StoreLine, nowMs: number): string {
  const [hours = 0, minutes = 0] = store.day_starts_at.split(':').map(Number)
  return businessDayOf(nowMs, store.time_zone, hours * 60 + minutes)
}
