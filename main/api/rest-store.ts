import type {
  ConflictPosition,
  ConflictState,
  HeldBackNumber,
} from '../../db/sqlite/conflict-queries.ts'
import type { Alert } from '../../domain/alerts.ts'
import type { Catalog, RecordValue, Role } from '../../domain/catalog.ts'
import type { OpenCommand, Stamped } from '../../domain/commands.ts'
import type { Customer } from '../../domain/customer.ts'
import type { RecordEvent } from '../../domain/events.ts'
import type { JournalLine } from '../../domain/journal.ts'
import type { Stock } from '../../domain/inventory.ts'
import type { Entry, EntryPosition, Frontier } from '../../domain/log.ts'
import type { Language, NoticeChannel } from '../../domain/notices.ts'
import type { OrderFilter, OrderPosition } from '../../domain/order-filter.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { RecordVersion } from '../../domain/record-versions.ts'
import type { Rejection } from '../../domain/rejections.ts'
import type { Result } from '../../domain/result.ts'
import type { RevocationRefusal } from '../../domain/roster.ts'
import type { FoundEntry } from '../../protocol/look-up.ts'
import type { LateEntries } from '../../protocol/screens.ts'
import type { StockWish } from '../inventory/stock-lines.ts'
import type { CustomerReader } from '../personal-data/customers.ts'
import type { ReportContext } from '../reports/report-context.ts'
import type { ErasureReach } from '../personal-data/erasure-reach.ts'
import type { Contact, CustomerErased } from '../personal-data/guest-book.ts'
import type { KnownCustomer } from '../personal-data/known-customer.ts'
import type { OrderList } from './order-list.ts'
import type { DayReport } from './report-day.ts'

/**
 * What the REST routes ask of a store. A device has it beside them and answers at once; the centre
 * has every store's in PostgreSQL and takes its time. So each answer may be a promise, and what has
 * to be decided on the newest state is decided within the store, not between two calls.
 */
export interface RestStore {
  /** The member that answers: this device, or the centre. Null: the centre belongs to none here. */
  readonly deviceId: () => MaybePromise<string | null>
  readonly catalog: () => MaybePromise<Catalog>
  /** All that is held of the records, dates that have not come among it. */
  readonly recordVersions: () => MaybePromise<readonly RecordVersion[]>
  /** The bytes of one, by its name; null: there is none of it here. */
  readonly picture: (id: string) => MaybePromise<RecordValue<'picture'> | null>
  /** Of all that are here, the one that was written first in front. */
  readonly pictureIds: () => MaybePromise<readonly string[]>
  /** Null: it is not here. */
  readonly order: (orderId: string) => MaybePromise<OrderView | null>
  /** Also where it has left this device. Null: it is nowhere. */
  readonly lookUp: (orderId: string) => MaybePromise<Result<OrderView | null, OlderMissing>>
  /** The same with what it was folded from. */
  readonly lookUpWhole: (orderId: string) => MaybePromise<Result<WholeOrder | null, OlderMissing>>
  readonly orders: (orderIds: readonly string[]) => MaybePromise<readonly OrderView[]>
  readonly openOrders: () => MaybePromise<readonly OrderView[]>
  /** A page, newest first. */
  readonly listOrders: (
    wish: OrderWish,
    after: OrderPosition | null,
    limit: number,
  ) => MaybePromise<OrderList>
  /**
   * See `Store.execute`; a guest's data is sealed on the way. This and all that writes throws where
   * the store cannot be written at all, with a problem (see `problemError`) where it is the centre.
   */
  readonly execute: (
    stamped: Stamped<OpenCommand>,
    expectedVersion?: number,
  ) => MaybePromise<Result<OrderView, Rejection>>
  /** Writes what `decide` makes of the newest records as one entry, once for each id of a command. */
  readonly changeRecords: <E>(
    stamp: Stamp,
    decide: DecideRecords<E>,
  ) => MaybePromise<Result<null, E>>
  /** As it is stored of a person. */
  readonly hashPin: (pin: string) => MaybePromise<string>
  /** What is in stock of each thing; null: nobody follows it. */
  readonly stock: () => MaybePromise<(subject: string) => Stock | null>
  /** Once for each id of a command. */
  readonly writeStock: (stamp: Stamp, wish: StockWish) => MaybePromise<void>
  /** Reads guests' data, as far as this member has the keys. */
  readonly customers: () => MaybePromise<CustomerReader>
  /** Those whose phone or e-mail it is. */
  readonly findCustomers: (contact: Contact) => MaybePromise<readonly KnownCustomer[]>
  readonly customer: (customerId: string) => MaybePromise<KnownCustomer | null>
  readonly writeCustomer: (
    stamp: Stamp,
    customerId: string,
    wish: CustomerWish,
  ) => MaybePromise<Result<KnownCustomer, CustomerErased>>
  /** False: nothing is known of one with this id. */
  readonly eraseCustomer: (stamp: Stamp, customerId: string) => MaybePromise<boolean>
  /** Of every customer whose phone or e-mail it is. */
  readonly setNotices: (
    stamp: Stamp,
    contact: Contact,
    wishes: Partial<Record<NoticeChannel, boolean>>,
  ) => MaybePromise<void>
  /** The newest lines about messages to guests: a claim and an end for each, at most. */
  readonly noticeLines: (count: number) => MaybePromise<readonly JournalLine[]>
  /** What somebody has to look at, as far as this member knows. */
  readonly alerts: () => MaybePromise<readonly Alert[]>
  /** Once: who comes second is told who was first. */
  readonly acknowledgeAlert: (
    stamp: Stamp,
    alertId: string,
    role: Role,
  ) => MaybePromise<Result<Alert, 'no_alert'>>
  /** All lines about the shifts that were begun in a stretch of time. */
  readonly shiftLines: (from: string, to: string) => MaybePromise<readonly JournalLine[]>
  /** Which members have destroyed the keys, as far as it is known here. */
  readonly erasedOn: (customerId: string) => MaybePromise<readonly ErasureReach[]>
  readonly ordersOfCustomer: (
    customerId: string,
    count: number,
  ) => MaybePromise<readonly OrderView[]>
  readonly conflicts: (
    state: ConflictState,
    after: ConflictPosition | null,
    limit: number,
  ) => MaybePromise<readonly ConflictPosition[]>
  readonly heldBack: (limit: number) => MaybePromise<readonly HeldBackNumber[]>
  readonly dayReport: (day: string) => MaybePromise<Result<DayReport, OlderMissing>>
  /** What `read` makes of some business days; both absent: of the one now. */
  readonly report: <T>(
    range: AskedDays,
    read: (context: ReportContext) => Promise<T>,
  ) => Promise<Result<T, OlderMissing>>
  readonly removeDevice: (
    stamp: Stamp,
    deviceId: string,
  ) => MaybePromise<Result<null, RevocationRefusal>>
  readonly lateEntries: () => MaybePromise<readonly LateEntries[]>
  readonly acceptLateEntries: (
    stamp: Stamp,
    upTo: { readonly origin: string; readonly upTo: number },
  ) => MaybePromise<Result<null, 'no_late_entries'>>
  /** Entries of all logs, newest first, after a position. */
  readonly newestEntries: (
    after: EntryPosition | null,
    limit: number,
  ) => MaybePromise<readonly Entry[]>
  /** The id of a command in the log that begins so. */
  readonly commandIdWith: (prefix: string) => MaybePromise<string | null>
  /** See `ApiDeps`. */
  readonly orderTimeoutMs?: number
  /** Where a guest follows the order. Absent on a device, which no guest can reach. */
  readonly trackingUrl?: (orderId: string) => string
}

export interface AskedDays {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** A customer whole, as somebody wants him to be. */
export interface CustomerWish {
  readonly customer: Customer
  readonly language?: Language
  readonly notices: Partial<Record<NoticeChannel, boolean>>
}

/** What is here is answered at once; what has to be asked for elsewhere takes its time. */
export type MaybePromise<T> = T | Promise<T>

/** Who, when and under which id, without what. */
export type Stamp = Omit<Stamped<never>, 'command'>

export type DecideRecords<E> = (
  catalog: Catalog,
  frontier: Frontier,
  versions: readonly RecordVersion[],
) => Result<readonly RecordEvent[], E>

/** As a caller asks for orders: `q` is what somebody typed. */
export interface OrderWish extends Omit<OrderFilter, 'q'> {
  readonly q?: string
}

export interface WholeOrder {
  readonly order: OrderView
  readonly entries: readonly FoundEntry[]
}

/** Orders from before this moment are where nobody can be asked for them now. */
export interface OlderMissing {
  readonly missingBefore: string
}
