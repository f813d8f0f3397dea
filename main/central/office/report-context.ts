import type { Database } from '../../../db/postgres/database.ts'
import { readStores } from '../../../db/postgres/office/read-stores.ts'
import { allowForReports, type StoreRange } from '../../../db/postgres/office/range.ts'
import { findStore, type StoreInfo } from '../../../db/postgres/office/stores.ts'
import type { Sql } from '../../../db/postgres/rows.ts'
import { businessDayOf } from '../../../domain/business-day.ts'
import { toPgText } from '../../../domain/nul-free-text.ts'
import { assert } from '../../../domain/result.ts'
import { moneyOf } from '../../../protocol/rest/values.ts'
import {
  actorNames,
  NO_NAMES,
  type NameOfActor,
  type ReportContext,
} from '../../reports/report-context.ts'
import { postgresSource } from './postgres-source.ts'
import type { OfficeSession } from '../../../db/postgres/office/sessions.ts'

export interface ReportDeps {
  readonly database: Pick<Database, 'sql'>
  readonly now: () => Date
}

/** Of the centre: with a transaction that sees one moment. */
export interface CentralReport extends ReportContext {
  readonly trx: Sql
  readonly range: StoreRange
}

interface AskedRange {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The business day that a sale in the store at this moment belongs to. */
export const businessDayAt = (store: StoreInfo, at: Date): string =>
  businessDayOf(at.getTime(), store.timeZone, store.dayStartsAtMinutes)

/** The store is known to be there: the door has looked. A report that takes too long is given up. */
export const withReport = <T>(
  { database, now }: ReportDeps,
  storeId: string,
  { from, to }: AskedRange,
  read: (context: CentralReport) => Promise<T>,
): Promise<T> =>
  readStores(database, [storeId], async (trx) => {
    await allowForReports(trx)
    const store = await findStore(trx, storeId)
    assert(store !== null, 'the store of a report is there')
    const today = businessDayAt(store, now())
    const range = { storeId: toPgText(storeId), from: from ?? today, to: to ?? today }
    const source = postgresSource(trx, range, store)
    return read({ trx, source, store, range, price: (minor) => moneyOf(minor, store.currency) })
  })

/** Accountants see no names of people, and no words of theirs. */
export const seesPeople = ({ role }: OfficeSession): boolean => role !== 'viewer'

export const namesFor = async (
  context: ReportContext,
  session: OfficeSession,
): Promise<NameOfActor> => (seesPeople(session) ? actorNames(context) : NO_NAMES)
