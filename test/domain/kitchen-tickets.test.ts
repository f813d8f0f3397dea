import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countAllDay, markOn, toMakeOn } from '../../domain/all-day.ts'
import { catalogFaults } from '../../domain/catalog-faults.ts'
import { emptyOrder, evolve } from '../../domain/evolve.ts'
import { isOnTicket } from '../../domain/order-parts.ts'
import { viewOrder, type OrderView } from '../../domain/order-view.ts'
import { canonical } from '../support/order-stories.ts'
import {
  createReplica,
  line,
  newOrder,
  smallCatalog,
  TEST_ORDER_ID as orderId,
  type Replica,
  type StampedEvent,
} from '../support/orders.ts'

const HOUR_MS = 3_600_000
const T0 = Date.UTC(2026, 0, 1)

/** Salads are made at the cold station; the grill makes a part of them, or is told of them. */
function withSecondStation(as: 'make' | 'show', also: { readonly categoryIds?: boolean } = {}) {
  const catalog = smallCatalog()
  const timers = { warnAfterSeconds: 60, lateAfterSeconds: 90 }
  catalog.station.set('cold', { name: 'Cold', position: 0, ...timers })
  catalog.category.set('all', { name: 'All', position: 0, color: 'red' })
  const ids = also.categoryIds ? ['all'] : ['salad']
  const member = `also${as === 'make' ? 'Makes' : 'Shows'}${also.categoryIds ? 'Category' : 'Item'}Ids`
  catalog.station.set('grill', { name: 'Grill', position: 1, ...timers, [member]: ids })
  return catalog
}

function sent(replica: Replica, ...items: readonly string[]): OrderView {
  const created = replica.run(newOrder(items.map((item) => line(item))))
  if (!created.ok) throw new Error(JSON.stringify(created.error))
  return done(replica, { type: 'sendToKitchen', orderId })
}

function done(replica: Replica, command: Parameters<Replica['run']>[0]): OrderView {
  const result = replica.run(command)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return replica.view()!
}

/** The view of all that several devices wrote, and of the same in every order that is tried. */
function inAnyOrder(...replicas: readonly Replica[]): OrderView {
  const events = [
    ...new Map(
      replicas
        .flatMap((replica) => replica.events())
        .map((one) => [`${one.meta.origin}/${one.meta.clock}/${one.meta.index}`, one]),
    ).values(),
  ]
  const fold = (some: readonly StampedEvent[]) =>
    viewOrder(
      some.reduce((state, { event, meta }) => evolve(state, event, meta), emptyOrder(orderId)),
      [],
    )
  const expected = fold(events)
  fc.assert(
    fc.property(
      fc.shuffledSubarray(events, { minLength: events.length }),
      fc.shuffledSubarray(events),
      (shuffled, repeats) => {
        expect(canonical(fold([...shuffled, ...repeats]))).toBe(canonical(expected))
      },
    ),
    { numRuns: 30, seed: 6 },
  )
  return expected!
}

const pair = (startMs = T0): [Replica, Replica] => [
  createReplica('A', {}, T0),
  createReplica('B', {}, startMs),
]

const ticketOf = (order: OrderView, stationId: string) =>
  order.tickets.find((ticket) => ticket.stationId === stationId)!

describe('a second station', () => {
  test('[K4] makes its own part: the line is ready when both are, and the order with it', () => {
    const replica = createReplica('A', { catalog: withSecondStation('make') })
    const order = sent(replica, 'salad', 'burger')
    expect(order.tickets.map(({ stationId, lineIds }) => [stationId, lineIds.length])).toEqual([
      ['cold', 1],
      ['grill', 2],
    ])
    const grill = ticketOf(order, 'grill')
    const afterGrill = done(replica, { type: 'bumpTicket', orderId, ticketId: grill.id })
    const [salad, burger] = afterGrill.lines
    expect([salad!.kitchenStatus, burger!.kitchenStatus]).toEqual(['preparing', 'ready'])
    expect([markOn(salad!, grill.id), markOn(salad!, ticketOf(order, 'cold').id)]).toEqual([
      'ready',
      'queued',
    ])
    expect(afterGrill.status).toBe('preparing')
    const cold = ticketOf(order, 'cold').id
    expect(done(replica, { type: 'bumpTicket', orderId, ticketId: cold }).status).toBe('ready')
    const recalled = done(replica, { type: 'recallTicket', orderId, ticketId: grill.id })
    expect(recalled.lines.map((one) => one.kitchenStatus)).toEqual(['preparing', 'preparing'])
  })

  test('[K4] is told only: what it is shown keeps nothing from being ready', () => {
    const replica = createReplica('A', { catalog: withSecondStation('show') })
    const order = sent(replica, 'salad')
    expect(order.tickets.map(({ stationId }) => stationId)).toEqual(['cold', 'grill'])
    const ticketId = ticketOf(order, 'cold').id
    expect(done(replica, { type: 'bumpTicket', orderId, ticketId }).status).toBe('ready')
    const grill = ticketOf(order, 'grill').id
    const read = done(replica, { type: 'bumpTicket', orderId, ticketId: grill })
    expect(read.lines[0]).toMatchObject({ kitchenStatus: 'ready' })
  })

  test('[K1] [K4] two devices fire apart: one ticket a firing and station, whatever it is for', () => {
    const catalog = withSecondStation('make', { categoryIds: true })
    const [a, b] = [createReplica('A', { catalog }), createReplica('B', { catalog }, T0 + HOUR_MS)]
    const created = a.run(newOrder([line('salad'), line('burger')]))
    expect(created.ok).toBe(true)
    b.receive(a.events())
    done(a, { type: 'sendToKitchen', orderId })
    done(b, { type: 'sendToKitchen', orderId })
    const order = inAnyOrder(a, b)
    const keys = order.tickets.map(({ id, stationId }) => [id, stationId].join())
    expect(new Set(keys).size).toBe(keys.length)
    expect(order.tickets.map(({ stationId }) => stationId)).toEqual(['cold', 'grill'])
    expect(order.tickets.map(({ lineIds }) => lineIds.length)).toEqual([1, 2])
  })

  test('[K4] two stations finish apart: together the line is ready, in whichever order it is heard', () => {
    const catalog = withSecondStation('make')
    const [a, b] = [createReplica('A', { catalog }), createReplica('B', { catalog }, T0 - HOUR_MS)]
    const order = sent(a, 'salad')
    b.receive(a.events())
    done(a, { type: 'bumpTicket', orderId, ticketId: ticketOf(order, 'cold').id })
    done(b, { type: 'bumpTicket', orderId, ticketId: ticketOf(order, 'grill').id })
    expect([a.view()!.status, b.view()!.status]).toEqual(['preparing', 'preparing'])
    const met = inAnyOrder(a, b)
    expect(met.lines[0]).toMatchObject({ kitchenStatus: 'ready' })
    expect(met.status).toBe('ready')
  })

  test('[K4] an expo makes nothing, and a station is told of what is there', () => {
    const catalog = withSecondStation('show')
    expect(catalogFaults(catalog).filter(({ message }) => message.includes('expo'))).toEqual([])
    catalog.station.set('cold', { ...catalog.station.get('cold')!, kind: 'expo' })
    catalog.menu_item.delete('salad')
    const before = catalogFaults(catalog).map(({ message }) => message)
    expect(before).toContain('The station grill needs the menu item salad, which is not there')
    catalog.menu_item.set('soup', { ...smallCatalog().menu_item.get('salad')!, name: 'Soup' })
    expect(catalogFaults(catalog).map(({ message }) => message)).toContain(
      'The menu item soup is made at cold, which is an expo and makes nothing',
    )
  })
})

describe('rush and handing out', () => {
  test('[K5] the later of rush and no rush counts, in whichever order they arrive', () => {
    const [a, b] = pair(T0 + HOUR_MS)
    sent(a, 'burger', 'salad')
    b.receive(a.events())
    done(a, { type: 'rushTickets', orderId, rush: true })
    done(b, { type: 'rushTickets', orderId, rush: true })
    done(b, { type: 'rushTickets', orderId, rush: false })
    expect(a.view()!.tickets.every(({ rushedAt }) => rushedAt !== null)).toBe(true)
    const met = inAnyOrder(a, b)
    expect(met.tickets.map(({ rushedAt }) => rushedAt)).toEqual([null, null])
  })

  test('[K5] what is rushed is what is there now: an add-on is not', () => {
    const [a] = pair()
    sent(a, 'burger')
    done(a, { type: 'rushTickets', orderId, rush: true })
    done(a, { type: 'addLines', orderId, lines: [line('steak', 1, ['rare'])] })
    const order = done(a, { type: 'sendToKitchen', orderId })
    expect(order.tickets.map(({ rushedAt }) => rushedAt !== null)).toEqual([true, false])
  })

  test('[K6] only what is made is handed out; a paid order is complete with its last ticket', () => {
    const [a] = pair()
    const order = sent(a, 'burger', 'salad')
    const [cold, grill] = [ticketOf(order, 'cold').id, ticketOf(order, 'grill').id]
    done(a, { type: 'bumpTicket', orderId, ticketId: grill })
    expect(a.run({ type: 'handTickets', orderId, handed: true, ticketIds: [cold] })).toMatchObject({
      ok: false,
      error: { code: 'ticket_not_made' },
    })
    const part = done(a, { type: 'handTickets', orderId, handed: true })
    expect(part.tickets.map(({ handedAt }) => handedAt !== null)).toEqual([false, true])
    done(a, { type: 'bumpTicket', orderId, ticketId: cold })
    const unpaid = done(a, { type: 'handTickets', orderId, handed: true })
    expect([unpaid.status, unpaid.tickets.every(({ handedAt }) => handedAt !== null)]).toEqual([
      'ready',
      true,
    ])
    const back = done(a, { type: 'recallTicket', orderId, ticketId: cold })
    expect(ticketOf(back, 'cold')).toMatchObject({ bumped: false, handedAt: null })
  })

  test.each([
    ['takeout', 'completed'],
    ['delivery', 'ready'],
  ] as const)('[K6] the last of a paid %s order is out: %s', (channel, status) => {
    const [a] = pair()
    expect(a.run({ ...newOrder([line('burger')]), channel } as never).ok).toBe(true)
    const amountMinor = a.view()!.totals.dueMinor
    const cash = { method: 'cash', amountMinor, tipMinor: 0, tenderedMinor: null } as const
    const order = done(a, { type: 'takePayment', orderId, ...cash })
    done(a, { type: 'bumpTicket', orderId, ticketId: order.tickets[0]!.id })
    expect(done(a, { type: 'handTickets', orderId, handed: true }).status).toBe(status)
  })

  test('[K6] handed out here, recalled there: the later word counts', () => {
    const [a, b] = pair(T0 + HOUR_MS)
    const order = sent(a, 'burger')
    const ticketId = order.tickets[0]!.id
    done(a, { type: 'bumpTicket', orderId, ticketId })
    b.receive(a.events())
    done(a, { type: 'handTickets', orderId, handed: true })
    done(b, { type: 'recallTicket', orderId, ticketId })
    const met = inAnyOrder(a, b)
    // B did not know that it had left; it left all the same, and that is shown.
    expect(met.tickets[0]).toMatchObject({ bumped: false })
    expect(met.tickets[0]!.handedAt).not.toBeNull()
  })
})

describe('what changes on a ticket', () => {
  test('[K7] a line that is voided is a change until the cook acknowledges it', () => {
    const [a] = pair()
    const order = sent(a, 'burger', 'burger')
    const ticketId = order.tickets[0]!.id
    const lineId = order.lines[0]!.id
    done(a, { type: 'seeTickets', orderId, ticketIds: [ticketId], deviceId: 'k' })
    const voided = done(a, { type: 'voidLine', orderId, lineId, reason: 'mind changed' })
    expect(voided.tickets[0]!.changes).toMatchObject([{ kind: 'voided', lineId }])
    expect(voided.tickets[0]!.lineIds).toContain(lineId)
    const read = done(a, { type: 'seeChanges', orderId, ticketId })
    expect(read.tickets[0]!.changes).toBeUndefined()
  })

  test.each([
    ['the change is the earlier one', -HOUR_MS],
    ['the change is the later one', HOUR_MS],
  ])(
    '[K7] sent on one till while another changes it, apart: the cook is told what it was (%s)',
    (_, skewMs) => {
      const [a, b] = pair(T0 + skewMs)
      const created = a.run(newOrder([line('burger')]))
      expect(created.ok).toBe(true)
      b.receive(a.events())
      const lineId = a.view()!.lines[0]!.id
      const ticketId = done(a, { type: 'sendToKitchen', orderId }).tickets[0]!.id
      done(a, { type: 'seeTickets', orderId, ticketIds: [ticketId], deviceId: 'k' })
      done(b, { type: 'changeLine', orderId, lineId, quantity: 3, modifierIds: ['no_onions'] })
      const met = inAnyOrder(a, b)
      expect(met.lines[0]).toMatchObject({ quantity: 3 })
      expect(met.tickets[0]!.changes).toMatchObject([
        { kind: 'changed', lineId, was: { quantity: 1, modifiers: [] } },
      ])
      // An acknowledgement covers what was read, and never what came meanwhile.
      a.receive(b.events().filter(({ meta }) => meta.origin === 'B'))
      done(a, { type: 'seeChanges', orderId, ticketId })
      done(b, { type: 'changeLine', orderId, lineId, quantity: 4 })
      const later = inAnyOrder(a, b)
      expect(later.tickets[0]!.changes).toMatchObject([{ was: { quantity: 3 } }])
    },
  )

  test('[K7] what a till had changed before it sent is no change; nor is what a screen shows first', () => {
    const [a, b] = pair()
    const created = a.run(newOrder([line('burger')]))
    expect(created.ok).toBe(true)
    const lineId = a.view()!.lines[0]!.id
    done(a, { type: 'changeLine', orderId, lineId, quantity: 2 })
    b.receive(a.events())
    done(b, { type: 'changeLine', orderId, lineId, quantity: 5 })
    a.receive(b.events().filter(({ meta }) => meta.origin === 'B'))
    const order = done(a, { type: 'sendToKitchen', orderId })
    const ticket = order.tickets[0]!
    expect(ticket.changes).toHaveLength(1)
    const shown = done(a, {
      type: 'seeTickets',
      orderId,
      ticketIds: [ticket.id],
      deviceId: 'k',
    })
    expect(shown.tickets[0]!.changes).toBeUndefined()
  })

  test('[K7] bumping a ticket acknowledges what it shows, and a change after that brings it back', () => {
    const [a, b] = pair(T0 + HOUR_MS)
    const created = a.run(newOrder([line('burger')]))
    expect(created.ok).toBe(true)
    b.receive(a.events())
    const ticketId = done(a, { type: 'sendToKitchen', orderId }).tickets[0]!.id
    done(a, { type: 'bumpTicket', orderId, ticketId })
    const lineId = a.view()!.lines[0]!.id
    done(b, { type: 'changeLine', orderId, lineId, quantity: 2 })
    a.receive(b.events().filter(({ meta }) => meta.origin === 'B'))
    expect(a.view()!.tickets[0]).toMatchObject({ bumped: true, changes: [{ kind: 'changed' }] })
    const bumped = done(a, { type: 'bumpTicket', orderId, ticketId })
    expect(bumped.tickets[0]!.changes).toBeUndefined()
    inAnyOrder(a, b)
  })
})

test('[K8] all-day counts what is still to be made, at the stations that make it', () => {
  const catalog = withSecondStation('make')
  const replica = createReplica('A', { catalog })
  expect(replica.run(newOrder([line('burger', 2, ['no_onions']), line('salad', 3)])).ok).toBe(true)
  const order = done(replica, { type: 'sendToKitchen', orderId })
  const counted = (one: OrderView, stationId: string | null) =>
    countAllDay(
      one.tickets
        .filter((ticket) => stationId === null || ticket.stationId === stationId)
        .flatMap((ticket) =>
          toMakeOn(
            one,
            ticket,
            one.lines.filter((each) => isOnTicket(each, ticket.id)),
          ),
        ),
    ).map(({ itemId, quantity, modifiers }) => [itemId, quantity, ...modifiers.map((m) => m.name)])
  expect(counted(order, 'cold')).toEqual([['salad', 3]])
  expect(counted(order, 'grill')).toEqual([
    ['salad', 3],
    ['burger', 2, 'No onions'],
  ])
  const burger = order.lines[0]!.id
  const marked = done(replica, { type: 'markLines', orderId, lineIds: [burger], mark: 'ready' })
  expect(counted(marked, 'grill')).toEqual([['salad', 3]])
  const cancelled = done(replica, { type: 'cancelOrder', orderId, reason: 'left' })
  expect(counted(cancelled, null)).toEqual([])
})
