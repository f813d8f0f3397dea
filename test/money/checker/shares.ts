import { liveLines, lineTotal, sumsOf, taxOn, type Account } from './account.ts'
import { shared, sum } from './fraction.ts'
import type { Menu } from './story.ts'

/** Who pays how much, by rule M5: in equal parts, and by the lines. */

export const equalParts = (due: bigint, parts: number): bigint[] =>
  shared(
    due,
    Array.from({ length: parts }, () => 1n),
  )

/** Of each line that stands, in order: its part of all that the order comes to, tips aside. */
export function lineParts(account: Account, menu: Menu): bigint[] {
  const lines = liveLines(account)
  const { discount, serviceCharge, total, tip, vouchers } = sumsOf(account, menu)
  const gross = lines.map(lineTotal)
  const off = shared(discount, gross)
  const nets = gross.map((amount, place) => amount - off[place]!)
  const service = shared(serviceCharge, nets)
  const costs = lines.map(({ tax }, place) => {
    const net = nets[place]!
    return sum([net, service[place]!, tax.included ? 0n : taxOn(net, tax)])
  })
  return lines.length === 0 ? [] : shared(total - tip - vouchers, costs)
}
