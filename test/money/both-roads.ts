import { equalParts as productParts, lineShares } from '../../domain/checks.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { reportOf } from '../../main/api/whole-day-report.ts'
import { reportToRest } from '../../main/report-format.ts'
import { orderToRest } from '../../protocol/rest/order-json.ts'
import { createRandom } from '../simulation/random.ts'
import { sumsOf, type Account } from './checker/account.ts'
import { expectedDay } from './checker/rest-day.ts'
import { expectedOrder } from './checker/rest-order.ts'
import { equalParts, lineParts } from './checker/shares.ts'
import type { Menu } from './checker/story.ts'
import { makeMenu, makeStory } from './make-story.ts'
import { catalogOf, DAY, tell } from './product.ts'

/** A day of orders by both roads, and every place where they come to something else. */

export interface Day {
  readonly faults: readonly string[]
  /** What happened how often: a day without refunds shows nothing about them. */
  readonly counts: ReadonlyMap<string, number>
}

/** `told`: the catalog as the product gets to know it, where that is not the menu. */
export async function compareDay(
  seed: number,
  orders: number,
  told = (catalog: Catalog): Catalog => catalog,
): Promise<Day> {
  const random = createRandom(seed)
  const menu = makeMenu(random)
  const catalog = told(catalogOf(menu))
  const counts = new Map<string, number>()
  const count = (what: string): unknown => counts.set(what, (counts.get(what) ?? 0) + 1)
  const faults: string[] = []
  const accounts: Account[] = []
  const views: OrderView[] = []
  count(`${menu.currency}, tax by ${menu.taxRounding}`)
  for (let n = 0; n < orders; n += 1) {
    const { story, account, verdicts } = makeStory(random, menu)
    const id = `order-${String(n).padStart(6, '0')}`
    const told = tell(story, catalog, id)
    const { beside } = account
    accounts.push(account, ...(beside === null ? [] : [beside]))
    views.push(told.order, ...(told.beside === null ? [] : [told.beside]))
    count(`order ${account.status}`)
    story.steps.forEach((step, place) => {
      const by = step.do === 'pay' ? ` by ${step.method}` : ''
      count(`${step.do}: ${verdicts[place]}`)
      if (by !== '') count(`${step.do}${by}: ${verdicts[place]}`)
    })
    const shares = expectedShares(account, menu)
    const apart = differences(
      {
        ...{ verdicts, order: expectedOrder(account, menu), shares },
        beside: beside && expectedOrder(beside, menu),
      },
      {
        ...{ verdicts: told.verdicts, order: moneyOf(told.order), shares: sharesOf(told.order) },
        beside: told.beside && moneyOf(told.beside),
      },
    )
    if (apart.length > 0) {
      faults.push(`seed ${seed}, order ${n}: ${apart.join(', ')}: ${JSON.stringify(story)}`)
    }
  }
  const found = reportToRest(await reportOf(views, catalog, DAY))
  const apart = differences(expectedDay(accounts, menu, DAY), found)
  if (apart.length > 0) faults.push(`seed ${seed}, its day: ${apart.join(', ')}`)
  return { faults, counts }
}

/** Each place where two plain values are not the same. */
export function differences(expected: unknown, found: unknown, path = ''): string[] {
  if (!isKeyed(expected) || !isKeyed(found)) {
    return Object.is(expected, found) ? [] : [`${path} ${String(expected)} is ${String(found)}`]
  }
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((key) =>
    differences(expected[key], found[key], `${path}/${key}`),
  )
}

const isKeyed = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Of the order as REST gives it, all that is money. */
function moneyOf(view: OrderView) {
  const order = orderToRest({ ...view, customer: null })
  return {
    status: order.status,
    items: order.items.map(({ quantity, unit_price, line_total }) => ({
      quantity,
      unit_price,
      line_total,
    })),
    removed_items: order.removed_items.length,
    subtotal: order.subtotal,
    discount: order.discount,
    service_charge: order.service_charge,
    tax: order.tax,
    tax_added: order.tax_added,
    taxes: order.taxes,
    vouchers: order.vouchers.map(({ amount }) => amount),
    tip: order.tip,
    total: order.total,
    paid: order.paid,
    due: order.due,
    payments: order.payments.map(({ method, amount, tip, tendered, change, refunded }) => ({
      method,
      amount,
      tip,
      tendered,
      change,
      refunded,
    })),
  }
}

const PARTS = [2, 3, 7]

const sharesOf = (order: OrderView) => [
  ...PARTS.map((parts) => productParts(Math.max(0, order.totals.dueMinor), parts)),
  [...lineShares(order).values()],
]

function expectedShares(account: Account, menu: Menu) {
  const { due } = sumsOf(account, menu)
  const shares = PARTS.map((parts) => equalParts(due > 0n ? due : 0n, parts))
  return [...shares, lineParts(account, menu)].map((parts) => parts.map(Number))
}
