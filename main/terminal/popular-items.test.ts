import { expect, onTestFinished, test, vi } from 'vitest'
import { openTill, ringUp, type Till } from '../../test/support/till.ts'
import { createPopularItems } from './popular-items.ts'

const DAY_MS = 86_400_000
const FIRST_DAY_MS = Date.UTC(2026, 5, 1, 12)

function watch(till: Till, clock: { ms: number }) {
  const popular = createPopularItems({
    store: till.store,
    nowMs: () => clock.ms,
    onChange: () => {},
    logger: { warn: (message) => expect.fail(message) },
    lookEveryMs: 2,
    quietMs: 1_000,
  })
  onTestFinished(popular.stop)
  return popular
}

test('[Y8] what this till sold most is added up once a day, while nobody sells, and stays so all day', async () => {
  const till = await openTill('s', 'A', 'A')
  onTestFinished(till.close)
  const other = await openTill('s', 'B', 'B')
  onTestFinished(other.close)
  other.learnFrom(till)
  // Two dishes of soup, one burger and three bottles each; another till sells other things.
  ringUp(till, 'one')
  const { lines } = ringUp(till, 'two')
  const burger = lines.find(({ itemId }) => itemId === 'burger-classic')
  till.run({ type: 'voidLine', orderId: 'two', lineId: burger?.id ?? '', reason: 'wrong' })
  ringUp(till, 'cancelled')
  till.run({ type: 'cancelOrder', orderId: 'cancelled', reason: 'gone' })
  for (const orderId of ['x', 'y', 'z']) ringUp(other, orderId)
  till.learnFrom(other)

  const clock = { ms: FIRST_DAY_MS }
  const popular = watch(till, clock)
  const added = (itemIds: readonly string[]) =>
    vi.waitUntil(() => popular.itemIds().join() === itemIds.join(), 10_000)
  // What is sold today moves nothing today.
  const kept = () => till.store.connection.raw.prepare('SELECT value FROM local WHERE key = ?')
  const told = () => String((kept().get('popular_items') as { value: string } | undefined)?.value)
  await vi.waitUntil(() => told().includes('2026-06-01'), 10_000)
  expect(popular.itemIds()).toEqual([])

  clock.ms += DAY_MS
  const mostSold = ['cola-bottle', 'soup-of-the-day', 'burger-classic']
  expect(await added(mostSold)).toBe(true)
  popular.stop()
  // A till that was started anew has it at once, and four weeks later it is forgotten.
  const again = watch(till, clock)
  expect(again.itemIds()).toEqual(mostSold)
  clock.ms += 28 * DAY_MS
  expect(await vi.waitUntil(() => again.itemIds().length === 0, 10_000)).toBe(true)
})

test('[Y8] while somebody sells, nothing is added up', async () => {
  const till = await openTill('s', 'A', 'A')
  onTestFinished(till.close)
  const clock = { ms: FIRST_DAY_MS }
  ringUp(till, 'one')
  clock.ms += DAY_MS
  const popular = watch(till, clock)
  ringUp(till, 'two')
  const looks = await new Promise((resolve) => setTimeout(() => resolve(popular.itemIds()), 60))
  expect(looks).toEqual([])
  clock.ms += 2_000
  expect(await vi.waitUntil(() => popular.itemIds().length === 3, 10_000)).toBe(true)
})
