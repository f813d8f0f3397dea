import { byAmounts, lineShares } from './checks.ts'
import { allocate } from './money.ts'
import { isLive, type OrderView } from './order-view.ts'
import type { PaidFor } from './payments.ts'
import type { Split } from './split-schema.ts'

/**
 * How the guests of an order share its bill. It is said once and stands on every device; each check is
 * then paid on its own. The split itself moves no money: taking it back leaves every payment where it
 * is, and what is due as it was.
 */

/** What one guest pays. */
export interface Check {
  /** Counted from 1. */
  readonly part: number
  readonly of: number
  /** Of a split by seats; null: the whole table's, or of another split. */
  readonly seat: number | null
  /** Of a split by seats or items; null: it is a sum alone. */
  readonly lineIds: readonly string[] | null
  readonly amountMinor: number
  readonly paidMinor: number
  /** Below 0: more was paid than its share is by now. */
  readonly dueMinor: number
  /** What a payment of it says that it is for. */
  readonly paidFor: PaidFor
  /** Those that were taken for it, also what was given back since. */
  readonly paymentIds: readonly string[]
}

export type Splittable = Pick<OrderView, 'lines' | 'totals' | 'payments' | 'split'>

/**
 * The checks of an order, none where it is not split, or nothing is left to share. Σ due of them is what is due of the order: what
 * was paid for none of them is taken off all of them, by their shares.
 */
export function checksOf(order: Splittable): Check[] {
  const { split } = order
  if (split === null) return []
  const shares = sharesOf(order, split)
  const of = shares.length
  // Whoever has all of it has the bill: the guests of the other seats have gone to another table, say.
  if (of < 2) return []
  const paid = shares.map(() => 0)
  const paymentIds = shares.map((): string[] => [])
  for (const payment of order.payments) {
    const place = placeOf(payment.paidFor, shares)
    if (place === null) continue
    paid[place] = (paid[place] ?? 0) + countedMinor(payment)
    paymentIds[place]?.push(payment.id)
  }
  const paidMinor = paid.reduce((sum, minor) => sum + minor, 0)
  const toShare = Math.max(0, order.totals.dueMinor + paidMinor)
  const amounts =
    split.kind === 'amounts'
      ? filled(byAmounts(toShare, split.amountsMinor), of)
      : allocate(
          toShare,
          shares.map(({ weight }) => weight),
        )
  return shares.flatMap(({ seat, lineIds: ids }, place): Check[] => {
    const amountMinor = amounts[place] ?? 0
    const own = paid[place] ?? 0
    // Nobody pays for nothing.
    if (ids?.length === 0 && amountMinor === 0 && own === 0) return []
    const part = place + 1
    const paidFor: PaidFor =
      ids !== null && ids.length > 0
        ? { kind: 'items', lineIds: [...ids] }
        : { kind: 'part', part, of }
    const sums = { amountMinor, paidMinor: own, dueMinor: amountMinor - own }
    return [{ part, of, seat, lineIds: ids, ...sums, paidFor, paymentIds: paymentIds[place] ?? [] }]
  })
}

/** What can be taken for a check now: never more than is due of the order. */
export const payableMinor = ({ totals }: Pick<OrderView, 'totals'>, check: Check): number =>
  Math.max(0, Math.min(check.dueMinor, totals.dueMinor))

interface Share {
  readonly seat: number | null
  readonly lineIds: readonly string[] | null
  readonly weight: number
}

function sharesOf(order: Splittable, split: Split): Share[] {
  switch (split.kind) {
    case 'equal':
      return Array.from({ length: split.parts }, () => ({ seat: null, lineIds: null, weight: 1 }))
    case 'amounts':
      return Array.from({ length: split.amountsMinor.length + 1 }, () => ({
        seat: null,
        lineIds: null,
        weight: 1,
      }))
    case 'seats': {
      const seats = [...new Set(order.lines.filter(isLive).map(({ seat }) => seat ?? 0))]
      const taken = seats.filter((seat) => seat > 0).toSorted((a, b) => a - b)
      return byLines(
        order,
        taken.map((seat) => ({ seat, has: (line) => line.seat === seat })),
      )
    }
    case 'items':
      return byLines(
        order,
        split.groups.map((group) => ({ seat: null, has: ({ id }) => group.includes(id) })),
      )
  }
}

interface Group {
  readonly seat: number | null
  readonly has: (line: OrderView['lines'][number]) => boolean
}

/** Each line is in the first group that has it, else in the last share, with the vouchers. */
function byLines(order: Splittable, groups: readonly Group[]): Share[] {
  const costs = lineShares(order)
  const ids: string[][] = [...groups, null].map(() => [])
  for (const line of order.lines.filter(isLive)) {
    const found = groups.findIndex((group) => group.has(line))
    ids[found < 0 ? groups.length : found]?.push(line.id)
  }
  const costOf = (of: readonly string[]) => of.reduce((sum, id) => sum + (costs.get(id) ?? 0), 0)
  return ids.map((own, place) => ({
    seat: groups[place]?.seat ?? null,
    lineIds: own,
    weight: costOf(own) + (place === groups.length ? order.totals.vouchersMinor : 0),
  }))
}

/** For which of the shares a payment was; null: for none of them. */
function placeOf(paidFor: PaidFor | null, shares: readonly Share[]): number | null {
  if (paidFor?.kind === 'part') {
    return paidFor.of === shares.length && paidFor.part <= shares.length ? paidFor.part - 1 : null
  }
  if (paidFor?.kind !== 'items') return null
  const place = shares.findIndex(({ lineIds: own }) =>
    paidFor.lineIds.some((id) => own?.includes(id) === true),
  )
  return place < 0 ? null : place
}

/** Of a payment what still counts towards the bill. */
const countedMinor = (payment: OrderView['payments'][number]): number =>
  Math.max(0, payment.amountMinor - (payment.refundedMinor - payment.forgivenMinor))

const filled = (amounts: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, place) => amounts[place] ?? 0)
