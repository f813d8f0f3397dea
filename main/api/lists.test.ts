import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let device: TestDevice
let nowMs = Date.UTC(2026, 4, 1, 12)
/** Ids in the order of their making; half of them share a millisecond. */
const orderIds: string[] = []
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true, nowMs: () => nowMs })
  for (let i = 0; i < 12; i += 1) {
    if (i % 2 === 0) nowMs += 60_000
    const body = { ...SEED_ORDER, table_number: String(i % 3), customer: { name: `Guest ${i}` } }
    const { json } = await call(device, 'POST', '/api/v1/orders', body)
    orderIds.push((json as { id: string }).id)
  }
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

interface Page {
  readonly data: { id: string; table_number?: string; order_number?: string }[]
  readonly next_cursor: string | null
}

async function page(url: string): Promise<Page> {
  const { status, json } = await call(device, 'GET', url)
  expect([url, status]).toEqual([url, 200])
  return json as Page
}

async function walk(url: string, limit: number): Promise<Page[]> {
  const pages: Page[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const next: Page = await page(
      `${url}${url.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${cursor}`}`,
    )
    pages.push(next)
    cursor = next.next_cursor
  }
  return pages
}

describe('pages', () => {
  test.each([1, 5, 6, 12, 200])('of %i show each order once, newest first', async (limit) => {
    const pages = await walk('/api/v1/orders', limit)
    const shown = pages.flatMap(({ data }) => data.map(({ id }) => id))
    expect(shown.toSorted()).toEqual(orderIds.toSorted())
    expect(pages).toHaveLength(Math.ceil(12 / limit))
    expect(new Set(shown.slice(0, 2))).toEqual(new Set(orderIds.slice(-2)))
  })

  test.each([
    ['/api/v1/menu/items', 7],
    ['/api/v1/menu/modifier-groups', 3],
    ['/api/v1/tables', 6],
  ])('of %s show everything once', async (url, limit) => {
    const whole = await page(`${url}?limit=200`)
    const walked = (await walk(url, limit)).flatMap(({ data }) => data)
    expect(whole.data.length).toBeGreaterThan(limit)
    expect(walked).toEqual(whole.data)
  })

  test('an order that comes between two pages shifts none', async () => {
    const first = await page('/api/v1/orders?limit=6')
    nowMs += 60_000
    const { json } = await call(device, 'POST', '/api/v1/orders', SEED_ORDER)
    orderIds.push((json as { id: string }).id)
    const second = await page(`/api/v1/orders?limit=6&cursor=${first.next_cursor}`)
    const shown = [...first.data, ...second.data].map(({ id }) => id)
    expect(shown.toSorted()).toEqual(orderIds.slice(0, 12).toSorted())
  })

  test.each(['limit=0', 'limit=201', 'limit=x', 'cursor=x', 'cursor=W10', 'stat=pending'])(
    '%s is refused with its name',
    async (query) => {
      const { status, json } = await call(device, 'GET', `/api/v1/orders?${query}`)
      expect([status, json]).toMatchObject([
        422,
        { code: 'validation_failed', errors: [{ path: query.split('=')[0] }] },
      ])
    },
  )
})

describe('filters of orders', () => {
  const ids = async (query: string) =>
    (await page(`/api/v1/orders?${query}`)).data.map(({ id }) => id).toSorted()

  test('status takes a list, and the others one value', async () => {
    const [first, second] = orderIds
    await call(device, 'PUT', `/api/v1/orders/${first}/status`, { status: 'confirmed' })
    await call(device, 'POST', `/api/v1/orders/${second}/cancel`, { reason: 'x' })
    expect(await ids('status=confirmed,cancelled')).toEqual(orderIds.slice(0, 2).toSorted())
    expect(await ids('status=confirmed')).toEqual([first])
    expect(await ids('order_type=takeout')).toEqual([])
    const third = orderIds.slice(0, 12).filter((_, i) => i % 3 === 2)
    expect(await ids('table_number=2')).toEqual(third.toSorted())
    expect(await ids('q=guest%2011')).toEqual([orderIds[11]])
    expect(await ids('q=A-003')).toEqual([orderIds[2]])
    expect(await ids('q=%25')).toEqual([])
  })

  test('from is inclusive and to exclusive, in any zone', async () => {
    const at = (minutes: number) => new Date(Date.UTC(2026, 4, 1, 12, minutes)).toISOString()
    expect(await ids(`from=${at(2)}&to=${at(3)}`)).toEqual(orderIds.slice(2, 4).toSorted())
    const zoned = encodeURIComponent('2026-05-01T14:02:00+02:00')
    expect(await ids(`from=${zoned}&to=${at(3)}`)).toEqual(orderIds.slice(2, 4).toSorted())
    expect(await ids('to=2026-05-01')).toEqual([])
    expect(await ids('from=2026-05-01&to=2026-05-02')).toHaveLength(orderIds.length)
  })
})
