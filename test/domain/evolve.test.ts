import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyOrder, evolve, type OrderState } from '../../domain/evolve.ts'
import type { OrderEvent } from '../../domain/events.ts'
import { viewOrder } from '../../domain/order-view.ts'
import { statusRank } from '../../domain/order-status.ts'
import { canonical, playStory } from '../support/order-stories.ts'
import {
  createReplica,
  line,
  newOrder,
  TEST_ORDER_ID,
  type StampedEvent,
} from '../support/orders.ts'

const STEPS = 14
const fold = (events: readonly StampedEvent[]): OrderState =>
  events.reduce<OrderState>(
    (state, { event, meta }) => evolve(state, event, meta),
    emptyOrder(TEST_ORDER_ID),
  )

describe('the fold of an order', () => {
  test('[F1] any permutation with repeats gives the same state', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const { events } = playStory(g, fc, STEPS)
        const shuffled = g(fc.shuffledSubarray, [...events], { minLength: events.length })
        const repeats = g(fc.shuffledSubarray, [...events])
        const expected = fold(events)
        expect(canonical(fold([...shuffled, ...repeats]))).toBe(canonical(expected))
        for (const { status } of viewOrder(expected, [])?.statusHistory ?? []) reached.add(status)
      }),
      // The same stories each time: what they reach is looked at below.
      { numRuns: 300, seed: 20_261_123 },
    )
    // The stories went all the way; otherwise the property would have shown little.
    expect([...reached].sort()).toEqual(expect.arrayContaining(['cancelled', 'completed', 'ready']))
  })

  test('[F1] [L6] one tap on a device and its copy, at one tick, gives the same in either order', () => {
    const replica = createReplica('a')
    expect(replica.run(newOrder([line('burger')]), 'tap').ok).toBe(true)
    const here = replica.events()
    // The same command, clock and log, and another number; members stand in another order there.
    const there = here.map(({ event, meta }) =>
      event.type === 'order.created'
        ? { event: { ...event, orderId: event.orderId, number: 'A-999' } as OrderEvent, meta }
        : { event, meta },
    )
    const one = fold([...here, ...there])
    const other = fold([...there, ...here])
    expect(canonical(one)).toBe(canonical(other))
    expect(viewOrder(one, [])?.number).toBe(viewOrder(other, [])?.number)
    const later = here.map(({ event, meta }) => ({ event, meta: { ...meta, commandId: 'zap' } }))
    expect(canonical(fold([...here, ...later]))).toBe(canonical(fold([...later, ...here])))
  })

  test.each(['constructor', 'toString', '__proto__'])(
    '[F1] the id %s, which means something to the language, is only an id',
    (id) => {
      const replica = createReplica('a')
      expect(replica.run(newOrder([line('burger')]), id).ok).toBe(true)
      const [created, added] = replica.events()
      expect(created && added?.event.type === 'order.line_added').toBe(true)
      const payment: OrderEvent = {
        type: 'order.payment_taken',
        orderId: TEST_ORDER_ID,
        paymentId: id,
        method: 'cash',
        amountMinor: 5,
        tipMinor: 0,
        tenderedMinor: 5,
        changeMinor: 0,
      }
      const paid = [...replica.events()]
      if (added) {
        const lineAdded = { ...added.event, lineId: id } as OrderEvent
        paid.push({ ...added, event: lineAdded }, { ...added, event: payment })
      }
      const state = fold([...paid, ...paid])
      const view = viewOrder(state, [])
      expect(Object.keys(state.commandIds)).toEqual([id])
      expect(view?.lines.map((each) => each.id)).toContain(id)
      expect(view?.payments.map((each) => each.id)).toEqual([id])
      expect(replica.run(newOrder(), id).ok).toBe(true)
    },
  )

  test('[F1] the oracle notices a fold that depends on the order of arrival', () => {
    const lastArrivalWins = (events: readonly StampedEvent[]) =>
      canonical(events.map(({ event }) => event.type).at(-1))
    expect(() =>
      fc.assert(
        fc.property(fc.gen(), (g) => {
          const { events } = playStory(g, fc, STEPS)
          const shuffled = g(fc.shuffledSubarray, [...events], { minLength: events.length })
          expect(lastArrivalWins(shuffled)).toBe(lastArrivalWins(events))
        }),
        { numRuns: 100 },
      ),
    ).toThrow('Property failed')
  })

  test('[F1] devices that have met show the same order', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const { replicas, events } = playStory(g, fc, STEPS)
        for (const replica of replicas) replica.receive(events)
        const views = new Set(replicas.map((replica) => canonical(replica.view())))
        expect(views.size).toBe(1)
      }),
      { numRuns: 100 },
    )
  })

  test('[F2] more facts never take an explicit status back', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const { events } = playStory(g, fc, STEPS)
        const explicit = (some: readonly StampedEvent[]) =>
          Math.max(
            0,
            ...Object.values(fold(some).statuses).map((fact) => statusRank(fact.value.status)),
          )
        const part = g(fc.subarray, [...events])
        expect(explicit(events)).toBeGreaterThanOrEqual(explicit(part))
      }),
      { numRuns: 100 },
    )
  })

  test('[F2] money facts of every device stand', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const { events } = playStory(g, fc, STEPS)
        const taken = new Set(
          events.flatMap(({ event }) =>
            event.type === 'order.payment_taken' ? [event.paymentId] : [],
          ),
        )
        expect(
          viewOrder(fold(events), [])
            ?.payments.map((p) => p.id)
            .sort(),
        ).toEqual([...taken].sort())
      }),
      { numRuns: 100 },
    )
  })

  test('[M1] lines − discount + service charge + added tax + tip = total = paid + due', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const { events } = playStory(g, fc, STEPS)
        const order = viewOrder(fold(events), [])!
        const { totals } = order
        const lines = order.lines.reduce((sum, l) => sum + l.totalMinor, 0)
        expect(totals.subtotalMinor).toBe(lines)
        expect(
          lines -
            totals.discountMinor +
            totals.serviceChargeMinor +
            totals.taxAddedMinor +
            totals.tipMinor,
        ).toBe(totals.totalMinor)
        expect(totals.paidMinor + totals.dueMinor).toBe(totals.totalMinor)
        const paid = order.payments.reduce(
          (sum, p) => sum + p.amountMinor + p.tipMinor - p.refundedMinor,
          0,
        )
        const forgiven = order.payments.reduce((sum, p) => sum + p.forgivenMinor, 0)
        const open = order.status === 'cancelled' ? 0 : Math.max(0, totals.totalMinor - paid)
        expect(totals.paidMinor).toBe(paid + Math.min(forgiven, open))
      }),
      { numRuns: 200 },
    )
  })

  test('[K1] two devices that fire the same lines make one ticket of each line', () => {
    const a = createReplica('A')
    const b = createReplica('B')
    a.run(newOrder([line('burger'), line('salad')]))
    b.receive(a.events())
    a.run({ type: 'sendToKitchen', orderId: TEST_ORDER_ID })
    b.run({ type: 'sendToKitchen', orderId: TEST_ORDER_ID })
    const afterA = [...a.events()]
    a.receive(b.events())
    b.receive(afterA)
    expect(a.view()).toEqual(b.view())
    const onTickets = a.view()!.tickets.flatMap((ticket) => ticket.lineIds)
    expect(onTickets.toSorted()).toEqual(
      a
        .view()!
        .lines.map((l) => l.id)
        .toSorted(),
    )
  })

  test('[K1] one tap that reaches two devices fires the lines which either of them knew', () => {
    const a = createReplica('A')
    const b = createReplica('B')
    const orderId = TEST_ORDER_ID
    a.run(newOrder([line('burger')]))
    b.receive(a.events())
    b.run({ type: 'addLines', orderId, lines: [line('steak', 1, ['rare']), line('salad')] })
    a.run({ type: 'sendToKitchen', orderId }, 'tap')
    b.run({ type: 'sendToKitchen', orderId }, 'tap')
    const afterA = [...a.events()]
    a.receive(b.events())
    b.receive(afterA)
    expect(a.view()).toEqual(b.view())
    expect(a.view()!.lines.map((l) => l.kitchenStatus)).toEqual(['queued', 'queued', 'queued'])
    expect(a.view()!.tickets.map((ticket) => ticket.lineIds.length)).toEqual([1, 2])
  })

  test('[F2] changed here and voided there: voided', () => {
    const a = createReplica('A')
    const b = createReplica('B')
    a.run(newOrder([line('burger')]))
    b.receive(a.events())
    const lineId = a.view()!.lines[0]!.id
    b.run({ type: 'voidLine', orderId: TEST_ORDER_ID, lineId, reason: null })
    a.run({ type: 'changeDetails', orderId: TEST_ORDER_ID, notes: 'later clock' })
    a.run({ type: 'changeLine', orderId: TEST_ORDER_ID, lineId, quantity: 3 })
    a.receive(b.events())
    expect(a.view()!.lines[0]).toMatchObject({ voided: true, quantity: 3, totalMinor: 0 })
  })

  test('[F2] cancelled here and handed over there: completed', () => {
    const a = createReplica('A')
    const b = createReplica('B')
    const orderId = TEST_ORDER_ID
    a.run(newOrder([line('burger')]))
    a.run({ type: 'sendToKitchen', orderId })
    b.receive(a.events())
    a.run({ type: 'cancelOrder', orderId, reason: 'guest left' })
    b.run({ type: 'startPreparing', orderId })
    b.run({ type: 'markReady', orderId })
    b.run({ type: 'completeOrder', orderId })
    a.receive(b.events())
    expect(a.view()!.status).toBe('completed')
    expect(a.view()!.statusHistory.map((fact) => fact.status)).toContain('cancelled')
  })

  test('[F2] two stations that finish apart make the order ready, and the next command says so', () => {
    const a = createReplica('A')
    const b = createReplica('B')
    const orderId = TEST_ORDER_ID
    a.run(newOrder([line('burger'), line('salad')]))
    a.run({ type: 'sendToKitchen', orderId })
    b.receive(a.events())
    const [cold, grill] = a.view()!.tickets
    a.run({ type: 'bumpTicket', orderId, ticketId: grill!.id })
    b.run({ type: 'bumpTicket', orderId, ticketId: cold!.id })
    expect([a.view()!.status, b.view()!.status]).toEqual(['preparing', 'preparing'])
    a.receive(b.events())
    expect(a.view()!.status).toBe('ready')
    a.run({ type: 'changeDetails', orderId, notes: 'window' })
    expect(Object.values(a.state()!.statuses).map((fact) => fact.value.status)).toContain('ready')
  })

  test('[T2] a clock that is a day ahead does not win against what is done after seeing it', () => {
    const dayAhead = createReplica('A', {}, Date.UTC(2026, 0, 2))
    const right = createReplica('B', {}, Date.UTC(2026, 0, 1))
    const orderId = TEST_ORDER_ID
    dayAhead.run(newOrder([line('burger')]))
    dayAhead.run({ type: 'changeDetails', orderId, table: '7' })
    right.receive(dayAhead.events())
    right.run({ type: 'changeDetails', orderId, table: '8' })
    dayAhead.receive(right.events())
    expect([dayAhead.view()!.table, right.view()!.table]).toEqual(['8', '8'])
  })
})
