import type { OverviewLine } from '../../../protocol/office/overview.ts'
import type { Money } from '../../../protocol/rest/values.ts'
import { formatMoney } from '../../ui/format.ts'

/** Something in this store does not come right by itself. */
export const needsAttention = (line: Pick<OverviewLine, 'open_conflicts' | 'devices'>): boolean =>
  line.open_conflicts > 0 || line.devices.behind > 0

/** A sum in each currency: what stores earn in different ones is never added up. */
export function sumOf<Row>(rows: readonly Row[], amountOf: (row: Row) => Money): string[] {
  const sums = new Map<string, number>()
  for (const row of rows) {
    const { amount, currency } = amountOf(row)
    sums.set(currency, (sums.get(currency) ?? 0) + amount)
  }
  return [...sums].map(([currency, minor]) => formatMoney(minor, currency))
}
