import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, computeTotals, scaleMinor, taxOn, type PricedLine } from '../../domain/money.ts'

const amount = fc.integer({ min: 0, max: 9_000_000 })
const pricedLine: fc.Arbitrary<PricedLine> = fc.record({
  grossMinor: amount,
  taxRateId: fc.constantFrom('food', 'wine'),
  taxRatePpm: fc.constantFrom(0, 70_000, 88_750, 190_000),
  taxIncluded: fc.boolean(),
})

describe('rounding', () => {
  test.each([
    [5, 1, 10, 1],
    [-5, 1, 10, -1],
    [4, 1, 10, 0],
    [15, 1, 10, 2],
    [1, 1, 3, 0],
    [2, 1, 3, 1],
  ])(
    '[M1] %i × %i / %i is rounded half away from zero: %i',
    (value, numerator, denominator, is) => {
      expect(scaleMinor(value, numerator, denominator)).toBe(is)
    },
  )

  test('[M1] a product beyond what floating point can hold is still exact', () => {
    expect(scaleMinor(9_000_000_000, 999_999, 1_000_000)).toBe(8_999_991_000)
  })

  test('[M1] tax contained in a price and tax on top of the rest agree', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 1_000_000 }), (gross, rate) => {
        const contained = taxOn(gross, rate, true)
        expect(Math.abs(taxOn(gross - contained, rate, false) - contained)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('splitting', () => {
  test('[M1] no cent is lost, and each part is within one of its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 40 }),
        (total, weights) => {
          const parts = allocate(total, weights)
          const sum = weights.reduce((a, b) => a + b, 0)
          expect(parts.reduce((a, b) => a + b, 0)).toBe(total)
          parts.forEach((part, i) => {
            const share = sum === 0 ? total / weights.length : (total * weights[i]!) / sum
            expect(Math.abs(part - share)).toBeLessThan(1)
          })
        },
      ),
    )
  })
})

describe('the sum of an order', () => {
  test('[M1] holds for any lines, discount, service charge, tip and payment', () => {
    fc.assert(
      fc.property(
        fc.record({
          lines: fc.array(pricedLine, { maxLength: 30 }),
          discount: fc.option(
            fc.oneof(
              fc.record({ kind: fc.constant('amount' as const), amountMinor: amount }),
              fc.record({
                kind: fc.constant('percent' as const),
                ratePpm: fc.integer({ min: 0, max: 1_000_000 }),
              }),
            ),
          ),
          serviceCharge: fc.option(
            fc.oneof(
              fc.record({ kind: fc.constant('amount' as const), amountMinor: amount }),
              fc.record({
                kind: fc.constant('percent' as const),
                ratePpm: fc.integer({ min: 0, max: 300_000 }),
              }),
            ),
          ),
          taxRounding: fc.constantFrom('line' as const, 'order' as const),
          vouchersMinor: amount,
          tipMinor: amount,
          paidMinor: amount,
        }),
        (input) => {
          const totals = computeTotals(input)
          const lines = input.lines.reduce((sum, l) => sum + l.grossMinor, 0)
          expect(totals.subtotalMinor).toBe(lines)
          expect(totals.discountMinor).toBeLessThanOrEqual(lines)
          expect(totals.lineDiscounts.reduce((a, b) => a + b, 0)).toBe(totals.discountMinor)
          const total =
            lines -
            totals.discountMinor +
            totals.serviceChargeMinor +
            totals.taxAddedMinor +
            input.vouchersMinor +
            input.tipMinor
          expect(totals.totalMinor).toBe(total)
          expect(totals.paidMinor + totals.dueMinor).toBe(total)
          const taxed = totals.taxes.reduce((sum, tax) => sum + tax.baseMinor, 0)
          expect(taxed).toBe(lines - totals.discountMinor)
          for (const value of [total, totals.taxMinor, totals.dueMinor]) {
            expect(Number.isSafeInteger(value)).toBe(true)
          }
        },
      ),
    )
  })

  test('[M1] rounding on the line and on the order differ, each as named', () => {
    const lines = Array.from({ length: 3 }, () => ({
      grossMinor: 101,
      taxRateId: 'food',
      taxRatePpm: 70_000,
      taxIncluded: false,
    }))
    const rest = {
      lines,
      discount: null,
      serviceCharge: null,
      vouchersMinor: 0,
      tipMinor: 0,
      paidMinor: 0,
    }
    // 7.07 a line rounds to 7; 21.21 on the order rounds to 21. At 0.5 they part:
    expect(computeTotals({ ...rest, taxRounding: 'line' }).taxMinor).toBe(21)
    const halves = lines.map((l) => ({ ...l, grossMinor: 150, taxRatePpm: 10_000 }))
    const more = { ...rest, lines: halves }
    expect(computeTotals({ ...more, taxRounding: 'line' }).taxMinor).toBe(6)
    expect(computeTotals({ ...more, taxRounding: 'order' }).taxMinor).toBe(5)
  })
})
