import type { OrderCommand } from './commands.ts'
import type { Catalog } from './catalog.ts'
import type { OrderEvent } from './events.ts'
import type { OrderState } from './evolve.ts'
import type { StockOf } from './inventory.ts'
import { possibleFrom, type OrderStatus } from './order-status.ts'
import type { OrderView } from './order-view.ts'
import type { PromisedOrder } from './pacing.ts'
import type { CardTerminal } from './payments.ts'
import type { Rejection } from './rejections.ts'
import { refuse, type Result } from './result.ts'
import type { VoucherAccount } from './vouchers.ts'

/** What a decision may read beside the order itself. */
export interface DecideContext {
  readonly catalog: Catalog
  /** The states of the orders whose lines were moved to this one. */
  readonly lenders: readonly OrderState[]
  /** Another order, to which lines are to be moved. */
  readonly orderById: (orderId: string) => OrderView | null
  /** What is known here of one of the store's gift vouchers. */
  readonly voucherById: (voucherId: string) => VoucherAccount | null
  /** The number that a new order would get, and the day it would belong to. */
  readonly orderNumber: string
  readonly businessDay: string
  /** When the command was given, by the wall clock: prices and hours are for people. */
  readonly atMs: number
  readonly stock: StockOf
  /** What is promised to guests for the day from a moment on. */
  readonly promisedFrom: (fromMs: number) => readonly PromisedOrder[]
  readonly maxItemsPerOrder: number
  /** Paying in full, or sending, confirms an order without another tap. */
  readonly autoConfirm: boolean
  /** Absent: here is none. */
  readonly cardTerminal?: CardTerminal
}

export type Decision = Result<readonly OrderEvent[], Rejection>

export function notFrom(status: OrderStatus, command: OrderCommand): Decision {
  const possible = possibleFrom(status)
  return refuse({ code: 'invalid_transition', command: command.type, status, possible })
}
