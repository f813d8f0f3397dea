import { describe, expect, test } from 'vitest'
import type { OrderCommand } from '../../domain/commands.ts'
import { openConflicts } from '../../domain/conflicts.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { disagree, type Orders } from '../support/disagreement.ts'
import { line, newOrder, TEST_ORDER_ID } from '../support/orders.ts'

/** What two waiters do to the same tables apart, either finger first and each way of meeting. */

const orderId = TEST_ORDER_ID
const MAINS = 3

const send: OrderCommand = { type: 'sendToKitchen', orderId }
const hold: OrderCommand = { type: 'holdCourse', orderId, course: MAINS }
const fire: OrderCommand = { type: 'fireCourse', orderId, course: MAINS }
const add = (itemId: string, course?: number): OrderCommand => ({
  type: 'addLines',
  orderId,
  lines: [{ ...line(itemId), ...(course !== undefined && { course }) }],
})
const toTable = (table: string): OrderCommand => ({ type: 'changeDetails', orderId, table })
const merge = (from: string, toOrderId: string): OrderCommand => ({
  type: 'mergeOrder',
  orderId: from,
  toOrderId,
})
const other = (id: string, itemId: string): OrderCommand =>
  ({ ...newOrder([line(itemId)]), orderId: id }) as OrderCommand
const payAll = (orders: Orders): OrderCommand => ({
  type: 'takePayment',
  orderId,
  method: 'cash',
  amountMinor: orders(orderId).totals.dueMinor,
  tipMinor: 0,
  tenderedMinor: null,
})

const itemsIn = ({ lines }: OrderView): string[] =>
  lines.filter(({ movedTo }) => movedTo === null).map(({ itemId }) => itemId)
const always =
  (...commands: readonly OrderCommand[]) =>
  () =>
    commands

describe.each(['A', 'B'] as const)('%s first', (first) => {
  test('[Q1] [K1] fire a course | fire the same course: each line is cooked once', async () => {
    const met = await disagree({
      setup: [
        newOrder([
          line('salad'),
          { ...line('burger'), course: MAINS },
          { ...line('steak', 1, ['rare']), course: MAINS },
        ]),
        hold,
        send,
      ],
      onA: always(fire),
      onB: always(fire),
      first,
    })
    const order = met.order(orderId)
    expect(order.heldCourses).toEqual([])
    expect(order.lines.every(({ fired }) => fired)).toBe(true)
    expect(order.tickets.map(({ stationId, lineIds }) => [stationId, lineIds.length])).toEqual([
      ['cold', 1],
      ['grill', 2],
    ])
    expect(order.tickets[1]!.firedBy).toBe(`staff:${first}`)
  })

  test('[Q1] fire a course | add to it: what was added waits for no word any more', async () => {
    const met = await disagree({
      setup: [newOrder([line('salad'), { ...line('burger'), course: MAINS }]), hold, send],
      onA: always(fire),
      onB: always(add('salad', MAINS)),
      first,
    })
    expect(met.order(orderId).lines.map(({ fired, held }) => [fired, held])).toEqual([
      [true, false],
      [true, false],
      [false, false],
    ])
    met.runOn(met.devices[2]!, send)
    expect(met.order(orderId).lines.every(({ fired }) => fired)).toBe(true)
  })

  test('[Q1] hold a course | send it: it is with the kitchen, once', async () => {
    const met = await disagree({
      setup: [newOrder([{ ...line('burger'), course: MAINS }])],
      onA: always(hold),
      onB: always(send),
      first,
    })
    const order = met.order(orderId)
    expect([order.heldCourses, order.tickets.length]).toEqual([[], 1])
  })

  test('[F1] [Q2] move an order to table X | move it to table Y: the later clock wins', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')])],
      onA: always(toTable('11')),
      onB: always(toTable('12')),
      first,
    })
    expect(met.order(orderId).table).toBe(first === 'A' ? '12' : '11')
  })

  test('[Q2] merge into X | merge into Y: each line is in one of them, and the order has ended', async () => {
    const met = await disagree({
      setup: [
        newOrder([line('burger'), line('salad')]),
        other('x', 'bottle'),
        other('y', 'bottle'),
      ],
      onA: always(merge(orderId, 'x')),
      onB: always(merge(orderId, 'y')),
      first,
    })
    const [to, from] = first === 'A' ? (['y', 'x'] as const) : (['x', 'y'] as const)
    expect(itemsIn(met.order(to)).toSorted()).toEqual(['bottle', 'burger', 'salad'])
    expect(itemsIn(met.order(from))).toEqual(['bottle'])
    expect(met.order(orderId)).toMatchObject({ status: 'completed', mergedInto: to })
    expect(openConflicts(met.order(orderId).conflicts)).toEqual([])
  })

  test('[Q2] merge | add a line: it stays open with just that', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')]), other('x', 'bottle')],
      onA: always(merge(orderId, 'x')),
      onB: always(add('salad')),
      first,
    })
    const rest = met.order(orderId)
    expect([rest.status, rest.mergedInto, itemsIn(rest)]).toEqual(['pending', null, ['salad']])
    expect(itemsIn(met.order('x')).toSorted()).toEqual(['bottle', 'burger'])
    met.runOn(met.devices[2]!, merge(orderId, 'x'))
    expect(met.order(orderId)).toMatchObject({ status: 'completed', mergedInto: 'x' })
    expect(met.order('x').totals.subtotalMinor).toBe(3_333 + 1_250 + 875)
  })

  test('[Q2] [F4] merge | pay: the food is there, the money here, and it is shown as too much', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')]), other('x', 'bottle')],
      onA: always(merge(orderId, 'x')),
      onB: (orders) => [payAll(orders)],
      first,
    })
    const emptied = met.order(orderId)
    expect(openConflicts(emptied.conflicts).map(({ kind }) => kind)).toEqual(['overpaid'])
    expect([emptied.totals.dueMinor < 0, emptied.mergedInto]).toEqual([true, null])
    expect(itemsIn(met.order('x')).toSorted()).toEqual(['bottle', 'burger'])
  })

  test('[Q2] merge X into Y | merge Y into X: nothing is lost, and both are still open', async () => {
    const met = await disagree({
      setup: [newOrder([line('burger')]), other('x', 'bottle')],
      onA: always(merge(orderId, 'x')),
      onB: always(merge('x', orderId)),
      first,
    })
    expect([itemsIn(met.order(orderId)), itemsIn(met.order('x'))]).toEqual([['bottle'], ['burger']])
    expect([met.order(orderId).status, met.order('x').status]).toEqual(['pending', 'pending'])
  })
})

describe('a merge', () => {
  const setup = [newOrder([line('burger'), { ...line('salad'), course: MAINS }]), hold]
  const nothing = always()

  test('[Q2] is refused where money is on the order, and says what', async () => {
    const met = await disagree({
      setup: [...setup, other('x', 'bottle')],
      onA: nothing,
      onB: nothing,
      first: 'A',
    })
    const [till] = met.devices
    const tryMerge = () => {
      const result = till!.run(merge(orderId, 'x'))
      return result.ok ? null : result.error
    }
    const discount = { kind: 'percent', ratePpm: 100_000 } as const
    met.runOn(till!, { type: 'setDiscount', orderId, discount, reason: 'late' })
    expect(tryMerge()).toMatchObject({ code: 'cannot_merge', because: 'discounted' })
    met.runOn(till!, { type: 'setDiscount', orderId, discount: null, reason: null })
    met.runOn(till!, {
      type: 'sellVoucher',
      orderId,
      voucherId: 'v',
      hint: '7K2M',
      amountMinor: 500,
    })
    expect(tryMerge()).toMatchObject({ code: 'cannot_merge', because: 'voucher_sold' })
    met.runOn(till!, { type: 'withdrawVoucher', orderId, voucherId: 'v' })
    met.runOn(till!, { ...payAll(met.order), amountMinor: 100 } as OrderCommand)
    expect(tryMerge()).toMatchObject({ code: 'cannot_merge', because: 'paid' })
    // The other way round it can be done.
    met.runOn(till!, merge('x', orderId))
    expect(itemsIn(met.order(orderId))).toEqual(['burger', 'salad', 'bottle'])
    expect(met.order('x')).toMatchObject({ status: 'completed', mergedInto: orderId })
  })

  test('[Q2] takes what is held with it, held', async () => {
    const met = await disagree({
      setup: [...setup, other('x', 'bottle')],
      onA: nothing,
      onB: nothing,
      first: 'A',
    })
    met.runOn(met.devices[0]!, merge(orderId, 'x'))
    expect(met.order('x').heldCourses).toEqual([MAINS])
    expect(met.order(orderId).totals.totalMinor).toBe(0)
    expect(met.order(orderId).statusHistory.at(-1)).toMatchObject({
      status: 'completed',
      reason: 'merged',
    })
  })
})
