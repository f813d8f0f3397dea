import { lineTotal, liveLines, sumsOf, type Account, type Payment } from './account.ts'
import type { Menu } from './story.ts'

/** What REST has to say of the money of an order, in REST's own words. */

export interface Money {
  readonly amount: number
  readonly currency: string
}

export function expectedOrder(account: Account, menu: Menu) {
  const money = (amount: bigint): Money => ({ amount: Number(amount), currency: menu.currency })
  const sums = sumsOf(account, menu)
  const items = liveLines(account)
  const removed = account.lines.filter(({ isVoided, at }) => isVoided && at === account.name)
  return {
    status: account.status,
    items: items.map((line) => ({
      quantity: Number(line.quantity),
      unit_price: money(line.price),
      line_total: money(lineTotal(line)),
    })),
    removed_items: removed.length,
    subtotal: money(sums.subtotal),
    discount: money(sums.discount),
    service_charge: money(sums.serviceCharge),
    tax: money(sums.tax),
    tax_added: money(sums.taxAdded),
    taxes: sums.taxes.map(({ id, ppm, included, base, tax }) => ({
      tax_rate_id: id,
      rate_ppm: Number(ppm),
      included,
      base: money(base),
      tax: money(tax),
    })),
    vouchers: account.vouchers.filter((amount) => amount !== null).map((amount) => money(amount)),
    tip: money(sums.tip),
    total: money(sums.total),
    paid: money(sums.paid),
    due: money(sums.due),
    payments: account.payments.map((payment) => expectedPayment(payment, money)),
  }
}

const expectedPayment = (payment: Payment, money: (amount: bigint) => Money) => ({
  method: payment.method,
  amount: money(payment.amount),
  tip: money(payment.tip),
  tendered: money(payment.tendered),
  change: money(payment.change),
  refunded: money(payment.refunded),
})
