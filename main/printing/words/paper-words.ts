import type { Preparation } from '../../../domain/preparations.ts'
import type { PaymentMethod } from '../../../domain/payments.ts'
import type { Channel } from '../../../domain/catalog.ts'
import type { OrderStatus } from '../../../domain/order-status.ts'
import type { ReportNames } from '../../report-names.ts'

/**
 * What stands on receipts and kitchen slips, in one language. A text that is missing in one of them
 * does not compile. The words of the trade are those of the screens (docs/languages.md).
 */
export interface PaperWords {
  readonly channels: Readonly<Record<Channel, string>>
  readonly methods: Readonly<Record<PaymentMethod, string>>
  readonly table: (table: string) => string
  readonly wantedFor: string
  readonly printed: (time: string) => string
  readonly cancelled: string
  readonly receipt: string
  readonly notPaid: string
  readonly duplicate: string
  readonly onTheHouse: string
  /** How a modifier is wanted; to the kitchen it is said loud. */
  readonly prepared: Readonly<Record<Preparation, (name: string) => string>>
  readonly loudly: Readonly<Record<Preparation, (name: string) => string>>
  readonly subtotal: string
  readonly discount: string
  readonly serviceCharge: string
  readonly tax: (name: string) => string
  readonly voucher: (hint: string) => string
  readonly tip: string
  readonly total: string
  /** Of a tax that the prices contain, and of which sum it is. */
  readonly contains: (name: string) => string
  readonly of: (amount: string) => string
  readonly withTip: (method: string) => string
  readonly received: string
  readonly change: string
  readonly refund: (method: string) => string
  readonly authorisation: (code: string) => string
  readonly notConfirmed: string
  readonly reference: (number: string) => string
  readonly stillToPay: string
  readonly paidTooMuch: string
  /** What one guest pays. */
  readonly check: (part: number, of: number) => string
  readonly seat: (seat: number) => string
  readonly share: (part: number, of: number) => string
  readonly rounding: string
  /** The part of a check in what was paid for nobody by name. */
  readonly paidForAll: string
  readonly sent: (time: string) => string
  readonly note: (note: string) => string
  /** Of a course that the store has not named. */
  readonly course: (course: number) => string
  readonly fallback: string
  readonly void: string
  readonly addOn: string
  readonly fallbackAbout: string
  readonly maybePrinted: string
  readonly report: ReportWords
}

/** Of the X and the Z report. */
export interface ReportWords extends Omit<ReportNames, 'channel' | 'method' | 'status'> {
  readonly titles: Readonly<Record<'x' | 'z', string>>
  readonly businessDay: (day: string) => string
  readonly amountsIn: (currency: string) => string
  readonly statuses: Readonly<Record<OrderStatus, string>>
  readonly drawerOf: (device: string, time: string) => string
  readonly notCounted: string
  readonly float: string
  readonly cashSales: string
  readonly cashRefunds: string
  readonly paidIn: string
  readonly paidOut: string
  readonly dropped: string
  readonly expected: string
  readonly counted: string
  readonly overShort: string
}

/** The names of a report's lines, for people. */
export const reportNamesIn = ({ report, channels, methods }: PaperWords): ReportNames => ({
  ...report,
  channel: (channel) => channels[channel],
  method: (method) => (Object.hasOwn(methods, method) ? methods[method as PaymentMethod] : method),
  status: (status) => report.statuses[status],
})
