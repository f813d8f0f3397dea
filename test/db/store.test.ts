import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import Database from 'better-sqlite3'
import { openConnection } from '../../db/sqlite/connection.ts'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { chainHash, CHAIN_START } from '../../db/chain.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import { orderTables, recordsTable } from '../../db/tables.ts'
import type { EntryContent, EntryRange } from '../../domain/log.ts'
import { openTestDevice, sendAll, type TestDevice } from '../support/devices.ts'
import { commandOn, line, newOrder, TEST_ORDER_ID } from '../support/orders.ts'

const orderId = TEST_ORDER_ID

function take(device: TestDevice, ...commands: Parameters<TestDevice['run']>[0][]): void {
  for (const command of commands) {
    const result = device.run(command)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
  }
}

const contentOf = (body: string, clock: number): EntryContent => ({
  clock,
  commandId: `command-${clock}`,
  at: '2026-01-01T12:00:00.000Z',
  actor: 'test',
  body,
})

/** Entries of a stranger's origin, chained as they should be. */
function rangeOf(origin: string, fromSeq: number, bodies: readonly string[], before = CHAIN_START) {
  let hash: Uint8Array = before
  const entries = bodies.map((body, index) => {
    const content = contentOf(body, (fromSeq + index) * 10)
    hash = chainHash(hash, origin, fromSeq + index, content)
    return content
  })
  return { origin, fromSeq, entries, lastHash: hash } satisfies EntryRange
}

describe('the log', () => {
  test('[L1] the file runs in WAL mode with synchronous=FULL, also after it has been read', async () => {
    const device = await openTestDevice('A')
    take(device, newOrder([line('burger')]))
    expect(device.store.openOrders()).toHaveLength(1)
    expect(device.connection.raw.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(device.connection.raw.pragma('synchronous', { simple: true })).toBe(2)
    device.close()
  })

  test('[L1] the trap is real: a plain connection to the same file drops to NORMAL', async () => {
    const device = await openTestDevice('A')
    device.close()
    const plain = new Database(device.file)
    plain.prepare('SELECT count(*) FROM entries').get()
    expect(plain.pragma('synchronous', { simple: true })).toBe(1)
    plain.close()
  })

  test('[L2] numbers of an origin start at 1 and have no gap', async () => {
    const device = await openTestDevice('A')
    take(device, newOrder([line('burger')]), { type: 'sendToKitchen', orderId })
    const seqs = device.connection.raw
      .prepare('SELECT seq FROM entries WHERE origin = ? ORDER BY seq')
      .pluck()
      .all('origin-A')
    expect(seqs).toEqual([1, 2, 3])
    device.close()
  })

  test('[L2] a range beyond a gap is not taken, and says where it would fit', async () => {
    const device = await openTestDevice('A')
    const before = digestOf(device.connection)
    const report = device.store.ingest([rangeOf('x', 3, ['[]'])])
    expect(report).toMatchObject({ accepted: 0, gaps: [{ origin: 'x', expectedSeq: 1 }] })
    expect(device.store.frontier().get('x')).toBeUndefined()
    expect(digestOf(device.connection)).toBe(before)
    device.close()
  })

  test('[L2] a second entry with a number that is taken is kept aside and never folded', async () => {
    const device = await openTestDevice('A')
    device.store.ingest([rangeOf('x', 1, ['[]', '[]'])])
    const rival = rangeOf('x', 1, ['[{"type":"order.ready","orderId":"o"}]', '[]', '[]'])
    const before = digestOf(device.connection)
    expect(device.store.ingest([rival])).toMatchObject({
      accepted: 0,
      forks: [1, 2, 3].map((seq) => ({ origin: 'x', seq })),
    })
    expect(device.store.health().quarantined).toBe(3)
    expect(device.store.frontier().get('x')).toBe(2)
    expect(digestOf(device.connection)).toBe(before)
    device.close()
  })

  test('[L3] a range whose hashes do not chain is not taken', async () => {
    const device = await openTestDevice('A')
    const range = rangeOf('x', 1, ['[]', '[]'])
    const forged = { ...range, entries: [range.entries[0]!, contentOf('["changed"]', 20)] }
    expect(device.store.ingest([forged])).toMatchObject({
      accepted: 0,
      broken: [{ origin: 'x', fromSeq: 1 }],
    })
    device.close()
  })

  test.each([
    ['an edited body', `UPDATE entries SET body = replace(body, 'Burger', 'Bagel') WHERE seq = 2`],
    ['an edited time', `UPDATE entries SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2`],
    ['another actor', `UPDATE entries SET actor = 'staff:eve' WHERE seq = 3`],
    ['a deleted entry', 'DELETE FROM entries WHERE seq = 2'],
    [
      'two entries swapped',
      'UPDATE entries SET id = id + 5 - 2 * seq, seq = 5 - seq WHERE seq > 1',
    ],
  ])('[L3] verify finds %s', async (_what, sql) => {
    const device = await openTestDevice('A')
    take(device, newOrder([line('burger')]), { type: 'sendToKitchen', orderId })
    expect(await verifyFile(device.connection)).toMatchObject({ ok: true })
    if (sql.includes('5 - seq')) {
      device.connection.raw.exec(
        `UPDATE entries SET id = -id WHERE seq > 1;
         UPDATE entries SET id = -id + 5 - 2 * seq, seq = 5 - seq WHERE seq > 1`,
      )
    } else device.connection.raw.exec(sql)
    expect(await verifyFile(device.connection)).toMatchObject({ ok: false })
    device.close()
  })

  test('[L4] an unknown event is kept and passed on; after the update it is folded', async () => {
    const device = await openTestDevice('A')
    take(device, newOrder([line('burger')]))
    const future = '[{"type":"order.sung_to","orderId":"order-1","song":"happy"}]'
    device.store.ingest([rangeOf('x', 1, [future])])
    expect(device.store.health().unreadable).toBe(1)
    const other = await openTestDevice('B')
    sendAll(device.store, other.store)
    expect(other.store.frontier().get('x')).toBe(1)
    expect(digestOf(other.connection)).toBe(digestOf(device.connection))
    device.close()

    const known = '[{"type":"order.line_voided","orderId":"order-1","lineId":"LINE","reason":"x"}]'
    const updated = await openTestDevice('A', { file: device.file })
    const lineId = updated.store.order(orderId)!.lines[0]!.id
    updated.store.ingest([rangeOf('y', 1, [known.replace('LINE', lineId)])])
    // As if that event had been unreadable so far.
    updated.connection.raw.exec(
      `INSERT INTO unreadable SELECT id, 0 FROM entries WHERE origin = 'y';
       DELETE FROM order_entries WHERE entry_id IN (SELECT id FROM entries WHERE origin = 'y');
       UPDATE order_items SET voided = 0`,
    )
    updated.close()
    const reopened = await openTestDevice('A', { file: device.file })
    expect(reopened.store.order(orderId)!.lines[0]!.voided).toBe(true)
    expect(reopened.store.health().unreadable).toBe(1)
    expect(await verifyFile(reopened.connection)).toMatchObject({ ok: true })
    reopened.close()
  })

  test('[L5] a command taken before changes nothing, also after a restart', async () => {
    const device = await openTestDevice('A')
    const first = device.run(newOrder([line('burger')]), 'tap-1')
    const frontier = device.store.frontier().get('origin-A')
    device.close()
    const again = await openTestDevice('A', { file: device.file })
    expect(again.run(newOrder([line('burger')]), 'tap-1')).toEqual(first)
    expect(again.store.frontier().get('origin-A')).toBe(frontier)
    again.close()
  })

  test('[L6] a device that gets back what it had forgotten goes on in a fresh origin', async () => {
    const device = await openTestDevice('A')
    const other = await openTestDevice('B')
    sendAll(device.store, other.store)
    const old = await openTestDevice('A', { founder: false })
    sendAll(other.store, old.store)
    expect(old.store.ownOrigin()).not.toBe('origin-A')
    take(old, newOrder([line('burger')]))
    expect(old.store.frontier().get('origin-A')).toBe(1)
    for (const each of [device, other, old]) each.close()
  })

  test('[L3] what a bit has changed on the disk is not written again under a hash that fits', async () => {
    const device = await openTestDevice('A')
    const other = await openTestDevice('B')
    const create = (id: string) => ({ ...newOrder([line('burger')]), orderId: id })
    const backup = device.connection.raw.serialize()
    take(device, create('before-the-loss'))
    sendAll(device.store, other.store)
    device.close()
    writeFileSync(device.file, backup)
    const back = await openTestDevice('A', { file: device.file })
    take(back, create('changed-by-a-bit'), create('as-it-was'))
    back.connection.raw
      .prepare(`UPDATE entries SET body = replace(body, '"Burger"', '"Curger"') WHERE body LIKE ?`)
      .run('%changed-by-a-bit%')
    back.store.ingest([other.store.readRange('origin-A', 1, 10, 1_000_000)!])
    expect(back.store.ownOrigin()).not.toBe('origin-A')
    sendAll(back.store, other.store)
    expect(other.store.order('as-it-was')).not.toBeNull()
    expect(other.store.order('changed-by-a-bit')).toBeNull()
    for (const each of [back, other]) each.close()
  })

  test('[L6] a device put back from a backup that went on before it knew loses nothing, here or elsewhere', async () => {
    const device = await openTestDevice('A')
    const other = await openTestDevice('B')
    const create = (id: string) => ({ ...newOrder([line('burger')]), orderId: id })
    const backup = device.connection.raw.serialize()
    sendAll(device.store, other.store)
    take(device, create('before-the-loss'))
    sendAll(device.store, other.store)
    device.close()
    writeFileSync(device.file, backup)
    const back = await openTestDevice('A', { file: device.file })
    take(back, create('before-it-knew'))
    const frontier = other.store.frontier()
    const hash = other.store.headHashes().get('origin-A')!
    const theirs = {
      frontier,
      heads: [{ origin: 'origin-A', seq: frontier.get('origin-A')!, hash }],
      tips: [],
    }
    const limits = { maxEntries: 10, maxBytes: 1_000_000 }
    expect(back.store.compare(theirs, limits).disputed).toEqual([
      { origin: 'origin-A', fromSeq: 1 },
    ])
    back.store.ingest([other.store.readRange('origin-A', 1, 10, 1_000_000)!])
    expect(back.store.ownOrigin()).not.toBe('origin-A')
    expect(back.store.health().quarantined).toBe(1)
    sendAll(back.store, other.store)
    for (const each of [back, other]) {
      expect(each.store.order('before-the-loss')).not.toBeNull()
      expect(each.store.order('before-it-knew')).not.toBeNull()
      expect(await verifyFile(each.connection)).toMatchObject({ ok: true })
      each.close()
    }
  })

  test('an entry that cannot be written leaves no trace, and the next one is taken', async () => {
    const device = await openTestDevice('A')
    take(device, newOrder([line('burger')]))
    const before = device.store.order(orderId)
    device.connection.raw.exec(
      `CREATE TRIGGER full BEFORE INSERT ON order_items BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    )
    const add = { type: 'addLines' as const, orderId, lines: [line('salad')] }
    expect(() => device.run(add)).toThrow('disk full')
    expect(device.store.order(orderId)).toEqual(before)
    device.connection.raw.exec('DROP TRIGGER full')
    take(device, add)
    expect(device.store.order(orderId)!.lines).toHaveLength(2)
    expect(await verifyFile(device.connection)).toMatchObject({ ok: true })
    device.close()
  })
})

describe('the projections', () => {
  test('the tables have the columns that rows are written to', async () => {
    const device = await openTestDevice('A')
    for (const [table, spec] of Object.entries({ ...orderTables, records: recordsTable })) {
      const info = device.connection.raw.pragma(`table_info(${table})`) as {
        name: string
        pk: number
      }[]
      expect(info.map((column) => column.name)).toEqual(spec.columns)
      expect(info.filter((column) => column.pk > 0)).toHaveLength(spec.keyColumns)
    }
    device.close()
  })

  test('[F3] incremental equals rebuilt, byte for byte, on devices that got it in any order', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const devices = [
          await openTestDevice('A', { file: ':memory:' }),
          await openTestDevice('B', { file: ':memory:' }),
          await openTestDevice('C', { file: ':memory:' }),
        ]
        const [a] = devices as [TestDevice, TestDevice, TestDevice]
        take(a, newOrder([line('burger', 2, ['extra_cheese']), line('salad')]))
        for (const device of devices) sendAll(a.store, device.store)
        for (let step = 0; step < 12; step += 1) {
          const device = devices[g(fc.nat, { max: 2 })]!
          device.run(g(commandOn, device.store.order(orderId)))
          const from = devices[g(fc.nat, { max: 2 })]!
          const to = devices[g(fc.nat, { max: 2 })]!
          if (from !== to) sendAll(from.store, to.store, g(fc.integer, { min: 1, max: 4 }))
        }
        for (let round = 0; round < 15; round += 1) {
          for (const from of devices) {
            for (const to of devices) if (from !== to) sendAll(from.store, to.store)
          }
        }
        const digests = devices.map((device) => digestOf(device.connection))
        expect(new Set(digests).size).toBe(1)
        for (const device of devices) {
          rebuildProjections(device.connection)
          expect(digestOf(device.connection)).toBe(digests[0])
          device.close()
        }
        seen.add(a.store.order(orderId)!.status)
      }),
      { numRuns: 40 },
    )
    expect(seen.size).toBeGreaterThan(2)
  })

  test.each([
    ['orders', `UPDATE orders SET total_minor = 1`],
    ['order_items', `DELETE FROM order_items`],
    ['records', `UPDATE records SET value = NULL WHERE kind = 'menu_item'`],
  ])('[F3] verify finds a table that is not what the log says: %s', async (table, sql) => {
    const device = await openTestDevice('A')
    take(device, newOrder([line('burger')]))
    device.connection.raw.exec(sql)
    expect(await verifyFile(device.connection)).toMatchObject({
      ok: false,
      fault: expect.stringContaining(`table ${table}`),
    })
    rebuildProjections(device.connection)
    expect(await verifyFile(device.connection)).toMatchObject({ ok: true })
    device.close()
  })

  test('[N1] numbers count up through a restart, per device', async () => {
    const device = await openTestDevice('A')
    const other = await openTestDevice('B')
    sendAll(device.store, other.store)
    const create = (id: string) => ({ ...newOrder([line('salad')]), orderId: id })
    take(device, create('o1'), create('o2'))
    take(other, create('o3'))
    sendAll(other.store, device.store)
    device.close()
    const again = await openTestDevice('A', { file: device.file })
    take(again, create('o4'))
    const numbers = ['o1', 'o2', 'o3', 'o4'].map((id) => again.store.order(id)!.number)
    expect(numbers).toEqual(['A-001', 'A-002', 'B-001', 'A-003'])
    for (const each of [again, other]) each.close()
  })

  test('[N1] a number that was given out stays given, also where its order has another one', async () => {
    const device = await openTestDevice('A')
    const other = await openTestDevice('B')
    sendAll(device.store, other.store)
    const create = (id: string) => ({ ...newOrder([line('salad')]), orderId: id })
    other.run(create('o1'), 'tap-on-two-devices')
    expect(device.run(create('o1'), 'tap-on-two-devices')).toMatchObject({
      value: { number: 'A-001' },
    })
    sendAll(other.store, device.store)
    expect(device.store.order('o1')!.number).toBe('B-001')
    device.close()
    const again = await openTestDevice('A', { file: device.file })
    take(again, create('o2'))
    expect(again.store.order('o2')!.number).toBe('A-002')
    for (const each of [again, other]) each.close()
  })

  test('an order that a device has not the beginning of is shown when it comes', async () => {
    const a = await openTestDevice('A')
    const b = await openTestDevice('B')
    const c = await openTestDevice('C')
    sendAll(a.store, b.store)
    take(a, newOrder([line('burger')]))
    sendAll(a.store, b.store)
    take(b, { type: 'addLines', orderId, lines: [line('salad')] })
    c.store.ingest([b.store.readRange('origin-B', 1, 10, 1_000_000)!])
    expect(c.store.order(orderId)).toBeNull()
    expect(c.connection.raw.prepare('SELECT count(*) FROM orders').pluck().get()).toBe(0)
    sendAll(a.store, c.store)
    expect(c.store.order(orderId)).toEqual(b.store.order(orderId))
    expect(digestOf(c.connection)).toBe(digestOf(b.connection))
    for (const each of [a, b, c]) each.close()
  })

  test('the view order_events has a row for each event', async () => {
    const device = await openTestDevice('A')
    take(device, newOrder([line('burger')]), { type: 'sendToKitchen', orderId })
    const types = device.connection.raw
      .prepare('SELECT type FROM order_events WHERE order_id = ? ORDER BY seq, event_index')
      .pluck()
      .all(orderId)
    expect(types).toEqual(['order.created', 'order.line_added', 'order.confirmed', 'order.fired'])
    device.close()
  })

  test('open orders are found by an index that closed ones are not in', async () => {
    const connection = await openConnection(':memory:')
    const plan = connection.raw
      .prepare(
        `EXPLAIN QUERY PLAN SELECT id FROM orders
         WHERE status NOT IN ('completed', 'cancelled') ORDER BY created_at`,
      )
      .all() as { detail: string }[]
    expect(plan.map((row) => row.detail).join()).toContain('orders_open')
    connection.close()
  })
})
