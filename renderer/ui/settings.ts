import type { Catalog, StoreSettings } from '../../domain/catalog.ts'

/** The store's one record of settings; absent only until the first catalog has come. */
export const settingsOf = (catalog: Catalog): StoreSettings | undefined =>
  catalog.store.values().next().value

export const currencyOf = (catalog: Catalog): string => settingsOf(catalog)?.currency ?? 'USD'
