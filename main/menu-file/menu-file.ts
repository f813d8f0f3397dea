import { STORE_RECORD_ID, type Catalog } from '../../domain/catalog.ts'
import type { Result } from '../../domain/result.ts'
import type { MenuRecord } from './catalog-record.ts'
import { currencyDigits } from './decimal-price.ts'
import { exportMenuCsv } from './export-csv.ts'
import { exportMenuJson } from './export-json.ts'
import type { MenuFault } from './menu-fault.ts'
import { parseMenuCsv } from './parse-csv.ts'
import { parseMenuJson } from './parse-json.ts'
import { readMenuText } from './read-text.ts'

export type MenuFormat = 'json' | 'csv'

/** By the file's name; `null`: neither `.json` nor `.csv`. */
export function menuFormatOf(fileName: string): MenuFormat | null {
  const ending = /\.(json|csv)$/i.exec(fileName)?.[1]?.toLowerCase()
  return ending === 'json' || ending === 'csv' ? ending : null
}

/** Reads a menu file's bytes: every record to be written, or every fault found and no record. */
export function parseMenuFile(
  bytes: Uint8Array,
  format: MenuFormat,
  existing: Catalog,
): Result<readonly MenuRecord[], readonly MenuFault[]> {
  const text = readMenuText(bytes)
  if (!text.ok) return text
  return format === 'json'
    ? parseMenuJson(text.value, existing)
    : parseMenuCsv(text.value, existing, digitsOf(existing))
}

export const exportMenuFile = (catalog: Catalog, format: MenuFormat): string =>
  format === 'json' ? exportMenuJson(catalog) : exportMenuCsv(catalog, digitsOf(catalog))

const digitsOf = (catalog: Catalog): number =>
  currencyDigits(catalog.store.get(STORE_RECORD_ID)?.currency ?? 'USD')
