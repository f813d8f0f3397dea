import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { looksLikeCardNumber } from '../../domain/card-number.ts'
import { byAmounts, byItems, equalParts, itemsDueMinor, lineShares } from '../../domain/checks.ts'
import { orderCommandSchema, type OrderCommandOf } from '../../domain/commands.ts'
import { parseEvent } from '../../domain/events.ts'
import { emptyOrder, evolveAll } from '../../domain/evolve.ts'
import { viewOrder } from '../../domain/order-view.ts'
import { canonical } from '../support/order-stories.ts'
import {
  createReplica,
  line,
  newOrder,
  TEST_ORDER_ID as orderId,
  type Replica,
} from '../support/orders.ts'

const cardTerminal = { deviceId: 'till-1', provider: 'simulated', terminalId: 'desk' }
const CARD = {
  brand: 'visa',
  lastFour: '4242',
  token: 'tok-1',
  authorisationCode: 'A7',
  offline: false,
}

function open(origin = 'A', ...lines: ReturnType<typeof line>[]): Replica {
  const replica = createReplica(origin, { cardTerminal })
  must(replica, newOrder(lines.length > 0 ? lines : [line('burger', 2)]))
  return replica
}

function must(replica: Replica, command: Parameters<Replica['run']>[0], id?: string) {
  const result = replica.run(command, id)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return replica.view()!
}

const pay = (
  method: OrderCommandOf<'takePayment'>['method'],
  amountMinor: number,
  more: Partial<OrderCommandOf<'takePayment'>> = {},
): OrderCommandOf<'takePayment'> => ({
  type: 'takePayment',
  orderId,
  method,
  amountMinor,
  tipMinor: 0,
  tenderedMinor: null,
  ...more,
})

const approved = (
  intentId: string,
  approvedMinor: number,
  transactionId = 't-1',
): OrderCommandOf<'recordOutcome'> => ({
  type: 'recordOutcome',
  orderId,
  intentId,
  outcome: { kind: 'approved', transactionId, approvedMinor, card: CARD },
})

const failed = (intentId: string): OrderCommandOf<'recordOutcome'> => ({
  type: 'recordOutcome',
  orderId,
  intentId,
  outcome: { kind: 'failed', why: 'declined', detail: 'no funds' },
})

const unclear = (intentId: string): OrderCommandOf<'recordOutcome'> => ({
  type: 'recordOutcome',
  orderId,
  intentId,
  outcome: { kind: 'unclear', detail: null },
})

/** Due of two burgers in the restaurant. */
const DUE = 2_847

describe('a card', () => {
  test('[M3] is an intent first, which changes no sum, and a payment once the terminal has taken it', () => {
    const replica = open()
    const asked = must(replica, pay('card', DUE, { tipMinor: 300 }), 'tap')
    expect(asked.totals).toMatchObject({ dueMinor: DUE, paidMinor: 0, tipMinor: 0 })
    expect(asked.intents).toMatchObject([
      { id: 'tap.0', kind: 'payment', state: 'pending', amountMinor: DUE, tipMinor: 300 },
    ])
    const paid = must(replica, approved('tap.0', DUE + 300))
    expect(paid).toMatchObject({
      status: 'confirmed',
      totals: { dueMinor: 0, paidMinor: DUE + 300, tipMinor: 300 },
      intents: [{ state: 'done', paymentId: 'tap.0~t-1' }],
      payments: [{ method: 'card', card: CARD, intentId: 'tap.0' }],
    })
  })

  test('[M3] without a terminal is refused with the reason', () => {
    const replica = createReplica('A')
    must(replica, newOrder([line('burger')]))
    expect(replica.run(pay('card', 1))).toMatchObject({ error: { code: 'no_card_terminal' } })
  })

  test('[M3] approved for less leaves the rest due, and the tip goes first', () => {
    const replica = open()
    must(replica, pay('card', 1_000, { tipMinor: 100 }), 'tap')
    const order = must(replica, approved('tap.0', 1_040))
    expect(order.payments).toMatchObject([{ amountMinor: 1_000, tipMinor: 40 }])
    must(replica, pay('card', 500, { tipMinor: 50 }), 'tap-2')
    const less = must(replica, approved('tap-2.0', 200, 't-2'))
    expect(less.payments[1]).toMatchObject({ amountMinor: 200, tipMinor: 0 })
    expect(less.totals.dueMinor).toBe(DUE - 1_200)
  })

  test('[M3] that is being asked for keeps the same money from being taken twice, unless somebody says so', () => {
    const replica = open()
    must(replica, pay('card', DUE - 100), 'tap')
    expect(replica.run(pay('cash', 101))).toMatchObject({
      error: { code: 'payment_pending', pendingMinor: DUE - 100, dueMinor: DUE },
    })
    expect(must(replica, pay('cash', 100)).totals.dueMinor).toBe(DUE - 100)
    must(replica, pay('cash', 1, { despitePending: true }))
    must(replica, failed('tap.0'))
    expect(must(replica, pay('cash', DUE - 101)).totals.dueMinor).toBe(0)
  })

  test('[M3] a terminal that answers late counts, whatever the order has come to', () => {
    const replica = open()
    must(replica, pay('card', DUE), 'tap')
    must(replica, { type: 'cancelOrder', orderId, reason: 'left' })
    const late = must(replica, approved('tap.0', DUE))
    expect(late.conflicts).toMatchObject([{ kind: 'paid_after_cancel', amountMinor: DUE }])
  })

  test('[M3] what the terminal cannot say is shown to a manager, whose word stands until it can', () => {
    const replica = open()
    must(replica, pay('card', DUE), 'tap')
    expect(must(replica, unclear('tap.0')).conflicts).toMatchObject([
      { kind: 'payment_unclear', facts: ['tap.0'], amountMinor: DUE, settled: null },
    ])
    const settle = { type: 'settlePayment', orderId, intentId: 'tap.0', reason: 'slip' } as const
    const settled = must(replica, { ...settle, as: 'taken' })
    expect(settled).toMatchObject({
      totals: { dueMinor: 0 },
      conflicts: [],
      payments: [{ settledBecause: 'slip', transactionId: null }],
    })
    const answered = must(replica, approved('tap.0', DUE))
    expect(answered.payments).toMatchObject([{ transactionId: 't-1', amountMinor: DUE }])
    expect(answered.totals.dueMinor).toBe(0)
    expect(replica.run({ ...settle, as: 'not_taken' })).toMatchObject({
      error: { code: 'intent_closed', state: 'done' },
    })
  })

  test('[M3] that a manager counted as not taken counts all the same when it was', () => {
    const replica = open()
    must(replica, pay('card', DUE), 'tap')
    const settle = { type: 'settlePayment', orderId, intentId: 'tap.0', reason: 'no slip' } as const
    const none = must(replica, { ...settle, as: 'not_taken' })
    expect(none.intents).toMatchObject([{ state: 'failed', why: 'settled', detail: 'no slip' }])
    must(replica, pay('cash', DUE))
    const both = must(replica, approved('tap.0', DUE))
    expect(both.conflicts).toMatchObject([{ kind: 'overpaid', amountMinor: DUE }])
  })

  test("[M3] is given back once where the terminal speaks up while a refund of a manager's word is asked for", () => {
    const replica = open()
    must(replica, pay('card', DUE), 'tap')
    const settle = { type: 'settlePayment', orderId, intentId: 'tap.0', reason: 'slip' } as const
    const { payments } = must(replica, { ...settle, as: 'taken' })
    const refund = { type: 'refundPayment', orderId, amountMinor: DUE, reason: 'cold' } as const
    must(replica, { ...refund, paymentId: payments[0]!.id }, 'back')
    const answered = must(replica, approved('tap.0', DUE))
    const paymentId = answered.payments[0]!.id
    expect(answered.intents[1]).toMatchObject({ id: 'back.0', state: 'pending', paymentId })
    expect(replica.run({ ...refund, paymentId })).toMatchObject({
      error: { code: 'refund_too_large', refundableMinor: 0 },
    })
  })

  test('[F1] [M3] one transaction is one payment, however often, in whatever order and by whomever it is told; two are two', () => {
    const a = open('A')
    must(a, pay('card', DUE), 'tap')
    const b = createReplica('B', { cardTerminal })
    b.receive(a.events())
    must(a, approved('tap.0', DUE))
    must(b, { type: 'cancelPayment', orderId, intentId: 'tap.0' })
    must(b, unclear('tap.0'))
    must(b, approved('tap.0', DUE))
    must(b, approved('tap.0', DUE, 't-2'))
    const events = [...new Set([...a.events(), ...b.events()])]
    const told = (some: typeof events) => evolveAll(emptyOrder(orderId), some)
    const expected = told(events)
    const order = viewOrder(expected, [])!
    expect(order.payments.map(({ id }) => id)).toEqual(['tap.0~t-1', 'tap.0~t-2'])
    // The terminal charged twice: both are money, and a person gives one of them back (rule F4).
    expect(order.conflicts).toMatchObject([{ kind: 'overpaid', amountMinor: DUE }])
    fc.assert(
      fc.property(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.subarray(events),
        (all, again) => canonical(told([...all, ...again])) === canonical(expected),
      ),
      { numRuns: 100 },
    )
  })

  test('[M3] is paid back by the terminal: asked, then done or failed, and never more than there is', () => {
    const replica = open()
    must(replica, pay('card', DUE), 'tap')
    must(replica, approved('tap.0', DUE))
    const refund = { type: 'refundPayment', orderId, paymentId: 'tap.0', reason: 'cold' } as const
    const asked = must(replica, { ...refund, amountMinor: 2_000 }, 'back')
    expect(asked.payments).toMatchObject([{ refundedMinor: 0 }])
    expect(asked.intents[1]).toMatchObject({
      id: 'back.0',
      kind: 'refund',
      state: 'pending',
      transactionId: 't-1',
    })
    expect(replica.run({ ...refund, amountMinor: 848 })).toMatchObject({
      error: { code: 'refund_too_large', refundableMinor: 847 },
    })
    expect(must(replica, failed('back.0')).intents[1]).toMatchObject({ state: 'failed' })
    must(replica, { ...refund, amountMinor: 2_847 }, 'back-2')
    expect(must(replica, approved('back-2.0', 2_847, 'r-1')).payments).toMatchObject([
      { refundedMinor: 2_847 },
    ])
  })
})

describe('a refund says what it is for', () => {
  const cases = [
    ['returned', 0],
    ['goodwill', 0],
    ['other_payment', 500],
  ] as const

  test.each(cases)('[M1] %s: %i are due after it', (refundFor, dueMinor) => {
    const replica = open()
    const [payment] = must(replica, pay('cash', DUE)).payments
    const command = { type: 'refundPayment', orderId, paymentId: payment!.id } as const
    const order = must(replica, { ...command, amountMinor: 500, reason: 'cold', refundFor })
    expect(order.payments).toMatchObject([{ refundedMinor: 500 }])
    const { totals: t } = order
    expect(t).toMatchObject({ totalMinor: DUE, dueMinor, paidMinor: DUE - dueMinor })
  })

  test('[M1] what was paid too much is given back up to that, and nothing is due after it', () => {
    const replica = open('A', line('burger'), line('salad'))
    const [payment] = must(replica, pay('cash', replica.view()!.totals.dueMinor)).payments
    const voided = replica.view()!.lines[1]!.id
    const order = must(replica, { type: 'voidLine', orderId, lineId: voided, reason: 'none left' })
    const overMinor = -order.totals.dueMinor
    const refund = { type: 'refundPayment', orderId, paymentId: payment!.id, reason: 'x' } as const
    expect(
      replica.run({ ...refund, amountMinor: overMinor + 1, refundFor: 'overpaid' }),
    ).toMatchObject({ error: { code: 'refund_too_large', refundableMinor: overMinor } })
    const after = must(replica, { ...refund, amountMinor: overMinor })
    expect(after.totals.dueMinor).toBe(0)
    expect(after.conflicts).toEqual([])
  })

  test('[M1] what came back and is voided after it is not owed to anybody', () => {
    const replica = open()
    const [payment] = must(replica, pay('cash', DUE)).payments
    const refund = { type: 'refundPayment', orderId, paymentId: payment!.id, reason: 'x' } as const
    must(replica, { ...refund, amountMinor: DUE, refundFor: 'returned' })
    const lineId = replica.view()!.lines[0]!.id
    const order = must(replica, { type: 'voidLine', orderId, lineId, reason: 'returned' })
    expect(order.totals).toMatchObject({ totalMinor: 0, paidMinor: 0, dueMinor: 0 })
    expect(order.conflicts).toEqual([])
  })
})

describe('a split', () => {
  const orders = fc
    .array(
      fc.constantFrom(
        line('burger', 2, ['extra_cheese']),
        line('steak', 1, ['rare']),
        line('salad', 3),
        line('bottle'),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((lines) => {
      const replica = open('A', ...lines)
      const discount = { kind: 'percent', ratePpm: 125_000 } as const
      return must(replica, { type: 'setDiscount', orderId, discount, reason: 'late' })
    })
  const sum = (shares: Iterable<number>) => [...shares].reduce((a, b) => a + b, 0)

  test('[M1] into equal parts, by amounts and by items loses no cent', () => {
    fc.assert(
      fc.property(
        orders,
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat({ max: 3_000 }), { maxLength: 5 }),
        fc.array(fc.nat({ max: 2 }), { minLength: 6, maxLength: 6 }),
        (order, parts, amounts, guests) => {
          const { dueMinor } = order.totals
          const equal = equalParts(dueMinor, parts)
          expect(sum(equal)).toBe(dueMinor)
          expect(Math.max(...equal) - Math.min(...equal)).toBeLessThanOrEqual(1)
          expect(sum(byAmounts(dueMinor, amounts))).toBe(dueMinor)
          expect(sum(lineShares(order).values())).toBe(dueMinor)
          const groups = [0, 1].map((guest) =>
            order.lines.filter((_, place) => guests[place] === guest).map(({ id }) => id),
          )
          expect(sum(byItems(order, groups))).toBe(dueMinor)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('[M1] by items: each line carries its own tax, and the last one all that is left', () => {
    const replica = open('A', line('burger'), line('bottle'))
    const order = replica.view()!
    const [burger, bottle] = order.lines.map(({ id }) => id) as [string, string]
    const first = itemsDueMinor(order, [burger])
    expect(first).toBe(lineShares(order).get(burger))
    const paidFor = { kind: 'items' as const, lineIds: [burger] }
    const paid = must(replica, pay('cash', first, { paidFor }))
    expect(itemsDueMinor(paid, [bottle])).toBe(paid.totals.dueMinor)
    expect(must(replica, pay('cash', paid.totals.dueMinor)).totals.dueMinor).toBe(0)
  })
})

describe('card numbers', () => {
  const PANS = ['4111111111111111', '5555 5555 5555 4444', '3782-822463-10005', '6304000000000000']

  test.each([
    ...PANS,
    'card 4111111111111111 ok',
    '4111 1111 1111 1111 12/27',
    '00004111111111111111000',
  ])('[M4] %s is one', (text) => {
    expect(looksLikeCardNumber(text)).toBe(true)
  })

  test.each(['4111111111111112', '123456789012', 'A-017', '', '+49 30 901820', 'tok_1NirD82eZvKY'])(
    '[M4] %s is none',
    (text) => {
      expect(looksLikeCardNumber(text)).toBe(false)
    },
  )

  test('[M4] no text of a payment takes one, in a command or in the log', () => {
    const pan = '4111 1111 1111 1111'
    const commands = [
      pay('voucher', 1, { reference: pan }),
      pay('cash', 1, { paidFor: { kind: 'guest', guest: pan } }),
      { type: 'refundPayment', orderId, paymentId: 'p', amountMinor: 1, reason: pan },
      { type: 'settlePayment', orderId, intentId: 'i', as: 'taken', reason: pan },
      ...(['brand', 'token', 'authorisationCode'] as const).map((field) => ({
        ...approved('i', 1),
        outcome: { ...approved('i', 1).outcome, card: { ...CARD, [field]: pan } },
      })),
      { ...approved('i', 1, pan) },
    ]
    for (const command of commands) {
      expect(orderCommandSchema.safeParse(command)).toMatchObject({ success: false })
      const shortened = JSON.parse(JSON.stringify(command).replaceAll(pan, '4111')) as unknown
      expect(orderCommandSchema.safeParse(shortened)).toMatchObject({ success: true })
    }
    const event = open('A')
    must(event, pay('card', 1), 'tap')
    must(event, approved('tap.0', 1))
    const taken = event.events().at(-1)!.event
    expect(parseEvent(taken)).not.toBeNull()
    expect(parseEvent(JSON.parse(JSON.stringify(taken).replace('tok-1', pan)))).toBeNull()
  })
})
