import { expect } from 'vitest'
import { costOf, sum, type Bill, type Payment } from './bill.ts'
import { TAXES } from './card.ts'
import { usd } from './cents.ts'
import type { Drawer } from './drawer.ts'
import { openMore, type Till } from './till.ts'

/** The Z report as somebody reads it on the screen, and what the pads of the day come to. */

/** Each block by its title: its rows, each as the texts in it. */
export type ShownZ = Readonly<Record<string, readonly (readonly string[])[]>>

export async function readZ(till: Till): Promise<ShownZ> {
  const sheet = await openMore(till, 'Reports')
  await sheet.getByText(/as it stands$/).waitFor()
  await sheet.getByRole('img', { name: 'Sales by hour' }).waitFor()
  return sheet.evaluate((shown) => {
    const textsIn = (row: Element, cells: string) =>
      [...row.querySelectorAll(cells)].map((cell) => (cell.textContent ?? '').trim())
    const figures = [...shown.querySelectorAll('dl > div')].map((row) => textsIn(row, 'dt, dd'))
    const blocks = [...shown.querySelectorAll('section[aria-label]')].map((block) => {
      const rows = [...block.querySelectorAll('tr')].map((row) => textsIn(row, 'th, td'))
      return [block.getAttribute('aria-label'), rows]
    })
    return Object.fromEntries([['Figures', figures], ...blocks])
  })
}

/** What the day comes to, in cents. */
export type Sums = ReturnType<typeof sumsOf>

export function sumsOf(bills: readonly Bill[], drawers: readonly Drawer[]) {
  const own = bills.filter(({ isMerged }) => !isMerged)
  const sold = own.filter(({ isCancelled }) => !isCancelled)
  const costs = sold.map(costOf)
  const payments = own.flatMap((bill) => bill.payments)
  const lines = bills.flatMap((bill) => bill.lines)
  const comped = sold.flatMap((bill) => bill.lines).filter(({ fate }) => fate === 'comp')
  const total = sum(costs.map((cost) => cost.total))
  return {
    orders: sold.length,
    gross: sum(costs.map(({ gross }) => gross)),
    service: sum(costs.map(({ service }) => service)),
    taxes: Object.entries(TAXES).map(([name, rate]) => ({
      name,
      on: sum(costs.map(({ taxes }) => taxes.get(rate)?.on ?? 0)),
      tax: sum(costs.map(({ taxes }) => taxes.get(rate)?.tax ?? 0)),
    })),
    total,
    tips: sum(costs.map(({ tips }) => tips)),
    average: Math.round(total / sold.length),
    discounts: sum(costs.map((cost) => cost.discount)),
    voids: lines.filter(({ fate }) => fate === 'void').length,
    comps: comped.length,
    comped: sum(comped.map(({ each, quantity }) => each * quantity)),
    refunds: payments.filter(({ back }) => back > 0).length,
    refunded: sum(payments.map(({ back }) => back)),
    cancelled: own.length - sold.length,
    cancelledTotal: sum(own.filter(({ isCancelled }) => isCancelled).map((b) => costOf(b).total)),
    payments: (['Card', 'Cash', 'Paid online'] as const).map((how) => taken(payments, how)),
    channels: (['Dine-in', 'Takeout', 'Delivery', 'Online'] as const).map((channel) => {
      const there = sold.filter((bill) => bill.channel === channel)
      return { channel, count: there.length, total: sum(there.map((bill) => costOf(bill).total)) }
    }),
    drawers: drawers.map(({ till, counted }) => ({
      till,
      over: counted - expectedIn(drawers, till, payments),
    })),
  }
}

const taken = (payments: readonly Payment[], how: Payment['how']) => {
  const own = payments.filter((payment) => payment.how === how)
  return {
    how,
    count: own.length,
    net: sum(own.map(({ amount, tip, back }) => amount + tip - back)),
  }
}

/** What should lie in a till's drawer in the end. */
export function expectedIn(
  drawers: readonly Drawer[],
  till: string,
  payments: readonly Payment[],
): number {
  const { float, moved } = drawers.find((drawer) => drawer.till === till)!
  const cash = payments.filter(({ how }) => how === 'Cash')
  const came = cash.filter(({ at }) => at === till).map(({ amount, tip }) => amount + tip)
  const went = cash.filter(({ backAt }) => backAt === till).map(({ back }) => back)
  return float + moved + sum(came) - sum(went)
}

/** Every figure on the screen is the pads' one, to the cent. */
export function expectZ(shown: ShownZ, sums: Sums): void {
  const { Drawers: drawers = [], ...blocks } = shown
  expect(blocks).toMatchObject({
    Figures: [
      ['Total', usd(sums.total), `${sums.orders} orders`],
      ['Paid', usd(sums.total), `of it tips ${usd(sums.tips)}`],
      ['Still due', '$0.00', '0 orders open'],
      ['An order', usd(sums.average), 'on average'],
    ],
    Sales: [
      ['Before discounts', '', usd(sums.gross)],
      ['Discounts', '', usd(-sums.discounts)],
      ['After discounts', '', usd(sums.gross - sums.discounts)],
      ['Service charge', '', usd(sums.service)],
      ...sums.taxes.map(({ name, on, tax }) => [`${name}, on ${usd(on)}`, '', usd(tax)]),
      ['Tips', '', usd(sums.tips)],
      ['Total', '', usd(sums.total)],
    ],
    Payments: sums.payments.map(({ how, count, net }) => [how, String(count), usd(net)]),
    Channels: sums.channels.map(({ channel, count, total }) => [
      channel,
      String(count),
      usd(total),
    ]),
    'Against the ordinary': [
      ['Discounts', '', usd(-sums.discounts)],
      ['Refunds', String(sums.refunds), usd(-sums.refunded)],
      ['Voided items', String(sums.voids), ''],
      ['Comped items', String(sums.comps), usd(-sums.comped)],
      ['Cancelled orders', String(sums.cancelled), usd(sums.cancelledTotal)],
    ],
  })
  const results = drawers.map(([name, result]) => [name?.split(',')[0], result])
  expect(Object.fromEntries(results)).toEqual(
    Object.fromEntries(sums.drawers.map(({ till, over }) => [till, resultOf(over)])),
  )
}

/** The strip of paper says the same, without signs and commas. */
export function expectPaperZ(lines: readonly string[], sums: Sums): void {
  const tax = sum(sums.taxes.map((one) => one.tax))
  const bare = (cents: number): string => usd(cents).replaceAll(/[$,]/g, '')
  const rows = lines.map((line) => line.replaceAll(/\s+/g, ' '))
  for (const row of [
    `Gross ${bare(sums.gross)}`,
    `Discounts ${bare(-sums.discounts)}`,
    `Service charge ${bare(sums.service)}`,
    `Tax added ${bare(tax)}`,
    `Tips ${bare(sums.tips)}`,
    `Total (${sums.orders}) ${bare(sums.total)}`,
    `Refunds (${sums.refunds}) ${bare(-sums.refunded)}`,
    `Comped items (${sums.comps}) ${bare(sums.comped)}`,
    ...sums.drawers.map(({ over }) => `Over or short ${bare(over)}`),
  ]) {
    expect(rows).toContain(row)
  }
}

function resultOf(over: number): string {
  if (over === 0) return 'right'
  return over > 0 ? `${usd(over)} too much` : `${usd(-over)} short`
}

/** The sums again and again, each time with another one of them wrong by one. */
export function eachOneOff(sums: Sums): Sums[] {
  const wrong = <T>(value: T): T[] => {
    if (typeof value === 'number') return [(value + 1) as T]
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, part]) =>
      wrong(part).map((other) =>
        Array.isArray(value) ? (value.with(Number(key), other) as T) : { ...value, [key]: other },
      ),
    )
  }
  return wrong(sums)
}
