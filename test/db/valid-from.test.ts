import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { openConnection } from '../../db/sqlite/connection.ts'
import { validFrom } from '../../db/sqlite/migrations/0004-valid-from.ts'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { readCatalog } from '../../db/sqlite/record-table.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { MenuItem } from '../../domain/catalog.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { openTestDevice, sendAll, type TestDevice } from '../support/devices.ts'
import { line, newOrder, smallCatalog, TEST_ORDER_ID } from '../support/orders.ts'

const DAY_MS = 86_400_000
const FRIDAY = Date.UTC(2026, 10, 20, 12)
const MONDAY = Date.UTC(2026, 10, 23)
const isoOf = (ms: number): string => new Date(ms).toISOString()
const BURGER = smallCatalog().menu_item.get('burger') as MenuItem

const priced = (priceMinor: number, validFromMs?: number): RecordEvent => ({
  type: 'record.set',
  kind: 'menu_item',
  id: 'burger',
  ...(validFromMs !== undefined && { validFrom: isoOf(validFromMs) }),
  value: { ...BURGER, priceMinor },
})

let commands = 0
const write = ({ store }: TestDevice, ...command: RecordEvent[]): void => {
  commands += 1
  store.setRecords({ id: `edit-${commands}`, at: isoOf(FRIDAY), actor: 'test', command })
}
const priceOn = ({ store }: TestDevice) => store.catalog().menu_item.get('burger')?.priceMinor

/** A device with a clock of its own, which stands still until it is put. */
async function deviceAt(name: string, ms: number, file = ':memory:') {
  const clock = { ms }
  const device = await openTestDevice(name, { file, nowMs: () => clock.ms })
  onTestFinished(() => device.close())
  return { device, clock }
}

test('[V1] a till follows its own clock to the price of Monday, alone and without a restart', async () => {
  const { device, clock } = await deviceAt('A', FRIDAY)
  write(device, priced(1_400, MONDAY))
  const held = device.store.catalog()
  expect(priceOn(device)).toBe(1_250)
  clock.ms = MONDAY - 1
  expect(device.store.catalog()).toBe(held)
  const sold = (orderId: string) => {
    const result = device.run({ ...newOrder([line('burger')]), orderId })
    return result.ok ? result.value.lines[0]!.unitPriceMinor : result.error
  }
  expect(sold('on Sunday')).toBe(1_250)
  clock.ms = MONDAY
  expect(device.store.catalog()).not.toBe(held)
  expect(sold('on Monday')).toBe(1_400)
  // A clock that is put back goes back to what counted then.
  clock.ms = FRIDAY + DAY_MS
  expect(sold('on Saturday')).toBe(1_250)
})

test('[M2] what was sold before the date keeps its price after it', async () => {
  const { device, clock } = await deviceAt('A', FRIDAY)
  device.run(newOrder([line('burger')]))
  write(device, priced(1_400, MONDAY))
  clock.ms = MONDAY + 1
  device.run({ type: 'addLines', orderId: TEST_ORDER_ID, lines: [line('burger')] })
  const order = device.store.order(TEST_ORDER_ID)
  expect(order?.lines.map((sold) => sold.unitPriceMinor)).toEqual([1_250, 1_400])
})

test('[V1] what counts now survives a restart, and a change that is withdrawn does not come', async () => {
  const first = await openTestDevice('A', { nowMs: () => FRIDAY })
  write(first, priced(1_400, MONDAY), priced(1_500, MONDAY + DAY_MS))
  const at = { validFrom: isoOf(MONDAY), kind: 'menu_item', id: 'burger' } as const
  write(first, { type: 'record.withdrawn', ...at })
  first.close()
  const { device, clock } = await deviceAt('A', MONDAY, first.file)
  expect(priceOn(device)).toBe(1_250)
  clock.ms = MONDAY + DAY_MS
  expect(priceOn(device)).toBe(1_500)
  expect(await verifyFile(device.connection)).toMatchObject({ ok: true })
})

test('[F3] records with dates: any way of arriving gives one table, equal to its rebuild', async () => {
  const day = fc.integer({ min: 0, max: 6 }).map((n) => FRIDAY + n * DAY_MS)
  const edit = fc.oneof(
    day.map((ms): RecordEvent => priced(700, ms)),
    fc.constant<RecordEvent>(priced(900)),
    day.map((ms): RecordEvent => ({ ...priced(0, ms), value: null }) as RecordEvent),
    day.map((ms): RecordEvent => ({
      type: 'record.withdrawn',
      kind: 'menu_item',
      id: 'burger',
      validFrom: isoOf(ms),
    })),
  )
  let dated = 0
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const clock = { ms: FRIDAY }
      const nowMs = () => clock.ms
      const devices = await Promise.all(
        ['A', 'B', 'C'].map((name) => openTestDevice(name, { file: ':memory:', nowMs })),
      )
      for (let step = 0; step < 14; step += 1) {
        write(
          devices[g(fc.nat, { max: 2 })]!,
          g(() => edit),
        )
        clock.ms += g(fc.nat, { max: DAY_MS })
        const [from, to] = [devices[g(fc.nat, { max: 2 })]!, devices[g(fc.nat, { max: 2 })]!]
        if (from !== to) sendAll(from.store, to.store, g(fc.integer, { min: 1, max: 3 }))
      }
      for (let round = 0; round < 12; round += 1) {
        for (const from of devices) {
          for (const to of devices) if (from !== to) sendAll(from.store, to.store)
        }
      }
      const digests = devices.map(({ connection }) => digestOf(connection))
      expect(new Set(digests).size).toBe(1)
      const [a] = devices
      for (const ms of [FRIDAY, FRIDAY + 3 * DAY_MS, FRIDAY + 20 * DAY_MS]) {
        clock.ms = ms
        const counting = devices.map((device) => [...device.store.catalog().menu_item])
        expect(counting).toEqual(counting.map(() => [...readCatalog(a!.connection, ms).menu_item]))
      }
      rebuildProjections(a!.connection)
      expect(digestOf(a!.connection)).toBe(digests[0])
      dated += a!.store.recordVersions().filter(({ validFrom }) => validFrom !== '').length
      for (const device of devices) device.close()
    }),
    { numRuns: 25 },
  )
  expect(dated).toBeGreaterThan(25)
})

test('[L1] a file from before there were dates comes forward with what is in it', async () => {
  const device = await openTestDevice('A', { nowMs: () => FRIDAY })
  write(device, priced(1_300))
  const digest = digestOf(device.connection)
  device.connection.raw.exec(`
    CREATE TABLE old (kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT, clock INTEGER NOT NULL,
      origin TEXT NOT NULL, event_index INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
    INSERT INTO old SELECT kind, id, value, clock, origin, event_index FROM records;
    DROP TABLE records;
    ALTER TABLE old RENAME TO records;
  `)
  await validFrom.up(device.connection.sql)
  device.close()
  const connection = await openConnection(device.file)
  onTestFinished(() => connection.close())
  expect(readCatalog(connection, FRIDAY).menu_item.get('burger')?.priceMinor).toBe(1_300)
  expect(digestOf(connection)).toBe(digest)
  expect(await verifyFile(connection)).toMatchObject({ ok: true })
})
