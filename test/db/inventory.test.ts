import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { RecordEvent } from '../../domain/events.ts'
import {
  ingredientSubject,
  itemSubject,
  stockOf,
  type StockLine,
  type Used,
} from '../../domain/inventory.ts'
import { ok } from '../../domain/result.ts'
import { stockList } from '../../domain/stock-list.ts'
import { carryStock } from '../../main/inventory/carry-stock.ts'
import { stockEvents, type StockWish } from '../../main/inventory/stock-lines.ts'
import { openTestDevice, sendAll, type TestDevice } from '../support/devices.ts'
import { letGo, serveOrder } from '../support/leaving.ts'
import { line, newOrder } from '../support/orders.ts'

const BEEF = ingredientSubject('beef')
const ONIONS = ingredientSubject('onions')
const SALAD = itemSubject('salad')

/** A burger is 150 g of beef and 20 g of onions; extra cheese takes cheese, no onions leave them out. */
const kitchen: readonly RecordEvent[] = [
  ...['beef', 'onions', 'cheese'].map((id, position): RecordEvent => ({
    type: 'record.set',
    kind: 'ingredient',
    id,
    value: { name: id, unit: 'g', parMilli: id === 'beef' ? 400_000 : null, position },
  })),
  {
    type: 'record.set',
    kind: 'item_recipe',
    id: 'burger',
    value: {
      uses: [
        { ingredientId: 'beef', amountMilli: 150_000 },
        { ingredientId: 'onions', amountMilli: 20_000 },
      ],
      modifiers: [
        { modifierId: 'no_onions', uses: [{ ingredientId: 'onions', amountMilli: -25_000 }] },
      ],
    },
  },
  {
    type: 'record.set',
    kind: 'modifier_recipe',
    id: 'extras',
    value: {
      modifiers: [
        { modifierId: 'extra_cheese', uses: [{ ingredientId: 'cheese', amountMilli: 30_000 }] },
        // The item's own recipe says otherwise.
        { modifierId: 'no_onions', uses: [{ ingredientId: 'beef', amountMilli: 1 }] },
      ],
    },
  },
]

let writes = 0
const stampOf = (device: TestDevice) => ({
  id: `${device.name}-stock-${(writes += 1)}`,
  at: '2026-01-01T12:00:00.000Z',
  actor: `staff:${device.name}`,
})

function setRecords(device: TestDevice, command: readonly RecordEvent[]): void {
  device.store.setRecords({ ...stampOf(device), command })
}

function say(device: TestDevice, wish: StockWish): void {
  const stamp = stampOf(device)
  device.store.writeJournal<never>(stamp, (clock) => ok(stockEvents(stamp.id, wish, clock)))
}

const count = (device: TestDevice, subject: string, amountMilli: number | null) =>
  say(device, { kind: 'count', lines: [{ subject, amountMilli }], note: null })

const level = ({ store }: TestDevice, subject: string) =>
  store.stock.of(subject)?.levelMilli ?? null

function run(device: TestDevice, command: Parameters<TestDevice['run']>[0]): string {
  const result = device.run(command)
  return result.ok ? 'ok' : result.error.code
}

const sell = (device: TestDevice, orderId: string, ...lines: ReturnType<typeof line>[]) => {
  const created = run(device, { ...newOrder(lines), orderId } as Parameters<TestDevice['run']>[0])
  return created === 'ok' ? run(device, { type: 'sendToKitchen', orderId }) : created
}

async function oneKitchen(): Promise<TestDevice> {
  const device = await openTestDevice('A')
  setRecords(device, kitchen)
  return device
}

describe('what is sold', () => {
  test('[I1] is taken from stock once it is sent: the recipe with its modifiers, and the item itself', async () => {
    const till = await oneKitchen()
    for (const [subject, amount] of [
      [BEEF, 1_000_000],
      [ONIONS, 100_000],
      [ingredientSubject('cheese'), 100_000],
      [itemSubject('burger'), 6_000],
    ] as const) {
      count(till, subject, amount)
    }
    run(till, {
      ...newOrder([line('burger', 2, ['extra_cheese', 'no_onions']), line('burger')]),
      orderId: 'one',
    } as Parameters<TestDevice['run']>[0])
    expect(level(till, BEEF)).toBe(1_000_000)
    const id = 'sent-once'
    till.run({ type: 'sendToKitchen', orderId: 'one' }, id)
    till.run({ type: 'sendToKitchen', orderId: 'one' }, id)
    run(till, { type: 'sendToKitchen', orderId: 'one' })
    expect(level(till, BEEF)).toBe(1_000_000 - 3 * 150_000)
    expect(level(till, ONIONS)).toBe(100_000 - 20_000)
    expect(level(till, ingredientSubject('cheese'))).toBe(100_000 - 2 * 30_000)
    expect(level(till, itemSubject('burger'))).toBe(3_000)
    // What was sold keeps the recipe of its day.
    setRecords(till, [
      {
        type: 'record.set',
        kind: 'item_recipe',
        id: 'burger',
        value: { uses: [{ ingredientId: 'beef', amountMilli: 500_000 }], modifiers: [] },
      },
    ])
    expect(level(till, BEEF)).toBe(1_000_000 - 3 * 150_000)
    expect(await verifyFile(till.connection)).toMatchObject({ ok: true })
  })

  test('[I1] is given back by a void or a cancellation before anybody began, and not after', async () => {
    const till = await oneKitchen()
    count(till, BEEF, 1_000_000)
    sell(till, 'cold', line('burger', 2), line('burger'))
    const [two, one] = till.store.order('cold')!.lines
    run(till, { type: 'markLines', orderId: 'cold', lineIds: [one!.id], mark: 'preparing' })
    run(till, { type: 'voidLine', orderId: 'cold', lineId: two!.id, reason: 'mistake' })
    expect(level(till, BEEF)).toBe(850_000)
    run(till, { type: 'voidLine', orderId: 'cold', lineId: one!.id, reason: 'burnt' })
    expect(level(till, BEEF)).toBe(850_000)
    sell(till, 'left', line('burger'), line('bottle'))
    count(till, itemSubject('bottle'), 5_000)
    run(till, { type: 'cancelOrder', orderId: 'left', reason: 'gone' })
    expect(level(till, BEEF)).toBe(850_000)
    // What came back after it was counted was counted.
    expect(level(till, itemSubject('bottle'))).toBe(5_000)
  })
})

describe('counts and movements', () => {
  test('[I2] a count says what is there; what comes late and was before it is part of it', async () => {
    const [a, b] = [await oneKitchen(), await openTestDevice('B')]
    sendAll(a.store, b.store)
    sell(b, 'late', line('burger', 3))
    say(b, {
      kind: 'delivery',
      lines: [{ subject: BEEF, amountMilli: 700_000 }],
      note: null,
    })
    count(a, BEEF, 2_000_000)
    sell(b, 'after', line('burger'))
    say(a, { kind: 'waste', lines: [{ subject: BEEF, amountMilli: 1_500 }], reason: 'old' })
    sendAll(b.store, a.store)
    sendAll(a.store, b.store)
    for (const device of [a, b]) {
      expect(level(device, BEEF)).toBe(2_000_000 - 150_000 - 1_500)
    }
    count(b, BEEF, null)
    expect([level(b, BEEF), b.store.stock.followed()]).toEqual([null, [BEEF]])
  })

  test('[I2] every order of arrival gives the same stock, which is what the facts add up to', async () => {
    const seen = { given: 0, negative: 0 }
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const devices = await Promise.all(['A', 'B', 'C'].map((name) => openTestDevice(name)))
        const [a] = devices
        setRecords(a!, kitchen)
        for (const other of devices.slice(1)) sendAll(a!.store, other.store)
        const orderIds = ['x', 'y', 'z']
        for (let step = 0; step < 24; step += 1) {
          const device = g(fc.constantFrom, ...devices)
          const orderId = g(fc.constantFrom, ...orderIds)
          const subject = g(fc.constantFrom, BEEF, ONIONS, SALAD)
          const amountMilli = g(fc.integer, { min: 1, max: 500_000 })
          const lines = [{ subject, amountMilli }]
          const lineId = device.store.order(orderId)?.lines[0]?.id ?? 'none'
          const acts: (() => unknown)[] = [
            () => sell(device, orderId, line('burger', 2, ['no_onions']), line('salad')),
            () => run(device, { type: 'addLines', orderId, lines: [line('burger')] }),
            () => run(device, { type: 'sendToKitchen', orderId }),
            () => run(device, { type: 'voidLine', orderId, lineId, reason: 'no' }),
            () => run(device, { type: 'cancelOrder', orderId, reason: 'no' }),
            () => run(device, { type: 'startPreparing', orderId }),
            () => count(device, subject, amountMilli),
            () => say(device, { kind: 'delivery', lines, note: null }),
            () => say(device, { kind: 'waste', lines, reason: 'old' }),
            () => sendAll(device.store, g(fc.constantFrom, ...devices).store),
          ]
          acts[g(fc.nat, { max: acts.length - 1 })]!()
        }
        for (const from of g(fc.shuffledSubarray, devices, { minLength: 3 })) {
          for (const to of devices) if (to !== from) sendAll(from.store, to.store)
        }
        for (const from of devices) {
          for (const to of devices) if (to !== from) sendAll(from.store, to.store)
        }
        const expected = [BEEF, ONIONS, SALAD].map((subject) => reckoned(a!, subject))
        if (expected.some((amount) => amount !== null && amount < 0)) seen.negative += 1
        for (const device of devices) {
          const { connection } = device
          expect([BEEF, ONIONS, SALAD].map((subject) => level(device, subject))).toEqual(expected)
          expect(digestOf(connection)).toBe(digestOf(a!.connection))
          rebuildProjections(connection)
          expect(digestOf(connection)).toBe(digestOf(a!.connection))
        }
        const given = orderIds.some((id) =>
          a!.store.order(id)?.lines.some((one) => one.fired && one.usedSince === null),
        )
        if (given) seen.given += 1
        for (const device of devices) device.close()
      }),
      { numRuns: 8 },
    )
    expect(Math.min(seen.given, seen.negative)).toBeGreaterThan(0)
  })

  test('[I2] what orders took is carried before they leave, and the stock is as it was', async () => {
    const till = await oneKitchen()
    count(till, BEEF, 1_000_000)
    sell(till, 'old', line('burger'))
    run(till, { type: 'startPreparing', orderId: 'old' })
    run(till, { type: 'cancelOrder', orderId: 'old', reason: 'gone' })
    expect(letGo(till)).toEqual([])
    const later = till.store.stock.of(BEEF)!.base.value.clock + 2 * 86_400_000 * 4_096
    carryStock(till.store, later, stampOf(till))
    carryStock(till.store, later, stampOf(till))
    expect(till.connection.raw.prepare(CARRIED).pluck().get()).toBe(1)
    expect(level(till, BEEF)).toBe(850_000)
    expect(letGo(till)).toEqual(['old'])
    expect(level(till, BEEF)).toBe(850_000)
    // Nobody follows what these took.
    serveOrder(till, 'followed by nobody')
    expect(letGo(till)).toEqual(['followed by nobody'])
    expect(await verifyFile(till.connection)).toMatchObject({ ok: true })
  })
})

const CARRIED = `SELECT count(*) FROM journal WHERE kind = 'stock_carried'`

/** The rule once more, from the lines and the orders as they are held. */
function reckoned({ store, connection }: TestDevice, subject: string): number | null {
  const lines = connection.raw
    .prepare<[string], { kind: string; id: string; value: string }>(
      'SELECT kind, id, value FROM journal WHERE about = ?',
    )
    .all(subject)
    .map((row) => ({ ...row, value: JSON.parse(row.value) as unknown }) as StockLine)
  const used = ['x', 'y', 'z'].flatMap((id): Used[] =>
    (store.order(id)?.lines ?? []).flatMap((one) => {
      if (one.usedSince === null) return []
      const each =
        subject === itemSubject(one.itemId)
          ? 1_000
          : (one.uses.find((use) => ingredientSubject(use.ingredientId) === subject)?.amountMilli ??
            0)
      return [{ clock: one.usedSince, amountMilli: each * one.quantity }]
    }),
  )
  return stockOf(lines, used)?.levelMilli ?? null
}

describe('what has run out', () => {
  const soldOutBy = (device: TestDevice, by: 'nothing' | 'items' | 'items_and_ingredients') =>
    setRecords(device, [
      { type: 'record.set', kind: 'inventory_settings', id: 'store', value: { soldOutBy: by } },
    ])

  test('[I3] is sold on, unless the store says that it is off the menu then', async () => {
    const till = await oneKitchen()
    count(till, SALAD, 2_000)
    count(till, BEEF, 450_000)
    expect(sell(till, 'free', line('salad', 3))).toBe('ok')
    expect(level(till, SALAD)).toBe(-1_000)
    count(till, SALAD, 2_000)
    soldOutBy(till, 'items')
    expect(till.run({ ...newOrder([line('salad', 3)]), orderId: 'x' } as never)).toMatchObject({
      error: { code: 'item_sold_out', itemId: 'salad', left: 2 },
    })
    expect(sell(till, 'beef', line('burger', 2))).toBe('ok')
    // What waits in the order counts as gone: one of two is left beside it.
    run(till, { ...newOrder([line('salad')]), orderId: 'wait' } as never)
    const more = [line('salad', 2)]
    expect(till.run({ type: 'addLines', orderId: 'wait', lines: more })).toMatchObject({
      error: { code: 'item_sold_out', left: 1 },
    })
    const lineId = till.store.order('wait')!.lines[0]!.id
    expect(run(till, { type: 'changeLine', orderId: 'wait', lineId, quantity: 3 })).toBe(
      'item_sold_out',
    )
    expect(run(till, { type: 'changeLine', orderId: 'wait', lineId, quantity: 2 })).toBe('ok')
    soldOutBy(till, 'items_and_ingredients')
    expect(sell(till, 'no beef', line('burger', 2))).toBe('item_sold_out')
    expect(sell(till, 'last beef', line('burger'))).toBe('ok')
  })

  test('[I3] two tills apart sell the last one: both stand, and it is shown as oversold', async () => {
    const [a, b] = [await oneKitchen(), await openTestDevice('B')]
    soldOutBy(a, 'items')
    count(a, SALAD, 1_000)
    count(a, BEEF, 399_000)
    sendAll(a.store, b.store)
    expect([sell(a, 'mine', line('salad')), sell(b, 'yours', line('salad'))]).toEqual(['ok', 'ok'])
    sendAll(a.store, b.store)
    sendAll(b.store, a.store)
    for (const { store } of [a, b]) {
      const rows = stockList(store.catalog(), store.stock.of)
      expect(rows.find(({ subject }) => subject === SALAD)).toMatchObject({
        levelMilli: -1_000,
        oversold: true,
      })
      expect(rows.find(({ subject }) => subject === BEEF)).toMatchObject({
        low: true,
        oversold: false,
      })
    }
    expect(sell(a, 'third', line('salad'))).toBe('item_sold_out')
  })
})
