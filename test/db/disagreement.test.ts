import { describe, expect, test } from 'vitest'
import { createOrderHistory } from '../../main/api/order-history.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import { openConflicts } from '../../domain/conflicts.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { openTestDevice, sendAll } from '../support/devices.ts'
import { disagree, type Orders } from '../support/disagreement.ts'
import { line, newOrder, TEST_ORDER_ID } from '../support/orders.ts'

/**
 * The table at the end of the design, row by row: either finger first, and each way of meeting, with
 * repeats (see `disagree`). Stock, and so the last portion, is not in the program yet.
 */

const orderId = TEST_ORDER_ID

const send: OrderCommand = { type: 'sendToKitchen', orderId }
const prepare: OrderCommand = { type: 'startPreparing', orderId }
const ready: OrderCommand = { type: 'markReady', orderId }
const complete: OrderCommand = { type: 'completeOrder', orderId }
const cancel: OrderCommand = { type: 'cancelOrder', orderId, reason: 'guest left' }
const add = (itemId: string): OrderCommand => ({ type: 'addLines', orderId, lines: [line(itemId)] })
const change = (order: OrderView, quantity: number): OrderCommand => ({
  type: 'changeLine',
  orderId,
  lineId: order.lines[0]!.id,
  quantity,
})
const payAll = (order: OrderView): OrderCommand => ({
  type: 'takePayment',
  orderId,
  method: 'cash',
  amountMinor: order.totals.dueMinor,
  tipMinor: 0,
  tenderedMinor: null,
})
const settle = (
  kind: Extract<OrderCommand, { type: 'settleConflict' }>['kind'],
  resolution: 'kept' | 'written_off',
): OrderCommand => ({ type: 'settleConflict', orderId, kind, resolution, note: null })

const always = (command: OrderCommand) => () => [command]
const onOrder = (command: (order: OrderView) => OrderCommand) => (orders: Orders) => [
  command(orders(orderId)),
]
const openKinds = (order: OrderView): string[] =>
  openConflicts(order.conflicts).map(({ kind }) => kind)

describe.each(['A', 'B'] as const)('%s first', (first) => {
  test('[F1] add a line | add a line: both lines, in clock order', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')])],
      onA: always(add('salad')),
      onB: always(add('bottle')),
      first,
    })
    const { lines, totals } = met.order(orderId)
    const added = first === 'A' ? ['salad', 'bottle'] : ['bottle', 'salad']
    expect(lines.map(({ itemId }) => itemId)).toEqual(['burger', ...added])
    expect(totals.subtotalMinor).toBe(1_250 + 875 + 3_333)
  })

  test('[F1] change a quantity | change it too: the later clock wins, the history shows both', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')])],
      onA: onOrder((order) => change(order, 3)),
      onB: onOrder((order) => change(order, 5)),
      first,
    })
    const order = met.order(orderId)
    const inOrder = first === 'A' ? [3, 5] : [5, 3]
    expect(order.lines[0]?.quantity).toBe(inOrder[1])
    for (const { connection } of met.devices) {
      const changes = createOrderHistory(connection)(order)
        .toSorted((a, b) => Number(a.sortKey[0]) - Number(b.sortKey[0]))
        .map(({ event }) => event)
        .filter(({ type }) => type === 'order.line_changed')
      expect(changes.map(({ data }) => data['quantity'])).toEqual(inOrder)
      expect(new Set(changes.map(({ actor }) => actor))).toEqual(new Set(['staff:A', 'staff:B']))
    }
  })

  test('[F1] change a line | void it: voided', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger'), line('salad')])],
      onA: onOrder((order) => change(order, 4)),
      onB: onOrder(({ lines }) => ({
        type: 'voidLine',
        orderId,
        lineId: lines[0]!.id,
        reason: 'wrong',
      })),
      first,
    })
    const { lines, totals } = met.order(orderId)
    expect(lines[0]).toMatchObject({ voided: true, voidReason: 'wrong', totalMinor: 0 })
    expect(totals.subtotalMinor).toBe(875)
  })

  test('[F2] [F4] cancel | mark ready: cancelled, and what was cooked is shown as waste', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger', 2), line('bottle')]), send, prepare],
      onA: always(cancel),
      onB: always(ready),
      first,
    })
    const order = met.order(orderId)
    expect(order.status).toBe('cancelled')
    const [burger] = order.lines
    expect(openConflicts(order.conflicts)).toMatchObject([
      {
        kind: 'cooked_after_cancel',
        facts: [`${burger!.id}=ready`],
        amountMinor: 2_500,
      },
    ])
    const whats = order.conflicts[0]!.sides.map(({ what, actor }) => `${what} ${actor}`)
    const sides = ['cancelled staff:A', 'ready staff:B']
    expect(whats).toEqual(first === 'A' ? sides : sides.toReversed())

    met.runOn(met.devices[2]!, settle('cooked_after_cancel', 'written_off'))
    expect(met.order(orderId).conflicts).toMatchObject([
      { kind: 'cooked_after_cancel', settled: { resolution: 'written_off', actor: 'staff:X' } },
    ])
  })

  test('[F2] [F4] cancel | hand over: completed, and a manager is asked', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')]), send, prepare],
      onA: always(cancel),
      onB: () => [ready, complete],
      first,
    })
    const order = met.order(orderId)
    expect(order.status).toBe('completed')
    expect(openKinds(order)).toEqual(['handed_over_after_cancel'])
    const whats = order.conflicts[0]!.sides.map(({ what }) => what)
    expect(whats.toSorted()).toEqual(['cancelled', 'completed'])

    met.runOn(met.devices[3]!, settle('handed_over_after_cancel', 'kept'))
    expect(openKinds(met.order(orderId))).toEqual([])
    expect(met.order(orderId).status).toBe('completed')
  })

  test('[F2] [F4] take payment | take payment: both stand, and the difference is to be refunded', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')])],
      onA: onOrder(payAll),
      onB: onOrder(payAll),
      first,
    })
    const order = met.order(orderId)
    const { totalMinor, dueMinor, paidMinor } = order.totals
    expect(order.payments.map(({ amountMinor }) => amountMinor)).toEqual([totalMinor, totalMinor])
    expect({ dueMinor, paidMinor }).toEqual({ dueMinor: -totalMinor, paidMinor: 2 * totalMinor })
    expect(openConflicts(order.conflicts)).toMatchObject([
      { kind: 'overpaid', amountMinor: totalMinor, sides: [{ what: 'paid' }, { what: 'paid' }] },
    ])
    // Paying sent it to the kitchen from both tills: it is cooked once.
    expect(order.tickets).toHaveLength(1)

    met.runOn(met.devices[1]!, {
      type: 'refundPayment',
      orderId,
      paymentId: order.payments[1]!.id,
      amountMinor: totalMinor,
      reason: 'Paid twice',
    })
    expect(met.order(orderId).conflicts).toEqual([])
  })

  test('[F2] [F4] cancel | take payment: cancelled, and the money is to be given back', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')]), send],
      onA: always(cancel),
      onB: onOrder(payAll),
      first,
    })
    const order = met.order(orderId)
    expect(order.status).toBe('cancelled')
    const { paidMinor } = order.totals
    expect(openConflicts(order.conflicts)).toMatchObject([
      { kind: 'paid_after_cancel', amountMinor: paidMinor },
    ])
    met.runOn(met.devices[0]!, {
      type: 'refundPayment',
      orderId,
      paymentId: order.payments[0]!.id,
      amountMinor: paidMinor,
      reason: 'Cancelled',
    })
    expect(met.order(orderId).conflicts).toEqual([])
  })

  test('[F1] [K1] fire a course | fire the same course: a line is cooked once', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger'), line('salad')])],
      onA: always(send),
      onB: always(send),
      first,
    })
    const order = met.order(orderId)
    expect(order.tickets.map(({ stationId, lineIds }) => [stationId, lineIds.length])).toEqual([
      ['cold', 1],
      ['grill', 1],
    ])
    expect(new Set(order.tickets.map(({ firedBy }) => firedBy))).toEqual(
      new Set([`staff:${first}`]),
    )
    expect(order.lines.map(({ kitchenStatus }) => kitchenStatus)).toEqual(['queued', 'queued'])
  })

  test('[F1] [K1] fire a course | fire more than it: only the rest is on the later ticket', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')])],
      onA: always(send),
      onB: () => [add('salad'), send],
      first,
    })
    const order = met.order(orderId)
    const fired = order.tickets.flatMap(({ lineIds }) => lineIds)
    expect(fired.toSorted()).toEqual(order.lines.map(({ id }) => id).toSorted())
    const burgerTicket = order.tickets.find(({ stationId }) => stationId === 'grill')
    expect(burgerTicket?.firedBy).toBe(`staff:${first}`)
  })
})

describe('settling', () => {
  test('[F4] two managers settle apart: both say so in the log, the earlier one counts everywhere', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')]), send, prepare],
      onA: always(cancel),
      onB: always(ready),
      first: 'A',
    })
    const [a, b, x] = met.devices
    a!.run(settle('cooked_after_cancel', 'kept'))
    b!.run(settle('cooked_after_cancel', 'written_off'))
    sendAll(b!.store, x!.store)
    expect(x!.store.order(orderId)?.conflicts[0]?.settled?.resolution).toBe('written_off')
    for (const [from, to] of [
      [a, x],
      [a, b],
      [b, a],
    ] as const)
      sendAll(from!.store, to!.store)
    for (const { store } of [a!, b!, x!]) {
      expect(store.order(orderId)?.conflicts[0]?.settled).toMatchObject({
        resolution: 'kept',
        actor: 'staff:A',
      })
    }
  })

  test('[F4] paid once more after it was settled: it is back', async () => {
    const tills = await Promise.all(['A', 'B', 'C'].map((name) => openTestDevice(name)))
    const [a, b, c] = tills
    a!.run(newOrder([line('burger')]))
    for (const other of [b!, c!]) sendAll(a!.store, other.store)
    for (const till of tills) till.run(payAll(till.store.order(orderId)!))
    sendAll(b!.store, a!.store)
    a!.run(settle('overpaid', 'kept'))
    expect(openKinds(a!.store.order(orderId)!)).toEqual([])
    expect(a!.store.health().conflicts).toBe(0)

    sendAll(c!.store, a!.store)
    sendAll(a!.store, c!.store)
    const { totalMinor } = a!.store.order(orderId)!.totals
    for (const till of [a!, c!]) {
      expect(openConflicts(till.store.order(orderId)!.conflicts)).toMatchObject([
        { kind: 'overpaid', amountMinor: 2 * totalMinor },
      ])
      expect(till.store.health().conflicts).toBe(1)
    }
    // The third payment goes back: what is left is what the manager has settled already.
    const [, , third] = a!.store.order(orderId)!.payments
    const refund = { type: 'refundPayment', orderId, paymentId: third!.id } as const
    a!.run({ ...refund, amountMinor: totalMinor, reason: 'Paid again' })
    expect(openKinds(a!.store.order(orderId)!)).toEqual([])
  })

  test('[F4] who cancels what the kitchen is known to have begun has settled that already', async () => {
    const a = await openTestDevice('A')
    for (const command of [newOrder([line('burger')]), send, prepare, cancel]) {
      expect(a.run(command)).toMatchObject({ ok: true })
    }
    expect(a.store.order(orderId)).toMatchObject({ status: 'cancelled', conflicts: [] })
  })

  test('[F4] what is not there, what was seen otherwise and what does not settle it are refused', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')]), send, prepare],
      onA: always(cancel),
      onB: always(ready),
      first: 'A',
    })
    const [a] = met.devices
    const cooked = settle('cooked_after_cancel', 'kept')
    expect(a!.run(settle('overpaid', 'kept'))).toMatchObject({
      ok: false,
      error: { code: 'conflict_not_found', kind: 'overpaid' },
    })
    expect(a!.run({ ...cooked, facts: ['burger=preparing'] } as OrderCommand)).toMatchObject({
      ok: false,
      error: { code: 'conflict_changed' },
    })
    const { facts } = met.order(orderId).conflicts[0]!
    expect(a!.run({ ...cooked, facts } as OrderCommand).ok).toBe(true)
    expect(a!.run(cooked)).toMatchObject({ ok: false, error: { code: 'conflict_not_found' } })
  })
})
