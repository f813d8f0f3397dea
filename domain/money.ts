import { assert } from './result.ts'

/**
 * Money is an integer count of minor units (cents). Rates are integer parts per million, so 8.875 %
 * is 88 750 ppm. No floating point touches a price (rule M1).
 */

export type Ppm = number
const MILLION = 1_000_000

/** Largest amount the products below keep exact: 9 000 000 000 minor units at up to 100 %. */
export const MAX_MINOR = 9_000_000_000

/**
 * `amount × numerator / denominator`, rounded half away from zero ("commercial rounding", the rule
 * that tax offices of most countries ask for). Exact: the product is taken as a BigInt.
 */
export function scaleMinor(amount: number, numerator: number, denominator: number): number {
  assert(Number.isSafeInteger(amount), 'an amount is an integer of minor units')
  assert(denominator > 0, 'a denominator is positive')
  const small = amount * numerator * 2
  if (Number.isSafeInteger(small) && Number.isSafeInteger(denominator * 2)) {
    const doubled = Math.abs(small) + denominator
    const rounded = (doubled - (doubled % (denominator * 2))) / (denominator * 2)
    return amount < 0 ? -rounded || 0 : rounded
  }
  const product = BigInt(amount) * BigInt(numerator)
  const divisor = BigInt(denominator)
  const magnitude = product < 0n ? -product : product
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n)
  return Number(product < 0n ? -rounded : rounded)
}

/** The share of an amount at a rate, for percentages of any kind. */
export const applyRate = (amount: number, rate: Ppm): number => scaleMinor(amount, rate, MILLION)

/** Tax on a net amount (`included: false`), or the tax inside a gross one (`included: true`). */
export const taxOn = (amount: number, rate: Ppm, included: boolean): number =>
  included ? scaleMinor(amount, rate, MILLION + rate) : applyRate(amount, rate)

/**
 * Splits a total by weights without losing a minor unit: floors first, then one unit each to the
 * largest remainders, ties to the earlier one (the Hamilton method). All weights 0: equal parts.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return []
  const sum = weights.reduce((a, b) => a + b, 0)
  const effective = sum === 0 ? weights.map(() => 1) : weights
  const divisor = BigInt(sum === 0 ? weights.length : sum)
  const sign = total < 0 ? -1 : 1
  const magnitude = BigInt(Math.abs(total))
  const shares = effective.map((weight, position) => {
    assert(Number.isSafeInteger(weight) && weight >= 0, 'a weight is a non-negative integer')
    const product = magnitude * BigInt(weight)
    return { position, share: Number(product / divisor), remainder: product % divisor }
  })
  let left = Number(magnitude) - shares.reduce((a, s) => a + s.share, 0)
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.position - b.position : a.remainder > b.remainder ? -1 : 1,
  )
  for (const entry of byRemainder) {
    if (left === 0) break
    entry.share += 1
    left -= 1
  }
  return shares.map((s) => s.share * sign || 0)
}

/** Where tax is rounded: on each line, or once per rate over the whole order. */
export type TaxRounding = 'line' | 'order'

export type Discount =
  | { readonly kind: 'amount'; readonly amountMinor: number }
  | { readonly kind: 'percent'; readonly ratePpm: Ppm }

export interface PricedLine {
  /** Units × (price + modifiers), before discount. */
  readonly grossMinor: number
  readonly taxRateId: string
  readonly taxRatePpm: Ppm
  readonly taxIncluded: boolean
}

export interface TotalsInput {
  readonly lines: readonly PricedLine[]
  readonly discount: Discount | null
  /** Set by hand it is an amount as well; an order without any item has none. */
  readonly serviceCharge: Discount | null
  readonly taxRounding: TaxRounding
  /** Gift vouchers that are sold with it: paid for, and neither discounted nor taxed. */
  readonly vouchersMinor: number
  readonly tipMinor: number
  /** Payments with their tips, less refunds. */
  readonly paidMinor: number
}

export interface Totals {
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly serviceChargeMinor: number
  /** All tax, also what prices contain: for the receipt. */
  readonly taxMinor: number
  /** The part of the tax that comes on top of prices: for the sum. */
  readonly taxAddedMinor: number
  readonly vouchersMinor: number
  readonly tipMinor: number
  readonly totalMinor: number
  readonly paidMinor: number
  readonly dueMinor: number
  /** Per line, in the order given: its share of the discount. */
  readonly lineDiscounts: readonly number[]
  readonly taxes: readonly TaxSum[]
}

export interface TaxSum {
  readonly taxRateId: string
  readonly ratePpm: Ppm
  readonly included: boolean
  readonly baseMinor: number
  readonly taxMinor: number
}

/**
 * Rule M1: Σ lines − discount + service charge + tax not contained in prices + vouchers sold + tip = total
 * = paid + due. A discount is spread over the lines by value, so that each rate of tax is reduced by
 * its own part. The service charge is a share of the discounted lines, or an amount, and is not taxed.
 */
export function computeTotals(input: TotalsInput): Totals {
  const subtotalMinor = input.lines.reduce((sum, line) => sum + line.grossMinor, 0)
  const discountMinor = Math.min(subtotalMinor, discountOf(input.discount, subtotalMinor))
  const lineDiscounts = allocate(
    discountMinor,
    input.lines.map((line) => line.grossMinor),
  )
  const serviceChargeMinor = chargeOf(input, subtotalMinor - discountMinor)
  const taxes = sumTaxes(input, lineDiscounts)
  const taxMinor = taxes.reduce((sum, tax) => sum + tax.taxMinor, 0)
  const taxAddedMinor = taxes.reduce((sum, tax) => sum + (tax.included ? 0 : tax.taxMinor), 0)
  const totalMinor =
    subtotalMinor -
    discountMinor +
    serviceChargeMinor +
    taxAddedMinor +
    input.vouchersMinor +
    input.tipMinor
  return {
    subtotalMinor,
    discountMinor,
    serviceChargeMinor,
    taxMinor,
    taxAddedMinor,
    vouchersMinor: input.vouchersMinor,
    tipMinor: input.tipMinor,
    totalMinor,
    paidMinor: input.paidMinor,
    dueMinor: totalMinor - input.paidMinor,
    lineDiscounts,
    taxes,
  }
}

function discountOf(discount: Discount | null, subtotalMinor: number): number {
  if (discount === null) return 0
  return discount.kind === 'amount'
    ? discount.amountMinor
    : applyRate(subtotalMinor, discount.ratePpm)
}

function chargeOf({ serviceCharge, lines }: TotalsInput, netMinor: number): number {
  if (serviceCharge === null || lines.length === 0) return 0
  return serviceCharge.kind === 'amount'
    ? serviceCharge.amountMinor
    : applyRate(netMinor, serviceCharge.ratePpm)
}

function sumTaxes(input: TotalsInput, lineDiscounts: readonly number[]): TaxSum[] {
  const sums = new Map<string, TaxSum>()
  input.lines.forEach((line, position) => {
    const net = line.grossMinor - (lineDiscounts[position] ?? 0)
    const key = `${line.taxRateId}|${line.taxRatePpm}|${line.taxIncluded}`
    const before = sums.get(key)
    const baseMinor = (before?.baseMinor ?? 0) + net
    const taxMinor =
      input.taxRounding === 'line'
        ? (before?.taxMinor ?? 0) + taxOn(net, line.taxRatePpm, line.taxIncluded)
        : taxOn(baseMinor, line.taxRatePpm, line.taxIncluded)
    sums.set(key, {
      taxRateId: line.taxRateId,
      ratePpm: line.taxRatePpm,
      included: line.taxIncluded,
      baseMinor,
      taxMinor,
    })
  })
  return [...sums.values()]
}

/** How many decimals a currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export const currencyDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits ?? 2
