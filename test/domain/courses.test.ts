import { describe, expect, test } from 'vitest'
import type { OrderCommand } from '../../domain/commands.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { createReplica, line, newOrder, TEST_ORDER_ID, type Replica } from '../support/orders.ts'

const orderId = TEST_ORDER_ID

const STARTERS = 2
const MAINS = 3
const hold = (course: number): OrderCommand => ({ type: 'holdCourse', orderId, course })
const fire = (course: number): OrderCommand => ({ type: 'fireCourse', orderId, course })
const send: OrderCommand = { type: 'sendToKitchen', orderId }
const of = (course: number, itemId: string, seat?: number) => ({
  ...line(itemId),
  course,
  ...(seat !== undefined && { seat }),
})

function take(replica: Replica, ...commands: readonly OrderCommand[]): OrderView {
  for (const command of commands) {
    const result = replica.run(command)
    if (!result.ok) throw new Error(`${command.type}: ${JSON.stringify(result.error)}`)
  }
  return replica.view()!
}

const refusalOf = (replica: Replica, command: OrderCommand): string | null => {
  const result = replica.run(command)
  return result.ok ? null : result.error.code
}

const itemsSent = ({ lines }: OrderView): string[] =>
  lines.filter(({ fired }) => fired).map(({ itemId }) => itemId)

/** A bottle for the table, a starter, and mains for two. */
const dinner = (): OrderCommand =>
  newOrder([
    line('bottle'),
    of(STARTERS, 'salad', 1),
    of(MAINS, 'burger', 1),
    { ...of(MAINS, 'steak', 2), modifierIds: ['rare'] },
  ])

describe('courses', () => {
  test('[Q1] what is held waits while everything else is sent, until it is fired', () => {
    const till = createReplica('A')
    const held = take(till, dinner(), hold(MAINS), send)
    expect(itemsSent(held)).toEqual(['bottle', 'salad'])
    expect(held.heldCourses).toEqual([MAINS])
    expect(held.lines.map((l) => [l.seat, l.course, l.held])).toEqual([
      [null, null, false],
      [1, STARTERS, false],
      [1, MAINS, true],
      [2, MAINS, true],
    ])
    const fired = take(till, fire(MAINS))
    expect(fired.heldCourses).toEqual([])
    expect(itemsSent(fired)).toHaveLength(4)
    expect(fired.tickets.map(({ stationId, firingNumber }) => [stationId, firingNumber])).toEqual([
      ['cold', 1],
      ['grill', 2],
    ])
    expect(fired.totals.subtotalMinor).toBe(held.totals.subtotalMinor)
    // Firing it again cooks nothing twice, and says nothing.
    const events = till.events().length
    take(till, fire(MAINS))
    expect(till.events()).toHaveLength(events)
  })

  test('[Q1] an order of which a course waits is not ready, whoever says so', () => {
    const till = createReplica('A')
    take(till, dinner(), hold(MAINS), send, { type: 'startPreparing', orderId })
    const made = take(till, { type: 'markReady', orderId })
    expect(made.lines.map(({ kitchenStatus }) => kitchenStatus)).toEqual([
      'none',
      'ready',
      'new',
      'new',
    ])
    expect(made.status).toBe('preparing')
    const done = take(till, fire(MAINS), { type: 'markReady', orderId })
    expect(done.status).toBe('ready')
  })

  test('[Q1] what is added to a held course waits too; a course that is fired takes no hold back', () => {
    const till = createReplica('A')
    take(till, dinner(), hold(MAINS), send)
    const more = take(till, { type: 'addLines', orderId, lines: [of(MAINS, 'salad')] }, send)
    expect(more.lines.at(-1)).toMatchObject({ held: true, fired: false })
    take(till, fire(MAINS))
    expect(refusalOf(till, hold(MAINS))).toBe('course_already_sent')
    const later = take(till, { type: 'addLines', orderId, lines: [of(MAINS, 'salad')] }, send)
    expect(later.lines.at(-1)).toMatchObject({ held: false, fired: true })
  })

  test('[Q1] a course is fired alone, and a channel that is paid first is paid first', () => {
    const till = createReplica('A')
    const starters = take(till, dinner(), fire(STARTERS))
    expect(starters.status).toBe('confirmed')
    expect(itemsSent(starters)).toEqual(['salad'])
    expect(refusalOf(till, fire(7))).toBe('empty_course')
    expect(refusalOf(till, hold(7))).toBe('empty_course')

    const online = createReplica('A')
    take(online, { ...dinner(), channel: 'online' } as OrderCommand)
    expect(refusalOf(online, fire(MAINS))).toBe('payment_required')
  })

  test('[Q1] the seat of a line that was sent can be changed, its course cannot', () => {
    const till = createReplica('A')
    const { lines } = take(till, dinner(), send)
    const lineId = lines[2]!.id
    const change = (of: { seat?: number | null; course?: number | null }): OrderCommand => ({
      type: 'changeLine',
      orderId,
      lineId,
      ...of,
    })
    expect(take(till, change({ seat: 4 })).lines[2]).toMatchObject({ seat: 4, course: MAINS })
    expect(take(till, change({ seat: null })).lines[2]!.seat).toBeNull()
    expect(refusalOf(till, change({ course: STARTERS }))).toBe('line_already_sent')
  })

  test('[Q1] paying a pending order sends what is not held', () => {
    const till = createReplica('A')
    const { totals } = take(till, dinner(), hold(MAINS))
    const paid = take(till, {
      type: 'takePayment',
      orderId,
      method: 'cash',
      amountMinor: totals.dueMinor,
      tipMinor: 0,
      tenderedMinor: null,
    })
    expect([paid.status, itemsSent(paid)]).toEqual(['confirmed', ['bottle', 'salad']])
  })
})
