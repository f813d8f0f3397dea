import { lineShares } from './checks.ts'
import { allocate, type TaxSum } from './money.ts'
import { isLive, type LineView } from './order-view.ts'
import type { Check, Splittable } from './split.ts'

/**
 * What one check of a split bill is made of, for its own receipt: its lines and its part of discount,
 * service charge and tax. The rows add up to what the check comes to, and those of all checks to the
 * order's. Pure.
 */
export interface CheckSums {
  /** None: it is a sum alone, and nobody says which dishes are in it. */
  readonly lineIds: readonly string[]
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly serviceChargeMinor: number
  /** Vouchers that were sold stand on the last check. */
  readonly vouchersMinor: number
  /** Its part of each tax; of a sum alone none is on top of it. */
  readonly taxes: readonly TaxSum[]
  /** A cent where lines without tax share a bill with others. */
  readonly roundingMinor: number
  /** At most 0: its part of what was paid for no check in particular. */
  readonly paidForAllMinor: number
}

export function checkSums(order: Splittable, check: Check, checks: readonly Check[]): CheckSums {
  const { lineIds } = check
  if (lineIds === null) return sumAlone(order, check, checks)
  const isMine = ({ id }: LineView): boolean => lineIds.includes(id)
  const live = order.lines.filter(isLive)
  const { totals } = order
  const gross = live.map((line) => line.totalMinor)
  const discounts = allocate(totals.discountMinor, gross)
  const nets = gross.map((minor, place) => minor - (discounts[place] ?? 0))
  const service = allocate(totals.serviceChargeMinor, nets)
  const mine = (minors: readonly number[]): number =>
    live.reduce((sum, line, place) => sum + (isMine(line) ? (minors[place] ?? 0) : 0), 0)

  const subtotalMinor = mine(gross)
  const discountMinor = mine(discounts)
  const serviceChargeMinor = mine(service)
  const vouchersMinor = check.part === check.of ? totals.vouchersMinor : 0
  const shares = lineShares(order)
  const ownMinor = lineIds.reduce((sum, id) => sum + (shares.get(id) ?? 0), 0) + vouchersMinor
  const leftMinor = ownMinor - (subtotalMinor - discountMinor + serviceChargeMinor + vouchersMinor)
  const parts = totals.taxes
    .map((tax) => taxOf(tax, live, nets, isMine))
    .filter(({ baseMinor }) => baseMinor !== 0)
  const added = parts.filter(({ included }) => !included)
  // What is on top of the lines is tax: so its rows and the check's sum agree to the cent.
  const addedMinors = allocate(
    leftMinor,
    added.map(({ taxMinor }) => taxMinor),
  )
  const taxes = parts.map((tax) =>
    tax.included ? tax : { ...tax, taxMinor: addedMinors[added.indexOf(tax)] ?? 0 },
  )
  return {
    lineIds,
    subtotalMinor,
    discountMinor,
    serviceChargeMinor,
    vouchersMinor,
    taxes,
    roundingMinor: added.length === 0 ? leftMinor : 0,
    paidForAllMinor: check.amountMinor - ownMinor,
  }
}

function taxOf(
  tax: TaxSum,
  live: readonly LineView[],
  nets: readonly number[],
  isMine: (line: LineView) => boolean,
): TaxSum {
  const taxed = live.flatMap((line, place) =>
    line.taxRateId === tax.taxRateId &&
    line.taxRatePpm === tax.ratePpm &&
    line.taxIncluded === tax.included
      ? [{ line, net: nets[place] ?? 0 }]
      : [],
  )
  const parts = allocate(
    tax.taxMinor,
    taxed.map(({ net }) => net),
  )
  return taxed.reduce(
    (sum, { line, net }, place) =>
      isMine(line)
        ? {
            ...sum,
            baseMinor: sum.baseMinor + net,
            taxMinor: sum.taxMinor + (parts[place] ?? 0),
          }
        : sum,
    { ...tax, baseMinor: 0, taxMinor: 0 },
  )
}

/** Of equal parts and of amounts each tax is contained, as large as the part is of the whole. */
function sumAlone({ totals }: Splittable, check: Check, checks: readonly Check[]): CheckSums {
  const weights = checks.map(({ amountMinor }) => amountMinor)
  const place = checks.findIndex(({ part }) => part === check.part)
  const share = (minor: number): number => allocate(minor, weights)[place] ?? 0
  return {
    lineIds: [],
    subtotalMinor: check.amountMinor,
    discountMinor: 0,
    serviceChargeMinor: 0,
    vouchersMinor: 0,
    taxes: totals.taxes.map((tax) => ({
      ...tax,
      included: true,
      baseMinor: share(tax.baseMinor),
      taxMinor: share(tax.taxMinor),
    })),
    roundingMinor: 0,
    paidForAllMinor: 0,
  }
}
