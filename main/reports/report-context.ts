import type { FoundExceptions, ExceptionKind, OrderKey } from '../../db/report-exceptions.ts'
import type {
  KeyedOrderSums,
  LineSums,
  OrderSums,
  PaymentSums,
} from '../../db/postgres/office/sales.ts'
import type { PreparationTimes } from '../../db/postgres/office/preparation.ts'
import type { TaxSums } from '../../db/postgres/office/taxes.ts'
import type { StoreInfo } from '../../db/postgres/office/stores.ts'
import type { RecordKind, RecordValue } from '../../domain/catalog.ts'
import type { Money } from '../../protocol/rest/values.ts'

/**
 * What a report is made from: the store, the business days, and what the tables say of them. A device
 * asks its SQLite, the centre PostgreSQL; all that is written here and beside it is the same for both,
 * so that a till and the back office cannot say different things of the same orders.
 */
export interface ReportContext {
  readonly source: ReportSource
  readonly store: StoreInfo
  readonly range: BusinessDays
  readonly price: (minor: number) => Money
}

/** Both ends belong to it. */
export interface BusinessDays {
  readonly from: string
  readonly to: string
}

type MaybePromise<T> = T | Promise<T>

export interface ReportSource {
  readonly totals: () => MaybePromise<OrderSums>
  readonly salesBy: (by: 'day' | 'channel' | 'staff') => MaybePromise<readonly KeyedOrderSums[]>
  /** The key is `00` to `23`. */
  readonly salesByHour: () => MaybePromise<readonly KeyedOrderSums[]>
  readonly salesByItem: () => MaybePromise<readonly LineSums[]>
  /** What has left the menu has the key ''. */
  readonly salesByCategory: (
    categoryOf: ReadonlyMap<string, string>,
  ) => MaybePromise<readonly LineSums[]>
  readonly paymentsByMethod: () => MaybePromise<readonly PaymentSums[]>
  readonly taxesByDay: () => MaybePromise<readonly TaxSums[]>
  /** `lateAfter`: the stations and the seconds after which each calls a ticket late. */
  readonly preparationTimes: (
    lateAfter: ReadonlyMap<string, number>,
  ) => MaybePromise<readonly PreparationTimes[]>
  readonly exceptions: (wish: ExceptionsWish) => MaybePromise<FoundExceptions>
  /** The store's records of one kind as they are now. */
  readonly records: <K extends RecordKind>(
    kind: K,
  ) => MaybePromise<ReadonlyMap<string, RecordValue<K>>>
  /** People of the back office, as far as this holder of the log knows them. */
  readonly officeUsers: () => MaybePromise<ReadonlyMap<string, string>>
}

export interface ExceptionsWish {
  readonly kind: ExceptionKind | undefined
  readonly after: OrderKey | null
  readonly limit: number
}

/** The head of an answer: what the question left open is said. */
export const rangeToRest = ({ store, range }: ReportContext) => ({
  store_id: store.storeId,
  from: range.from,
  to: range.to,
  currency: store.currency,
  time_zone: store.timeZone,
})

export type NameOfActor = (actor: string) => string | null

/** For those who see no names of people. */
export const NO_NAMES: NameOfActor = () => null

/** The names of the staff and of the back office. */
export async function actorNames({ source }: ReportContext): Promise<NameOfActor> {
  const staff = await source.records('staff')
  const users = await source.officeUsers()
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
