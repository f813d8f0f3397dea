import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '../../../db/sqlite/rebuild.ts'
import type { Role } from '../../../domain/catalog.ts'
import type { ChangesOut } from '../../../protocol/rest/changes.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from '../test-store.ts'

const folder = testFolder()
const DAY_MS = 86_400_000
/** A Friday noon in the test store's zone, which is UTC; its days begin at midnight. */
const FRIDAY = Date.UTC(2026, 10, 20, 12)
const MONDAY = '2026-11-23'
const MONDAY_MS = Date.parse(MONDAY)
const clock = { ms: FRIDAY }
let device: TestDevice

beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true, nowMs: () => clock.ms })
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

const CHANGES = '/api/v1/menu/changes'
interface Options {
  readonly from?: string
  readonly role?: Role
  readonly dryRun?: boolean
  readonly key?: string
}

const post = (changes: readonly object[], { from, role, dryRun, key }: Options = {}) =>
  call(
    device,
    'POST',
    dryRun === true ? `${CHANGES}?dry_run=true` : CHANGES,
    { changes, ...(from !== undefined && { valid_from: from }) },
    { ...(role && { role }), ...(key !== undefined && { headers: { 'idempotency-key': key } }) },
  )
const scheduled = async () => {
  const { json } = await call(device, 'GET', CHANGES)
  return (json as { data: { change_id: string; change: ChangesOut['changes'][number] }[] }).data
}
const withdraw = (ids: readonly string[], role: Role = 'admin') =>
  call(device, 'POST', `${CHANGES}/withdraw`, { change_ids: ids }, { role })
const priceNow = async (id: string) => {
  const { json } = await call(device, 'GET', `/api/v1/menu/items/${id}`)
  return (json as { price?: { amount: number } }).price?.amount
}
/** Both as the API gives them, whatever else is in there. */
const faultsOf = ({ json }: { readonly json: unknown }) =>
  (json as { errors?: { path: string }[]; faults?: { path: string }[] }).errors ??
  (json as { faults: { path: string }[] }).faults

const lemonade = {
  name: 'Lemonade',
  category_id: 'starters',
  price: 450,
  tax_rate_id: 'sales',
  station_id: 'bar',
  modifier_group_ids: ['extras'],
  position: 99,
}
const item = (id: string, value: object | null = lemonade) => ({ kind: 'menu_item', id, value })

describe('a set of changes', () => {
  test('[V2] what is changed at once counts at once, and its answer says what was and what is', async () => {
    const made = await post([item('limonata')], { role: 'manager' })
    expect([made.status, made.json]).toMatchObject([
      200,
      {
        dry_run: false,
        valid_from: null,
        faults: [],
        changes: [
          {
            kind: 'menu_item',
            id: 'limonata',
            change: 'added',
            before: null,
            after: { name: 'Lemonade', price: { amount: 450, currency: 'USD' } },
            valid_from: null,
            valid_until: null,
          },
        ],
      },
    ])
    const dearer = await post([
      item('limonata', { ...lemonade, price: { amount: 475, currency: 'USD' } }),
    ])
    expect(dearer.json).toMatchObject({
      changes: [
        {
          change: 'changed',
          fields: [{ field: 'price', before: { amount: 450 }, after: { amount: 475 } }],
        },
      ],
    })
    expect(await priceNow('limonata')).toBe(475)
    const gone = await post([item('limonata', null)])
    expect(gone.json).toMatchObject({ changes: [{ change: 'removed', after: null }] })
    expect(await priceNow('limonata')).toBeUndefined()
  })

  test('[V2] saying again what is so already writes nothing', async () => {
    await post([item('water', { ...lemonade, name: 'Water' })])
    const before = device.store.frontier().get('o-A')
    const again = await post([
      item('water', { ...lemonade, name: ' Water ', kitchen_name: 'Water' }),
    ])
    expect(again.json).toMatchObject({ changes: [{ change: 'unchanged', fields: [] }] })
    expect(device.store.frontier().get('o-A')).toBe(before)
  })

  test('[V2] a dry run tells the same and writes nothing', async () => {
    const before = digestOf(device.store.connection)
    const dry = await post([item('dry'), item('nowhere', { ...lemonade, tax_rate_id: 'none' })], {
      dryRun: true,
      from: MONDAY,
    })
    expect([dry.status, dry.json]).toMatchObject([
      200,
      {
        dry_run: true,
        valid_from: '2026-11-23T00:00:00.000Z',
        changes: [{ change: 'added', valid_from: '2026-11-23T00:00:00.000Z' }, { id: 'nowhere' }],
        faults: [{ path: 'changes.1.value.tax_rate_id' }],
      },
    ])
    expect(digestOf(device.store.connection)).toBe(before)
  })

  test('[L5] the same set under one key is taken once, also when its date has come meanwhile', async () => {
    const set = [item('once', { ...lemonade, price: 111 })]
    const options = { from: '2026-11-20T13:00:00Z', key: 'scheduled-once' }
    expect((await post(set, options)).status).toBe(200)
    const seq = device.store.frontier().get('o-A')
    clock.ms = FRIDAY + 2 * 3_600_000
    const again = await post(set, options)
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([200, 'true'])
    expect(device.store.frontier().get('o-A')).toBe(seq)
    clock.ms = FRIDAY
    await withdraw((await scheduled()).map(({ change_id: id }) => id))
  })
})

const staff = (id: string, value: object | null) => ({ kind: 'staff', id, value })
const table = (id: string, number: string) => ({
  kind: 'dining_table',
  id,
  value: { number, room: 'Bar', seats: 2, position: 90 },
})
const group = (modifiers: object[], more: object = {}) => ({
  kind: 'modifier_group',
  id: 'size',
  value: { name: 'Size', position: 9, min: 0, max: 1, modifiers, ...more },
})
const big = { id: 'big', name: 'Big', price: 100 }
const settings = {
  name: 'Test',
  currency: 'USD',
  time_zone: 'UTC',
  day_starts_at_minutes: 0,
  tax_rounding: 'line',
  service_charge_ppm: 0,
  pay_later_channels: ['dine_in'],
  service_charge_from_guests: null,
  confirm_by_hand_channels: [],
}
const store = (value: object | null, id = 'store') => ({ kind: 'store', id, value })

describe('what does not hold together', () => {
  test.each([
    [
      'a category that is not there',
      [item('x', { ...lemonade, category_id: 'none' })],
      ['changes.0.value.category_id'],
    ],
    [
      'a station that is not there',
      [item('x', { ...lemonade, station_id: 'none' })],
      ['changes.0.value.station_id'],
    ],
    [
      'a group that is taken away in the same set',
      [
        item('x', { ...lemonade, modifier_group_ids: ['fine', 'size'] }),
        { kind: 'modifier_group', id: 'size', value: null },
      ],
      ['changes.0.value.modifier_group_ids.0', 'changes.0.value.modifier_group_ids.1'],
    ],
    [
      'taking away what others still use',
      [{ kind: 'tax_rate', id: 'alcohol', value: null }],
      ['changes.0'],
    ],
    [
      'two tables with one number',
      [table('t-1', 'B1'), table('t-2', 'B1')],
      ['changes.0.value.number'],
    ],
    ['a table with the number of another', [table('t-1', '7')], ['changes.0.value.number']],
    ['min above max', [group([big], { min: 2 })], ['changes.0.value.min']],
    [
      'a modifier twice in a group',
      [group([big, { ...big, name: 'Other' }])],
      ['changes.0.value.modifiers.1.id'],
    ],
    [
      'a modifier twice on an item',
      [
        group([{ ...big, id: 'extra_cheese' }]),
        item('x', { ...lemonade, modifier_group_ids: ['extras', 'size'] }),
      ],
      ['changes.1.value.modifier_group_ids'],
    ],
    ['a record twice in a set', [item('x'), item('x', null)], ['changes.1.id']],
    [
      'a price in another currency',
      [item('x', { ...lemonade, price: { amount: 1, currency: 'EUR' } })],
      ['changes.0.value.price'],
    ],
    [
      'a price beyond all bounds',
      [item('x', { ...lemonade, price: 100_000_001 })],
      ['changes.0.value.price'],
    ],
    ['a fraction of a cent', [item('x', { ...lemonade, price: 4.5 })], ['changes.0.value.price']],
    ['the last admin taken away', [staff('staff-alex', null)], ['changes.0']],
    [
      'the last admin made a cashier',
      [staff('staff-alex', { name: 'Alex', role: 'cashier' })],
      ['changes.0'],
    ],
    [
      'the last admin without a PIN',
      [staff('staff-alex', { name: 'Alex', role: 'admin', pin: null })],
      ['changes.0'],
    ],
    [
      'a PIN of letters',
      [staff('new', { name: 'New', role: 'cashier', pin: 'abcd' })],
      ['changes.0.value.pin'],
    ],
    [
      'a currency with other decimals',
      [store({ ...settings, currency: 'JPY' })],
      ['changes.0.value.currency'],
    ],
    [
      'a currency that is none',
      [store({ ...settings, currency: 'ABC' })],
      ['changes.0.value.currency'],
    ],
    [
      'a zone that is none',
      [store({ ...settings, time_zone: 'Mars/Olympus' })],
      ['changes.0.value.time_zone'],
    ],
    ['the settings taken away', [store(null)], ['changes.0']],
    ['settings under another id', [store(settings, 'other')], ['changes.0.id']],
    [
      'a kind that has a door of its own',
      [{ kind: 'device', id: 'A', value: null }],
      ['changes.0.kind'],
    ],
    ['nothing', [], ['changes']],
  ])(
    '[V2] %s is refused by its place, and nothing of the set is written',
    async (_what, changes, paths) => {
      const before = digestOf(device.store.connection)
      const answer = await post(changes.length > 0 ? [...changes, item('good')] : changes)
      expect([answer.status, answer.json]).toMatchObject([422, { code: 'validation_failed' }])
      expect([...new Set(faultsOf(answer).map(({ path }) => path))]).toEqual(paths)
      expect(digestOf(device.store.connection)).toBe(before)
    },
  )

  test.each([
    ['2026-11-20', 'today, which has begun'],
    ['2026-11-20T11:59:59Z', 'a moment that is past'],
    ['2036-01-01', 'ten years ahead'],
    ['soon', 'no date'],
  ])('[V2] %s is no date to change from: %s', async (from) => {
    const answer = await post([item('x')], { from })
    expect([answer.status, faultsOf(answer)]).toMatchObject([422, [{ path: 'valid_from' }]])
  })

  test('[V2] what was wrong before does not stand in the way of what is right', async () => {
    const broken = { ...lemonade, name: 'Left over' }
    await post([item('orphan', broken)])
    // Meanwhile, elsewhere, its category went away.
    device.store.setRecords({
      id: 'elsewhere',
      at: new Date(clock.ms).toISOString(),
      actor: 'test',
      command: [
        {
          type: 'record.set',
          kind: 'menu_item',
          id: 'orphan',
          value: {
            name: 'Left over',
            categoryId: 'gone',
            priceMinor: 450,
            taxRateId: 'sales',
            stationId: null,
            modifierGroupIds: [],
            position: 0,
          },
        },
      ],
    })
    expect((await post([item('fresh', { ...lemonade, name: 'Fresh' })])).status).toBe(200)
    const named = await post([item('orphan', { ...broken, category_id: 'gone' })])
    expect(named.status).toBe(200)
    expect((await post([item('orphan', null), item('fresh', null)])).status).toBe(200)
  })

  test('[V2] staff and settings are an admin’s, the rest a manager’s, and nobody else’s', async () => {
    const hire = [staff('new', { name: 'New', role: 'cashier' })]
    for (const changes of [hire, [store(settings)]]) {
      const refused = await post(changes, { role: 'manager' })
      expect([refused.status, refused.json]).toMatchObject([403, { code: 'forbidden' }])
    }
    expect((await post([item('x')], { role: 'cashier' })).status).toBe(403)
    expect((await call(device, 'GET', CHANGES, undefined, { role: 'cashier' })).status).toBe(403)
    expect(
      (await call(device, 'GET', '/api/v1/staff', undefined, { role: 'cashier' })).status,
    ).toBe(403)
    const put = await call(device, 'PUT', '/api/v1/staff/new', hire[0]!.value!, { role: 'manager' })
    expect(put.status).toBe(403)
  })
})

describe('from a date on', () => {
  test('[V1] what guests are promised and what stands on receipts changes on its date, and is taken back', async () => {
    const pacing = {
      prep_minutes: 25,
      delivery_minutes: 20,
      queue_minutes: 1,
      max_orders: 4,
      max_items: null,
      lead_minutes: 30,
    }
    const of = (id: string) => [
      { kind: 'pacing', id, value: pacing },
      { kind: 'receipt_text', id, value: { header: ['Closed on Sundays'], footer: [] } },
    ]
    const under = await post(of('other'), { from: MONDAY })
    expect(faultsOf(under).map(({ path }) => path)).toEqual(['changes.0.id', 'changes.1.id'])
    expect((await post(of('store'), { from: MONDAY, role: 'manager' })).status).toBe(200)
    const counts = async () => [
      (await call(device, 'GET', '/api/v1/settings/pacing')).json,
      (await call(device, 'GET', '/api/v1/settings/receipt-text')).json,
    ]
    expect(await counts()).toMatchObject([{ prep_minutes: 15, max_orders: null }, { header: [] }])
    clock.ms = MONDAY_MS
    expect(await counts()).toMatchObject([
      { prep_minutes: 25, max_orders: 4 },
      { header: ['Closed on Sundays'] },
    ])
    clock.ms = FRIDAY
    await withdraw((await scheduled()).map(({ change_id: id }) => id))
    expect(await scheduled()).toEqual([])
  })

  test('[V1] a price for Monday is listed, counts from Monday, and leaves what was sold', async () => {
    const burger = (await call(device, 'GET', '/api/v1/menu/items/burger-classic')).json as Record<
      string,
      unknown
    >
    const {
      id: _id,
      available: _available,
      modifier_groups: _groups,
      image_url: _url,
      ...shown
    } = burger
    const { allergens: _allergens, texts: _texts, ...value } = shown
    const answer = await post([item('burger-classic', { ...value, price: 1_395 })], {
      from: MONDAY,
    })
    expect(answer.json).toMatchObject({
      changes: [
        {
          change: 'changed',
          fields: [{ field: 'price', after: { amount: 1_395 } }],
          valid_until: null,
        },
      ],
    })
    expect((await scheduled()).map(({ change }) => change)).toMatchObject([
      {
        id: 'burger-classic',
        valid_from: '2026-11-23T00:00:00.000Z',
        before: { price: { amount: 1_250 } },
      },
    ])
    const order = (await call(device, 'POST', '/api/v1/orders', SEED_ORDER)).json as { id: string }
    clock.ms = MONDAY_MS
    expect(await priceNow('burger-classic')).toBe(1_395)
    expect(await scheduled()).toEqual([])
    const sold = (await call(device, 'GET', `/api/v1/orders/${order.id}`)).json
    expect(sold).toMatchObject({ items: [{ unit_price: { amount: 1_250 } }] })
    clock.ms = FRIDAY
  })

  test('[V2] a change at once says until when it counts, and what would break later is refused now', async () => {
    const seasonal = {
      kind: 'category',
      id: 'seasonal',
      value: { name: 'Seasonal', position: 50, color: 'teal' },
    }
    expect((await post([seasonal])).status).toBe(200)
    expect((await post([{ ...seasonal, value: null }], { from: '2026-11-30' })).status).toBe(200)
    const soup = { ...lemonade, category_id: 'seasonal', name: 'Pumpkin soup' }
    const refused = await post([item('soup', soup)])
    expect(faultsOf(refused)).toEqual([
      {
        path: 'changes.0.value.category_id',
        message: expect.stringContaining('from 2026-11-30T00:00:00.000Z on'),
      },
    ])
    const renamed = await post([{ ...seasonal, value: { ...seasonal.value, name: 'Autumn' } }])
    expect(renamed.json).toMatchObject({ changes: [{ valid_until: '2026-11-30T00:00:00.000Z' }] })
    await withdraw((await scheduled()).map(({ change_id }) => change_id))
    expect((await post([item('soup', soup)])).status).toBe(200)
  })

  test('[V1] what is scheduled can be taken back before its date, and only then', async () => {
    await post([item('limonata')])
    await post([item('limonata', { ...lemonade, price: 500 })], { from: MONDAY })
    const [change] = await scheduled()
    const id = change!.change_id
    expect((await withdraw([id, 'unknown'])).json).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'change_ids.1' }],
    })
    expect(await scheduled()).toHaveLength(1)
    expect((await withdraw([id])).json).toEqual({ withdrawn: 1 })
    expect(await scheduled()).toEqual([])
    expect((await withdraw([id])).status).toBe(422)
    clock.ms = MONDAY_MS + DAY_MS
    expect(await priceNow('limonata')).toBe(450)
    clock.ms = FRIDAY
  })

  test('[V2] a change that another scheduled one needs is not taken back alone', async () => {
    const desserts = {
      kind: 'category',
      id: 'ices',
      value: { name: 'Ices', position: 60, color: 'rose' },
    }
    await post([desserts, item('sorbet', { ...lemonade, category_id: 'ices' })], { from: MONDAY })
    const ids = new Map((await scheduled()).map(({ change_id, change }) => [change.id, change_id]))
    const refused = await withdraw([ids.get('ices')!])
    expect([refused.status, faultsOf(refused)]).toMatchObject([422, [{ path: 'change_ids.0' }]])
    expect((await withdraw([ids.get('ices')!, ids.get('sorbet')!])).status).toBe(200)
  })

  test('[V2] what a manager may not set, a manager may not take back', async () => {
    await post([staff('seasonal', { name: 'Help', role: 'cashier', pin: '8642' })], {
      from: MONDAY,
    })
    const [change] = await scheduled()
    expect(change?.change).toMatchObject({ after: { name: 'Help', has_pin: true } })
    expect((await withdraw([change!.change_id], 'manager')).status).toBe(403)
    expect((await withdraw([change!.change_id])).status).toBe(200)
  })
})

describe('people', () => {
  test('[V2] a PIN is stored as the hash that signing in expects, and never told', async () => {
    const hired = await post([staff('new', { name: 'New', role: 'cashier', pin: '7531' })])
    const hash = device.store.catalog().staff.get('new')!.pinHash!
    const isRight = await device.people.pins.check('7531', hash)
    expect(isRight).toEqual({ kind: 'right', isToRenew: false })
    const renamed = await post([staff('new', { name: 'Newer', role: 'manager' })])
    expect(device.store.catalog().staff.get('new')).toEqual({
      name: 'Newer',
      role: 'manager',
      pinHash: hash,
    })
    const changed = await post([staff('new', { name: 'Newer', role: 'manager', pin: '9753' })])
    expect(changed.json).toMatchObject({
      changes: [{ change: 'changed', fields: [{ field: 'pin', before: null, after: null }] }],
    })
    const list = await call(device, 'GET', '/api/v1/staff')
    expect(list.json).toMatchObject({
      data: expect.arrayContaining([{ id: 'new', name: 'Newer', role: 'manager', has_pin: true }]),
    })
    for (const { text } of [hired, renamed, changed, list]) {
      expect(text).not.toMatch(/7531|9753|pinHash|argon2id/)
    }
    expect(device.logged.join('\n')).not.toMatch(/7531|9753/)
    expect((await call(device, 'DELETE', '/api/v1/staff/new')).status).toBe(200)
    expect((await call(device, 'GET', '/api/v1/staff/new')).status).toBe(404)
  })

  test('[V2] a second admin may go, and the first with nobody behind may not', async () => {
    await post([staff('second', { name: 'Second', role: 'admin', pin: '2468' })])
    const swap = await post([staff('second', null), staff('staff-alex', null)])
    expect(faultsOf(swap)).toMatchObject([{ path: 'changes.0' }])
    expect((await post([staff('second', null)])).status).toBe(200)
  })
})

describe('one record at its own address', () => {
  test.each([
    ['/api/v1/menu/items/mint-tea', lemonade],
    ['/api/v1/menu/modifier-groups/size', group([big]).value],
    ['/api/v1/menu/categories/cat', { name: 'Cat', position: 70, color: 'blue' }],
    ['/api/v1/tax-rates/zero', { name: 'Zero', rate_ppm: 0, included: true }],
    [
      '/api/v1/stations/hatch',
      { name: 'Hatch', position: 9, warn_after_seconds: 60, late_after_seconds: 90 },
    ],
    ['/api/v1/tables/t-90', table('', '90').value],
  ])('[V2] %s is made, read, changed for a date, and taken away', async (path, value) => {
    const made = await call(device, 'PUT', path, value, { role: 'manager' })
    expect([made.status, made.json]).toMatchObject([200, { changes: [{ change: 'added' }] }])
    const read = await call(device, 'GET', path)
    expect([read.status, (read.json as { id: string }).id]).toEqual([200, path.split('/').at(-1)])
    const dry = await call(device, 'PUT', `${path}?dry_run=true&valid_from=${MONDAY}`, value)
    expect(dry.json).toMatchObject({ dry_run: true, valid_from: '2026-11-23T00:00:00.000Z' })
    const later = await call(device, 'DELETE', `${path}?valid_from=${MONDAY}`)
    expect(later.json).toMatchObject({ changes: [{ change: 'removed' }] })
    expect((await call(device, 'GET', path)).status).toBe(200)
    clock.ms = MONDAY_MS
    expect((await call(device, 'GET', path)).status).toBe(404)
    clock.ms = FRIDAY
    expect((await call(device, 'DELETE', path)).status).toBe(200)
    expect((await call(device, 'GET', path)).status).toBe(404)
  })

  test('[V2] faults are told by their place in the body', async () => {
    const answer = await call(device, 'PUT', '/api/v1/menu/items/x', {
      ...lemonade,
      tax_rate_id: 'none',
    })
    expect([answer.status, faultsOf(answer)]).toMatchObject([422, [{ path: 'tax_rate_id' }]])
    const unknown = await call(device, 'DELETE', '/api/v1/tables/nowhere')
    expect([unknown.status, unknown.json]).toMatchObject([404, { code: 'record_not_found' }])
  })

  test('[V2] the settings are read as they are written', async () => {
    const before = (await call(device, 'GET', '/api/v1/store')).json
    expect(before).toEqual(settings)
    const put = await call(device, 'PUT', '/api/v1/store', {
      ...settings,
      service_charge_ppm: 100_000,
    })
    expect(put.json).toMatchObject({
      changes: [{ fields: [{ field: 'service_charge_ppm', before: 0, after: 100_000 }] }],
    })
    await call(device, 'PUT', '/api/v1/store', settings)
    expect((await call(device, 'GET', '/api/v1/store')).json).toEqual(before)
  })

  test('[V2] lists of what an editor chooses from have their ids', async () => {
    for (const [path, id] of [
      ['/api/v1/menu/categories', 'starters'],
      ['/api/v1/tax-rates', 'sales'],
      ['/api/v1/stations', 'grill'],
    ]) {
      const { json } = await call(device, 'GET', path!, undefined, { role: 'cashier' })
      expect((json as { data: { id: string }[] }).data.map((one) => one.id)).toContain(id)
    }
  })
})
