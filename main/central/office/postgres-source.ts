import { findExceptions } from '../../../db/postgres/office/exceptions.ts'
import { readRecords, readUserNames } from '../../../db/postgres/office/names.ts'
import { preparationTimes } from '../../../db/postgres/office/preparation.ts'
import type { StoreRange } from '../../../db/postgres/office/range.ts'
import {
  paymentsByMethod,
  salesBy,
  salesByCategory,
  salesByHour,
  salesByItem,
  salesTotals,
} from '../../../db/postgres/office/sales.ts'
import type { StoreInfo } from '../../../db/postgres/office/stores.ts'
import { taxesByDay } from '../../../db/postgres/office/taxes.ts'
import type { Sql } from '../../../db/postgres/rows.ts'
import { fromPgText, toPgText } from '../../../domain/nul-free-text.ts'
import type { ReportSource } from '../../reports/report-context.ts'

/** The reports of a store at the centre: the sums are PostgreSQL's, the texts as people wrote them. */
export function postgresSource(trx: Sql, range: StoreRange, store: StoreInfo): ReportSource {
  return {
    totals: () => salesTotals(trx, range),
    salesBy: async (by) => (await salesBy(trx, range, by)).map(keyRead),
    salesByHour: () => salesByHour(trx, range, store.timeZone),
    salesByItem: async () => (await salesByItem(trx, range)).map(nameRead),
    salesByCategory: async (categoryOf) => {
      const stored = new Map([...categoryOf].map(([id, of]) => [toPgText(id), toPgText(of)]))
      return (await salesByCategory(trx, range, stored)).map(nameRead)
    },
    paymentsByMethod: async () => (await paymentsByMethod(trx, range)).map(keyRead),
    taxesByDay: async () =>
      (await taxesByDay(trx, range, store.taxRounding)).map((tax) => ({
        ...tax,
        tax_rate_id: fromPgText(tax.tax_rate_id),
      })),
    preparationTimes: async (lateAfter) => {
      const stored = new Map([...lateAfter].map(([id, seconds]) => [toPgText(id), seconds]))
      const rows = await preparationTimes(trx, range, store.timeZone, stored)
      return rows.map((row) => ({
        ...row,
        station_id: row.station_id === null ? null : fromPgText(row.station_id),
      }))
    },
    exceptions: (wish) => findExceptions(trx, range, wish),
    records: (kind) => readRecords(trx, range.storeId, kind),
    officeUsers: () => readUserNames(trx),
  }
}

const keyRead = <T extends { readonly key: string }>(row: T): T => ({
  ...row,
  key: fromPgText(row.key),
})

const nameRead = <T extends { readonly key: string; readonly name: string }>(row: T): T => ({
  ...keyRead(row),
  name: fromPgText(row.name),
})
