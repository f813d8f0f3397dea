import { allocate, taxOn } from './money.ts'
import { isLive, type LineView, type OrderView } from './order-view.ts'

/** Who pays how much of an order: shares that add up to the whole, to the cent. Pure. */

/** What is due in equal parts; the first ones are a cent larger where it does not come out even. */
export const equalParts = (dueMinor: number, parts: number): number[] =>
  allocate(
    dueMinor,
    Array.from({ length: parts }, () => 1),
  )

/** The amounts as far as they are due, and what is left, if anything, as the last one. */
export function byAmounts(dueMinor: number, amounts: readonly number[]): number[] {
  const taken: number[] = []
  let left = dueMinor
  for (const wanted of amounts) {
    const amount = Math.min(Math.max(0, wanted), left)
    taken.push(amount)
    left -= amount
  }
  return left > 0 ? [...taken, left] : taken
}

type Priced = Pick<OrderView, 'lines' | 'totals'>

/**
 * What each line comes to with its part of discount, service charge and tax, without tips. Rounded
 * for the sum of all to be what the order comes to.
 */
export function lineShares({ lines, totals }: Priced): ReadonlyMap<string, number> {
  const live = lines.filter(isLive)
  const gross = live.map((line) => line.totalMinor)
  const discounts = allocate(totals.discountMinor, gross)
  const nets = gross.map((minor, place) => minor - (discounts[place] ?? 0))
  const service = allocate(totals.serviceChargeMinor, nets)
  const costs = live.map((line, place) => {
    const net = nets[place] ?? 0
    return net + (service[place] ?? 0) + addedTax(line, net)
  })
  const shares = allocate(totals.totalMinor - totals.tipMinor - totals.vouchersMinor, costs)
  return new Map(live.map((line, place) => [line.id, shares[place] ?? 0]))
}

const addedTax = ({ taxIncluded, taxRatePpm }: LineView, net: number): number =>
  taxIncluded ? 0 : taxOn(net, taxRatePpm, false)

/** One share for each group of lines; what is in no group is the last share, where there is any. */
export function byItems(order: Priced, groups: readonly (readonly string[])[]): number[] {
  const shares = lineShares(order)
  const sumOf = (lineIds: readonly string[]) =>
    lineIds.reduce((sum, lineId) => sum + (shares.get(lineId) ?? 0), 0)
  const named = new Set(groups.flat())
  const rest = [...shares.keys()].filter((lineId) => !named.has(lineId))
  const sums = groups.map(sumOf)
  return rest.length > 0 ? [...sums, sumOf(rest)] : sums
}

/** Lines that somebody has paid for by name. */
export const paidLineIds = ({ payments }: Pick<OrderView, 'payments'>): ReadonlySet<string> =>
  new Set(
    payments
      .filter((payment) => payment.amountMinor + payment.tipMinor > payment.refundedMinor)
      .flatMap(({ paidFor }) => (paidFor?.kind === 'items' ? paidFor.lineIds : [])),
  )

/** What these lines come to now: all that nobody has paid yet come to all that is due. */
export function itemsDueMinor(
  order: Priced & Pick<OrderView, 'payments'>,
  lineIds: readonly string[],
): number {
  const paid = paidLineIds(order)
  const shares = lineShares(order)
  const unpaid = [...shares.keys()].filter((lineId) => !paid.has(lineId))
  const { dueMinor } = order.totals
  if (unpaid.every((lineId) => lineIds.includes(lineId))) return Math.max(0, dueMinor)
  const sum = lineIds.reduce((total, lineId) => total + (shares.get(lineId) ?? 0), 0)
  return Math.min(sum, Math.max(0, dueMinor))
}
