import type { OrderEvent } from './events.ts'
import type { JournalEvent, JournalLine } from './journal.ts'
import type { OrderView } from './order-view.ts'

/**
 * Gift vouchers. One is known by a hash of its code and is money that the store owes: selling it is no
 * revenue, and paying with it is a payment like any other. What happened to it stands in the journal and
 * not in orders alone, for closed orders leave a device and a voucher lasts for ever. Pure.
 */
export interface VoucherAccount {
  readonly id: string
  /** The last letters of its code, for people. */
  readonly hint: string
  readonly currency: string
  /** Where it was sold: until that is paid, it is worth nothing. */
  readonly soldOn: string
  readonly soldAt: string
  readonly issuedMinor: number
  readonly spentMinor: number
  /** Refunds of what it paid go back to it. */
  readonly returnedMinor: number
  /** Below zero: two tills apart have both taken it, or its sale was cancelled after it was spent. */
  readonly balanceMinor: number
}

/** The lines about one voucher, in any order; null where its sale is not among them. */
export function readVoucher(lines: readonly JournalLine[]): VoucherAccount | null {
  const issued = lines.find((line) => line.kind === 'voucher_issued')
  if (!issued) return null
  const sum = (kind: JournalLine['kind']): number =>
    lines.reduce(
      (total, line) =>
        line.kind === kind && 'amountMinor' in line.value ? total + line.value.amountMinor : total,
      0,
    )
  const issuedMinor = issued.value.amountMinor - sum('voucher_withdrawn')
  const spentMinor = sum('voucher_spent')
  const returnedMinor = sum('voucher_returned')
  return {
    id: issued.about,
    hint: issued.value.hint,
    currency: issued.value.currency,
    soldOn: issued.value.orderId,
    soldAt: issued.at,
    issuedMinor,
    spentMinor,
    returnedMinor,
    balanceMinor: issuedMinor - spentMinor + returnedMinor + sum('voucher_settled'),
  }
}

/** What a person is shown of it: how much was put on it, or taken off it. */
export interface VoucherLine {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly kind: VoucherLineKind
  /** Below zero: it is worth so much less since. */
  readonly changeMinor: number
}

const SIGNS = {
  voucher_issued: 1,
  voucher_spent: -1,
  voucher_returned: 1,
  voucher_withdrawn: -1,
  voucher_settled: 1,
} as const satisfies Partial<Record<JournalLine['kind'], 1 | -1>>
export type VoucherLineKind = keyof typeof SIGNS

/** The lines about one voucher, in their order: together they come to its balance. */
export const voucherHistory = (lines: readonly JournalLine[]): VoucherLine[] =>
  lines.flatMap(({ id, at, actor, kind, value }): VoucherLine[] =>
    isOfVoucher(kind) && 'amountMinor' in value
      ? [{ id, at, actor, kind, changeMinor: SIGNS[kind] * value.amountMinor }]
      : [],
  )

const isOfVoucher = (kind: JournalLine['kind']): kind is VoucherLineKind => kind in SIGNS

/** What the store owes its guests, and what they owe it. Withdrawn and empty ones are worth nothing. */
export interface VoucherDebt {
  readonly openCount: number
  readonly openMinor: number
  readonly overdrawn: readonly VoucherAccount[]
  readonly overdrawnMinor: number
}

export function voucherDebt(accounts: readonly VoucherAccount[]): VoucherDebt {
  const open = accounts.filter(({ balanceMinor }) => balanceMinor > 0)
  const overdrawn = accounts.filter(({ balanceMinor }) => balanceMinor < 0)
  const total = (some: readonly VoucherAccount[]): number =>
    some.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0)
  return {
    openCount: open.length,
    openMinor: total(open),
    overdrawn,
    overdrawnMinor: -total(overdrawn) || 0,
  }
}

/**
 * What the events of one command on an order say about vouchers: lines for the journal, in an entry of
 * their own, written by whoever wrote those. `order`: as it was before them.
 */
export function voucherLines(order: OrderView, events: readonly OrderEvent[]): JournalEvent[] {
  const orderId = order.id
  return events.flatMap((event): JournalEvent[] => {
    switch (event.type) {
      case 'order.voucher_sold': {
        const { voucherId, hint, amountMinor } = event
        const value = { orderId, amountMinor, currency: order.currency, hint }
        return [written('voucher_issued', voucherId, voucherId, value)]
      }
      case 'order.voucher_withdrawn':
        return withdrawals(order, [event.voucherId])
      case 'order.cancelled':
        return withdrawals(
          order,
          order.vouchers.filter((v) => !v.withdrawn).map(({ id }) => id),
        )
      case 'order.payment_taken': {
        const { voucherId, paymentId, amountMinor, tipMinor } = event
        if (voucherId === undefined) return []
        return [
          written('voucher_spent', paymentId, voucherId, {
            orderId,
            amountMinor: amountMinor + tipMinor,
          }),
        ]
      }
      case 'order.payment_refunded': {
        const payment = order.payments.find(({ id }) => id === event.paymentId)
        if (!payment?.voucherId) return []
        const { amountMinor, refundId } = event
        return [written('voucher_returned', refundId, payment.voucherId, { orderId, amountMinor })]
      }
      default:
        return []
    }
  })
}

const withdrawals = (order: OrderView, voucherIds: readonly string[]): JournalEvent[] =>
  order.vouchers
    .filter(({ id }) => voucherIds.includes(id))
    .map(({ id, amountMinor }) =>
      written('voucher_withdrawn', id, id, { orderId: order.id, amountMinor }),
    )

const written = <K extends JournalEvent['kind']>(
  kind: K,
  id: string,
  about: string,
  value: Extract<JournalEvent, { kind: K }>['value'],
): JournalEvent => ({ type: 'journal.written', kind, id, about, value }) as JournalEvent
