import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Pacing } from '../../domain/pacing-record.ts'
import type { OrderCommand, OrderCommandOf } from '../../domain/commands.ts'
import {
  kitchenAtMs,
  nextFreeMs,
  SLOT_MS,
  slotOf,
  soonestMs,
  USUAL_PACING,
  type PromisedOrder,
} from '../../domain/pacing.ts'
import { createReplica, smallCatalog, TEST_ORDER_ID } from '../support/orders.ts'

const NOON = Date.UTC(2026, 0, 1, 12)
const MINUTE = 60_000

const catalogWith = (pacing: Partial<Pacing>) => ({
  ...smallCatalog(),
  pacing: new Map([['store', { ...USUAL_PACING, ...pacing }]]),
})

const promised = fc.array(
  fc.record({
    orderId: fc.uuid(),
    promisedMs: fc.integer({ min: NOON, max: NOON + 8 * SLOT_MS }),
    items: fc.integer({ min: 1, max: 20 }),
  }),
  { maxLength: 30 },
)

test('[Q2] a quarter of an hour that is proposed has room, and no earlier one had', () => {
  fc.assert(
    fc.property(
      promised,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: NOON, max: NOON + 4 * SLOT_MS }),
      fc.integer({ min: 1, max: 20 }),
      (orders, maxOrders, maxItems, fromMs, items) => {
        const pacing = { ...USUAL_PACING, maxOrders, maxItems }
        const free = nextFreeMs(fromMs, { id: null, items }, orders, pacing)
        if (free === null) throw new Error('within a day there is always room in this story')
        const hasRoom = (slotMs: number) => {
          const held = orders.filter((order) => slotOf(order.promisedMs) === slotMs)
          const total = held.reduce((sum, order) => sum + order.items, items)
          return held.length === 0 || (held.length < maxOrders && total <= maxItems)
        }
        expect(free).toBeGreaterThanOrEqual(fromMs)
        expect(hasRoom(slotOf(free))).toBe(true)
        for (let slot = slotOf(fromMs); slot < slotOf(free); slot += SLOT_MS) {
          expect(hasRoom(slot)).toBe(false)
        }
      },
    ),
  )
})

test('[Q1] what a guest is told grows with the queue and the way, and ends in a round minute', () => {
  const pacing = { ...USUAL_PACING, prepMinutes: 15, deliveryMinutes: 20, queueMinutes: 2 }
  expect(soonestMs(NOON + 1, 'takeout', 0, pacing)).toBe(NOON + 20 * MINUTE)
  expect(soonestMs(NOON, 'takeout', 0, pacing)).toBe(NOON + 15 * MINUTE)
  expect(soonestMs(NOON, 'takeout', 5, pacing)).toBe(NOON + 25 * MINUTE)
  expect(soonestMs(NOON, 'delivery', 5, pacing)).toBe(NOON + 45 * MINUTE)
})

const held = (minutes: number[]): PromisedOrder[] =>
  minutes.map((minute, place) => ({
    orderId: `other-${place}`,
    promisedMs: NOON + minute * MINUTE,
    items: 2,
  }))

const takeout = (more: Partial<OrderCommandOf<'createOrder'>> = {}): OrderCommand => ({
  type: 'createOrder',
  orderId: TEST_ORDER_ID,
  channel: 'takeout',
  table: null,
  customerId: null,
  customer: null,
  locationId: null,
  scheduledFor: null,
  notes: null,
  lines: [{ itemId: 'burger', quantity: 1, modifierIds: [], instructions: null }],
  ...more,
})

const at = (minutes: number) => new Date(NOON + minutes * MINUTE).toISOString()

test('[Q2] above the bound a promise is refused with the next free quarter, and a manager takes it on', () => {
  const till = createReplica(
    'A',
    {
      catalog: catalogWith({ maxOrders: 2 }),
      promisedFrom: () => held([0, 14, 15, 16]),
    },
    NOON,
  )
  expect(till.run(takeout({ promisedFor: at(5) }))).toEqual({
    ok: false,
    error: { code: 'slot_full', promisedFor: at(5), nextFree: at(30) },
  })
  expect(till.run(takeout({ promisedFor: at(30) }))).toMatchObject({ ok: true })
  const change = { type: 'changeDetails', orderId: TEST_ORDER_ID } as const
  expect(till.run({ ...change, promisedFor: at(5) })).toMatchObject({ ok: false })
  const taken = till.run({ ...change, promisedFor: at(5), overbook: true })
  expect(taken).toMatchObject({ ok: true, value: { promisedFor: at(5) } })
})

test('[Q1] a promise is changed, taken back, and merges by the later clock whichever came first', () => {
  const till = createReplica('A', {}, NOON)
  till.run(takeout({ promisedFor: '2026-01-01T13:30:00+01:00' }))
  const change = { type: 'changeDetails', orderId: TEST_ORDER_ID } as const
  expect(till.run({ ...change, promisedFor: at(45) })).toMatchObject({
    value: { promisedFor: at(45) },
  })
  expect(till.run({ ...change, promisedFor: null })).toMatchObject({
    value: { promisedFor: null },
  })
  expect(till.run({ ...change, promisedFor: '2020-01-01T00:00:00Z' })).toMatchObject({
    error: { code: 'scheduled_in_past' },
  })
})

test('[Q3] an order for later is confirmed when it is sent, and goes to the kitchen in time or early', () => {
  const till = createReplica('A', { atMs: NOON }, NOON)
  till.run(takeout({ scheduledFor: at(120), promisedFor: at(120) }))
  const sent = till.run({ type: 'sendToKitchen', orderId: TEST_ORDER_ID })
  expect(sent).toMatchObject({ ok: true, value: { status: 'confirmed', tickets: [] } })
  expect(kitchenAtMs({ scheduledFor: at(120), promisedFor: at(120) }, USUAL_PACING)).toBe(
    NOON + 90 * MINUTE,
  )
  expect(kitchenAtMs({ scheduledFor: null, promisedFor: at(120) }, USUAL_PACING)).toBeNull()
  const early = till.run({ type: 'sendToKitchen', orderId: TEST_ORDER_ID, early: true })
  expect(early).toMatchObject({ ok: true, value: { tickets: [{ firingNumber: 1 }] } })

  const later = createReplica('B', { atMs: NOON + 90 * MINUTE }, NOON)
  later.run(takeout({ scheduledFor: at(120) }))
  const inTime = later.run({ type: 'sendToKitchen', orderId: TEST_ORDER_ID })
  expect(inTime).toMatchObject({ ok: true, value: { tickets: [{ firingNumber: 1 }] } })
})
