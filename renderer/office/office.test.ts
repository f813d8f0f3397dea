import { expect, test } from 'vitest'
import { z } from 'zod'
import { SESSION_PATH } from '../../protocol/office/paths.ts'
import { addressOf, createOfficeClient, type Call } from './client.ts'
import { missingText } from './devices/device-words.ts'
import {
  formatAgo,
  formatChange,
  formatShare,
  formatShortMoney,
  formatSpan,
  storeWords,
} from './format.ts'
import { personOf } from './names.ts'
import { readPages } from './pages.ts'
import { exportAddress, fileName } from './reports/ExportLinks.tsx'
import { hrefOf, parseRoute } from './route.ts'
import { hoursOf } from './today/hours.ts'
import { sumOf } from './today/overview.ts'

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

function createCentre(answers: (url: string, init: RequestInit) => Response | Promise<never>) {
  const asked: { url: string; init: RequestInit }[] = []
  let expired = 0
  const client = createOfficeClient({
    fetch: (input, init = {}) => {
      asked.push({ url: input as string, init })
      return Promise.resolve(answers(input as string, init))
    },
    onExpired: () => (expired += 1),
  })
  return { client, asked, timesExpired: () => expired }
}

const PROBLEM = {
  type: 'about:blank',
  title: 'x',
  status: 401,
  code: 'signed_out',
  detail: 'Sign in.',
}
const ANYTHING = z.strictObject({ fine: z.boolean() })

test('[B3] a call names its store, its version and its key, and nothing that was left open', async () => {
  const { client, asked } = createCentre(() => json(200, { fine: true }))
  const call: Call<{ fine: boolean }> = {
    method: 'POST',
    path: '/api/v1/x',
    query: { a: 'b c', empty: '', open: undefined },
    storeId: 's1',
    ifVersion: 7,
    idempotencyKey: 'k1',
    body: { one: 1 },
    schema: ANYTHING,
  }
  expect(await client.call(call)).toEqual({ ok: true, value: { fine: true } })
  expect(asked[0]?.url).toBe('/api/v1/x?a=b+c')
  expect(asked[0]?.init).toMatchObject({
    method: 'POST',
    body: '{"one":1}',
    headers: { 'x-aura-store': 's1', 'if-match': '"7"', 'idempotency-key': 'k1' },
  })
})

test('[B3] a session that is over is told once; a wrong password is no such thing', async () => {
  const { client, timesExpired } = createCentre(() => json(401, PROBLEM))
  await client.call({ method: 'POST', path: SESSION_PATH, schema: ANYTHING })
  expect(timesExpired()).toBe(0)
  const outcome = await client.call({ path: '/api/v1/orders', schema: ANYTHING })
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'signed_out', detail: 'Sign in.' } })
  expect(timesExpired()).toBe(1)
})

test('[B3] a centre that is silent, strange or newer than the page is told apart', async () => {
  const code = async (answer: () => Response | Promise<never>) => {
    const outcome = await createCentre(answer).client.call({ path: '/x', schema: ANYTHING })
    return outcome.ok ? 'fine' : outcome.failure.code
  }
  expect(await code(() => Promise.reject(new TypeError('no')))).toBe('unreachable')
  expect(await code(() => new Response('<html>', { status: 502 }))).toBe('unreachable')
  expect(await code(() => json(200, { fine: 'perhaps' }))).toBe('unreadable_answer')
})

test('[B3] a list is read to its end, and no further than its bound', async () => {
  const page = z.object({ data: z.array(z.number()), next_cursor: z.string().nullable() })
  const { client, asked } = createCentre((url) => {
    const at = Number(new URL(url, 'http://x').searchParams.get('cursor') ?? 0)
    return json(200, { data: [at], next_cursor: at < 3 ? String(at + 1) : null })
  })
  const call = { path: '/list', query: { q: 'a' }, schema: page }
  expect(await readPages(client, call)).toEqual({
    ok: true,
    value: { data: [0, 1, 2, 3], isCut: false },
  })
  expect(asked[1]?.url).toBe('/list?q=a&cursor=1')
  expect(await readPages(client, call, undefined, 2)).toEqual({
    ok: true,
    value: { data: [0, 1], isCut: true },
  })
})

test('[B3] addresses say where one is and nothing of a guest', () => {
  const route = { storeId: 'a/b', path: ['reports', 'sales'], query: { by: 'item' } }
  const href = hrefOf(route)
  expect(href).toBe('#/s/a%2Fb/reports/sales?by=item')
  expect(parseRoute(href)).toEqual(route)
  expect(parseRoute('')).toEqual({ storeId: null, path: [], query: {} })
  expect(parseRoute('#/users')).toEqual({ storeId: null, path: ['users'], query: {} })
  expect(parseRoute('#/s/%E0%A4%A')).toMatchObject({ storeId: '%E0%A4%A' })
})

test('[B3] a file has the address of its report and a name that sorts', () => {
  const of = {
    path: '/api/v1/office/stores/s1/reports/sales',
    query: { by: 'item', from: '2026-11-01' },
  }
  expect(exportAddress(of, 'csv')).toBe(`${addressOf(of)}&format=csv`)
  expect(fileName('Café & Grill', 'Sales by item', '2026-11-01')).toBe(
    'cafe-grill-sales-by-item-2026-11-01',
  )
})

test('[B2] times are the store’s, wherever one sits', () => {
  const at = '2026-11-22T04:30:00.000Z'
  expect(storeWords('USD', 'America/New_York').time(at)).toBe('23:30')
  expect(storeWords('EUR', 'Europe/Rome').time(at)).toBe('05:30')
})

test('[B2] ages, spans, changes and shares in words', () => {
  expect(
    [0, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000, 2 * 86_400_000].map(formatAgo),
  ).toEqual([
    'just now',
    'just now',
    '1 min ago',
    '59 min ago',
    '1 h ago',
    '1 day ago',
    '2 days ago',
  ])
  expect([45, 90, 3_540, 3_900].map(formatSpan)).toEqual(['45 s', '2 min', '59 min', '1 h 05 min'])
  expect([formatChange(112, 100), formatChange(97, 100), formatChange(5, 0)]).toEqual([
    '+12 %',
    '−3 %',
    null,
  ])
  expect([formatShare(1, 8), formatShare(0, 0)]).toEqual(['12.5 %', '–'])
  expect(formatShortMoney(123_450, 'USD')).toMatch(/1\.2K/)
})

test('[B1] what different currencies bring is never added up', () => {
  const rows = [
    { amount: 100, currency: 'USD' },
    { amount: 250, currency: 'USD' },
    { amount: 500, currency: 'JPY' },
  ]
  expect(sumOf(rows, (row) => row)).toEqual(['$3.50', '¥500'])
})

test('[B1] the hours of a day begin where the business day does and have no hole', () => {
  const amount = (minor: number) => ({ amount: minor, currency: 'USD' })
  const report = (hours: Record<string, number>) => ({
    by: 'hour' as const,
    rows: Object.entries(hours).map(([key, minor]) => ({ key, orders: 1, total: amount(minor) })),
  })
  const now = report({ '23': 10, '01': 20 }) as unknown as Parameters<typeof hoursOf>[0]
  const before = report({ '22': 7 }) as unknown as Parameters<typeof hoursOf>[0]
  expect(
    hoursOf(now, before, '05:00').map(({ key, value, before: then }) => [key, value, then]),
  ).toEqual([
    ['22', 0, 7],
    ['23', 10, 0],
    ['00', 0, 0],
    ['01', 20, 0],
  ])
  expect(hoursOf(null, null, '05:00')).toEqual([])
})

test('[U2] what is missing of a device is named by number', () => {
  const log = (missing: { from: number; to: number; count: number } | null) => ({
    origin: 'o',
    held_up_to: 1,
    known_up_to: 9,
    missing,
    newest_made_at: null,
    newest_came_at: null,
  })
  expect(missingText({ missing_count: 0, logs: [log(null)] })).toBe('nothing')
  expect(
    missingText({
      missing_count: 3,
      logs: [log({ from: 4, to: 5, count: 2 }), log({ from: 9, to: 9, count: 1 })],
    }),
  ).toBe('3 entries: no. 4–5, 9')
})

test('[B3] an author is a person, a device or a program', () => {
  const staff = new Map([['s1', 'Ana']])
  const devices = new Map([['d1', 'Till 1']])
  expect(
    ['staff:s1', 'staff:s2', 'device:d1', 'token:Web shop', 'office:u1'].map((actor) =>
      personOf(actor, staff, devices),
    ),
  ).toEqual(['Ana', 'Somebody no longer on the list', 'Till 1', 'Web shop (API)', 'Back office'])
})
