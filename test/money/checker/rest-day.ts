import {
  heldOf,
  lineValue,
  liveLines,
  sumsOf,
  type Account,
  type Sums,
  type TaxPart,
} from './account.ts'
import { sum } from './fraction.ts'
import type { Menu } from './story.ts'

/** What the report of a day has to say of these orders, in REST's words (rule M5). */

const STATUSES = ['pending', 'confirmed', 'preparing', 'ready', 'cancelled', 'completed'] as const
const CHANNELS = ['dine_in', 'takeout', 'delivery', 'online'] as const

interface Order {
  readonly account: Account
  readonly sums: Sums
}

export function expectedDay(accounts: readonly Account[], menu: Menu, day: string) {
  const money = (amount: bigint) => ({ amount: Number(amount), currency: menu.currency })
  const orders = accounts.map((account): Order => ({ account, sums: sumsOf(account, menu) }))
  const of = (some: readonly Order[], pick: (sums: Sums) => bigint) =>
    money(sum(some.map(({ sums }) => pick(sums))))
  const counted = (some: readonly Order[]) => ({
    count: some.length,
    total: of(some, ({ total }) => total),
  })
  const sold = orders.filter(({ account }) => account.status !== 'cancelled')
  const cancelled = orders.filter(({ account }) => account.status === 'cancelled')
  const open = sold.filter(({ account }) => account.status !== 'completed')
  const payments = accounts.flatMap((account) => account.payments)
  const methods = [...new Set(payments.map(({ method }) => method))].toSorted()
  return {
    business_day: day,
    currency: menu.currency,
    orders_by_status: STATUSES.map((status) => ({
      status,
      ...counted(orders.filter(({ account }) => account.status === status)),
    })),
    sales: {
      ...counted(sold),
      gross: of(sold, ({ subtotal }) => subtotal),
      discounts: of(sold, ({ discount }) => discount),
      service_charge: of(sold, ({ serviceCharge }) => serviceCharge),
      tax: of(sold, ({ tax }) => tax),
      tax_added: of(sold, ({ taxAdded }) => taxAdded),
      vouchers: of(sold, ({ vouchers }) => vouchers),
      tips: of(sold, ({ tip }) => tip),
      paid: of(sold, ({ paid }) => paid),
      due: of(sold, ({ due }) => due),
    },
    taxes: taxesOf(sold).map(({ id, ppm, included, base, tax }) => ({
      tax_rate_id: id,
      rate_ppm: Number(ppm),
      included,
      base: money(base),
      tax: money(tax),
    })),
    by_channel: CHANNELS.map((channel) => ({
      order_type: channel,
      ...counted(sold.filter(({ account }) => account.channel === channel)),
    })),
    payments: methods.map((method) => {
      const these = payments.filter((payment) => payment.method === method)
      const [amount, tips, refunded] = (['amount', 'tip', 'refunded'] as const).map((part) =>
        sum(these.map((payment) => payment[part])),
      ) as [bigint, bigint, bigint]
      return {
        method,
        count: these.length,
        amount: money(amount),
        tips: money(tips),
        refunded: money(refunded),
        net: money(amount + tips - refunded),
      }
    }),
    refunds: {
      count: payments.filter(({ refunded }) => refunded > 0n).length,
      total: money(sum(payments.map(({ refunded }) => refunded))),
    },
    voids: {
      count: accounts.flatMap(({ lines, name }) => lines.filter((l) => l.isVoided && l.at === name))
        .length,
    },
    comps: compsOf(sold, money),
    cancelled: {
      ...counted(cancelled),
      paid: money(sum(cancelled.map(({ account }) => heldOf(account)))),
    },
    open_orders: { count: open.length, due: of(open, ({ due }) => due) },
  }
}

function compsOf(orders: readonly Order[], money: (amount: bigint) => unknown) {
  const comped = orders.flatMap(({ account }) => liveLines(account).filter((l) => l.isComped))
  return { count: comped.length, total: money(sum(comped.map(lineValue))) }
}

function taxesOf(orders: readonly Order[]): TaxPart[] {
  const parts: TaxPart[] = []
  for (const tax of orders.flatMap(({ sums }) => sums.taxes)) {
    const known = parts.find(
      ({ id, ppm, included }) => id === tax.id && ppm === tax.ppm && included === tax.included,
    )
    if (known === undefined) parts.push({ ...tax })
    else {
      known.base += tax.base
      known.tax += tax.tax
    }
  }
  return parts.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : Number(a.ppm - b.ppm)))
}
