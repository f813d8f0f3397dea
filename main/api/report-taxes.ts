import { computeTotals, type TaxRounding, type TaxSum } from '../../domain/money.ts'

/** A line as the tables hold it, with what its order says of tax and discount. */
export interface TaxedLine {
  readonly orderId: string
  readonly discountMinor: number
  readonly orderTaxMinor: number
  readonly grossMinor: number
  readonly taxRateId: string
  readonly taxRatePpm: number
  /** 0 or 1. */
  readonly taxIncluded: number
}

/**
 * Tax per rate over many orders. The tables hold each order's tax as one sum, so it is taken apart
 * by the rules that made it. How an order was rounded is not in the tables: it is the way that comes
 * to the order's own sum, the store's present one first.
 */
export function sumTaxRates(lines: readonly TaxedLine[], rounding: TaxRounding): TaxSum[] {
  const sums = new Map<string, TaxSum>()
  for (const order of Map.groupBy(lines, (line) => line.orderId).values()) {
    for (const tax of taxesOf(order, rounding)) {
      const key = `${tax.taxRateId}|${tax.ratePpm}|${tax.included}`
      const before = sums.get(key)
      sums.set(key, {
        ...tax,
        baseMinor: (before?.baseMinor ?? 0) + tax.baseMinor,
        taxMinor: (before?.taxMinor ?? 0) + tax.taxMinor,
      })
    }
  }
  return [...sums.values()].toSorted((a, b) =>
    a.taxRateId === b.taxRateId ? a.ratePpm - b.ratePpm : a.taxRateId < b.taxRateId ? -1 : 1,
  )
}

function taxesOf(lines: readonly TaxedLine[], preferred: TaxRounding): readonly TaxSum[] {
  const other: TaxRounding = preferred === 'line' ? 'order' : 'line'
  const [first, second] = [preferred, other].map((taxRounding) =>
    computeTotals({
      lines: lines.map((line) => ({ ...line, taxIncluded: line.taxIncluded === 1 })),
      discount: { kind: 'amount', amountMinor: lines[0]?.discountMinor ?? 0 },
      serviceCharge: null,
      taxRounding,
      vouchersMinor: 0,
      tipMinor: 0,
      paidMinor: 0,
    }),
  )
  const isSecond = second?.taxMinor === lines[0]?.orderTaxMinor
  return (first?.taxMinor !== lines[0]?.orderTaxMinor && isSecond ? second : first)?.taxes ?? []
}
