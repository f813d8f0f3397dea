import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OrderCommand } from '../../domain/commands.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { Split } from '../../domain/split-schema.ts'
import { checkSums } from '../../domain/check-sums.ts'
import { checksOf, payableMinor } from '../../domain/split.ts'
import { createReplica, line, newOrder, TEST_ORDER_ID, type Replica } from '../support/orders.ts'

const orderId = TEST_ORDER_ID

function must(replica: Replica, command: OrderCommand): OrderView {
  const result = replica.run(command)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return replica.view()!
}

const split = (of: Split | null): OrderCommand => ({ type: 'splitOrder', orderId, split: of })
const sum = (minors: readonly number[]) => minors.reduce((a, b) => a + b, 0)

/** Pays a check, or a part of it. */
function payCheck(till: Replica, part: number, maxMinor = Infinity): OrderView {
  const order = till.view()!
  const check = checksOf(order).find((one) => one.part === part)
  const amountMinor = check === undefined ? 0 : Math.min(payableMinor(order, check), maxMinor)
  if (check === undefined || amountMinor === 0) return order
  return must(till, {
    type: 'takePayment',
    orderId,
    method: 'cash',
    amountMinor,
    tipMinor: amountMinor % 3,
    tenderedMinor: null,
    paidFor: check.paidFor,
  })
}

const seat = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined })
const lines = fc.array(
  fc
    .tuple(fc.constantFrom('burger', 'salad', 'bottle'), fc.integer({ min: 1, max: 3 }), seat)
    .map(([item, quantity, of]) => ({
      ...line(item, quantity),
      ...(of !== undefined && { seat: of }),
    })),
  { minLength: 1, maxLength: 6 },
)
const splits = ({ lines: sold }: OrderView): fc.Arbitrary<Split> =>
  fc.oneof(
    fc.integer({ min: 2, max: 7 }).map((parts): Split => ({ kind: 'equal', parts })),
    fc
      .array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 4 })
      .map((amountsMinor): Split => ({ kind: 'amounts', amountsMinor })),
    fc.constant<Split>(
      sold.some((one) => one.seat !== null) ? { kind: 'seats' } : { kind: 'equal', parts: 2 },
    ),
    fc
      .array(fc.nat({ max: 2 }), { minLength: sold.length, maxLength: sold.length })
      .map((guests): Split => {
        const groups = [0, 1]
          .map((guest) => sold.flatMap(({ id }, place) => (guests[place] === guest ? [id] : [])))
          .filter((group) => group.length > 0)
        return groups.length > 0 ? { kind: 'items', groups } : { kind: 'equal', parts: 3 }
      }),
  )

describe('a split bill', () => {
  test('[M1] [Q4] whatever is paid, changed and split anew, the checks add up to what is due, and are paid in full', () => {
    fc.assert(
      fc.property(
        fc.gen(),
        lines,
        fc.array(fc.nat({ max: 5 }), { maxLength: 6 }),
        (gen, sold, steps) => {
          const till = createReplica('A')
          must(till, newOrder(sold))
          const discount = { kind: 'percent', ratePpm: 125_000 } as const
          must(till, { type: 'setDiscount', orderId, discount, reason: 'late' })
          const holds = () => {
            const order = till.view()!
            const checks = checksOf(order)
            if (checks.length === 0) return
            expect(sum(checks.map(({ dueMinor }) => dueMinor))).toBe(
              Math.max(0, order.totals.dueMinor),
            )
            for (const { amountMinor, paidMinor, dueMinor } of checks) {
              expect(amountMinor - paidMinor).toBe(dueMinor)
              expect(amountMinor).toBeGreaterThanOrEqual(0)
            }
            const parts = checks.map((check) => checkSums(order, check, checks))
            for (const [place, part] of parts.entries()) {
              const added = part.taxes.filter(({ included }) => !included)
              expect(
                part.subtotalMinor -
                  part.discountMinor +
                  part.serviceChargeMinor +
                  sum(added.map(({ taxMinor }) => taxMinor)) +
                  part.roundingMinor +
                  part.vouchersMinor +
                  part.paidForAllMinor,
              ).toBe(checks[place]!.amountMinor)
            }
            // Of a split by what was had, each of its guests' rows is a part of the order's.
            if (order.split?.kind === 'items' || order.split?.kind === 'seats') {
              expect(sum(parts.map((part) => part.discountMinor))).toBe(order.totals.discountMinor)
              expect(sum(parts.map((part) => part.serviceChargeMinor))).toBe(
                order.totals.serviceChargeMinor,
              )
              expect(
                sum(parts.flatMap((part) => part.taxes.map(({ taxMinor }) => taxMinor))) +
                  sum(parts.map((part) => part.roundingMinor)),
              ).toBe(order.totals.taxMinor)
            }
          }
          const splitAnew = () => must(till, split(gen(splits, till.view()!)))
          splitAnew()
          for (const step of steps) {
            const order = till.view()!
            // A bottle that is paid for is taken along, and its bill is over.
            if (order.status === 'completed') break
            if (step === 0) splitAnew()
            else if (step === 1) {
              till.run({ type: 'addLines', orderId, lines: [{ ...line('salad'), seat: 2 }] })
            } else if (step === 2) {
              const lineId = order.lines[0]!.id
              till.run({ type: 'changeLine', orderId, lineId, quantity: 5 })
            } else if (step === 3) payCheck(till, 1, 700)
            else payCheck(till, step - 2)
            holds()
          }
          // Each in turn: a check on which too much was paid leaves less for the others.
          for (let part = 1; part <= 7; part += 1) {
            payCheck(till, part)
            holds()
          }
          expect(till.view()!.totals.dueMinor).toBe(0)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('[Q4] by seats: each pays what is theirs, and the bottle is the table’s', () => {
    const till = createReplica('A')
    must(
      till,
      newOrder([{ ...line('burger'), seat: 1 }, { ...line('salad'), seat: 2 }, line('bottle')]),
    )
    const before = must(till, split({ kind: 'seats' }))
    const checks = checksOf(before)
    expect(checks.map((check) => [check.seat, check.lineIds?.length])).toEqual([
      [1, 1],
      [2, 1],
      [null, 1],
    ])
    const paid = payCheck(till, 2)
    expect(checksOf(paid).map(({ dueMinor }) => dueMinor)).toEqual([
      checks[0]!.dueMinor,
      0,
      checks[2]!.dueMinor,
    ])
    expect(checksOf(paid)[1]!.paidMinor).toBe(checks[1]!.amountMinor)
    // Taken back: what was paid stays, what is due is one sum again.
    const { dueMinor } = paid.totals
    const one = must(till, split(null))
    expect([checksOf(one), one.totals.dueMinor, one.payments.length]).toEqual([[], dueMinor, 1])
    // And split once more the same way, it is known who has paid.
    expect(checksOf(must(till, split({ kind: 'seats' })))[1]!.dueMinor).toBe(0)
  })

  test('[Q4] nothing is shared where no seat has anything any more', () => {
    const till = createReplica('A')
    const order = must(till, newOrder([{ ...line('burger'), seat: 1 }, line('bottle')]))
    const charge = { kind: 'amount', amountMinor: 700 } as const
    must(till, { type: 'setServiceCharge', orderId, charge, reason: 'large party' })
    expect(checksOf(must(till, split({ kind: 'seats' })))).toHaveLength(2)
    const lineId = order.lines[0]!.id
    const left = must(till, { type: 'voidLine', orderId, lineId, reason: null })
    expect(left.totals.dueMinor).toBeGreaterThan(700)
    expect(checksOf(left)).toEqual([])
  })

  test('[Q4] a refund puts its check on the bill again, and no other one', () => {
    const till = createReplica('A')
    must(till, newOrder([line('burger', 2)]))
    must(till, split({ kind: 'equal', parts: 2 }))
    const paid = payCheck(till, 1)
    const [{ id: paymentId, amountMinor } = { id: '', amountMinor: 0 }] = paid.payments
    const refund = {
      type: 'refundPayment',
      orderId,
      paymentId,
      amountMinor,
      reason: 'card',
    } as const
    const back = must(till, { ...refund, refundFor: 'other_payment' })
    expect(checksOf(back).map(({ dueMinor }) => dueMinor)).toEqual(
      checksOf(paid).map(({ amountMinor: whole }) => whole),
    )
  })

  test('[Q4] an item is on one check, and seats are needed for a split by them', () => {
    const till = createReplica('A')
    const { lines: sold } = must(till, newOrder([line('burger'), line('salad')]))
    const [a, b] = sold.map(({ id }) => id) as [string, string]
    const codeOf = (of: Split) => {
      const result = till.run(split(of))
      return result.ok ? null : result.error.code
    }
    expect(codeOf({ kind: 'seats' })).toBe('no_seats')
    expect(codeOf({ kind: 'items', groups: [[a], [b, a]] })).toBe('item_split_twice')
    expect(codeOf({ kind: 'items', groups: [['nothing']] })).toBe('line_not_found')
    expect(codeOf({ kind: 'items', groups: [[a]] })).toBeNull()
  })
})
