import type { Database } from '../../../db/postgres/database.ts'
import { readRecords, readUserNames } from '../../../db/postgres/office/names.ts'
import { readStores } from '../../../db/postgres/office/read-stores.ts'
import { allowForReports, type StoreRange } from '../../../db/postgres/office/range.ts'
import { findStore, type StoreInfo } from '../../../db/postgres/office/stores.ts'
import type { Sql } from '../../../db/postgres/rows.ts'
import { businessDayOf } from '../../../domain/business-day.ts'
import { toPgText } from '../../../domain/nul-free-text.ts'
import { assert } from '../../../domain/result.ts'
import { moneyOf, type Money } from '../../../protocol/rest/values.ts'
import type { OfficeSession } from '../../../db/postgres/office/sessions.ts'

export interface ReportDeps {
  readonly database: Pick<Database, 'sql'>
  readonly now: () => Date
}

/** What a report is made from: the store, the days, and a transaction that sees one moment. */
export interface ReportContext {
  readonly trx: Sql
  readonly store: StoreInfo
  readonly range: StoreRange
  readonly price: (minor: number) => Money
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
  read: (context: ReportContext) => Promise<T>,
): Promise<T> =>
  readStores(database, [storeId], async (trx) => {
    await allowForReports(trx)
    const store = await findStore(trx, storeId)
    assert(store !== null, 'the store of a report is there')
    const today = businessDayAt(store, now())
    const range = { storeId: toPgText(storeId), from: from ?? today, to: to ?? today }
    return read({ trx, store, range, price: (minor) => moneyOf(minor, store.currency) })
  })

/** The head of an answer: what the question left open is said. */
export const rangeToRest = ({ store, range }: ReportContext) => ({
  store_id: store.storeId,
  from: range.from,
  to: range.to,
  currency: store.currency,
  time_zone: store.timeZone,
})

/** Accountants see no names of people, and no words of theirs. */
export const seesPeople = ({ role }: OfficeSession): boolean => role !== 'viewer'

export type NameOfActor = (actor: string) => string | null

/** The names of the staff and of the back office, for those who see them. */
export async function actorNames(
  { trx, range }: ReportContext,
  session: OfficeSession,
): Promise<NameOfActor> {
  if (!seesPeople(session)) return () => null
  const staff = await readRecords(trx, range.storeId, 'staff')
  const users = await readUserNames(trx)
  return (actor) => {
    const kind = actor.slice(0, actor.indexOf(':'))
    const id = actor.slice(kind.length + 1)
    if (kind === 'staff') return staff.get(id)?.name ?? null
    return kind === 'office' ? (users.get(id) ?? null) : null
  }
}

/** The hours of a business day from its first one on: where `06` … `05` is the day, `06` comes first. */
export function byHourOfDay<T>(
  rows: readonly T[],
  hourOf: (row: T) => string,
  { dayStartsAtMinutes }: StoreInfo,
): T[] {
  const first = Math.floor(dayStartsAtMinutes / 60)
  const place = (row: T): number => (Number(hourOf(row)) - first + 24) % 24
  return rows.toSorted((a, b) => place(a) - place(b))
}
