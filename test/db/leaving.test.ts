import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { CHAIN_START, chainHash } from '../../db/chain.ts'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { createRunTable } from '../../db/sqlite/run-table.ts'
import { lastSeqOf } from '../../domain/log.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { readWanted } from '../../sync/read-wanted.ts'
import { openTestDevice, type TestDevice } from '../support/devices.ts'
import {
  closeOrder,
  faultOf,
  letGo,
  NOW,
  openOrder,
  run,
  runsOf,
  serveOrder,
} from '../support/leaving.ts'

const numbersHeld = (device: TestDevice): number[] =>
  device.connection.raw.prepare<[], number>('SELECT seq FROM entries ORDER BY id').pluck().all()

describe('runs', () => {
  test('[L7] whatever leaves in whatever order, touching numbers are one run', async () => {
    const device = await openTestDevice('A')
    const table = createRunTable(device.connection)
    const hashOf = (seq: number): Uint8Array => Uint8Array.of(seq)
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 40 }), (leaving) => {
        device.connection.raw.exec('DELETE FROM runs')
        for (const seq of leaving) {
          table.add({
            origin: 'x',
            fromSeq: seq,
            toSeq: seq,
            lastHash: hashOf(seq),
            lastClock: seq,
          })
        }
        const gone = new Set(leaving)
        for (let seq = 1; seq <= 41; seq += 1) {
          const found = table.at('x', seq)
          expect(found !== null).toBe(gone.has(seq))
          const endsHere = gone.has(seq) && !gone.has(seq + 1)
          expect(table.hashOfEnd('x', seq)).toEqual(endsHere ? Buffer.of(seq) : null)
          if (found === null) continue
          expect(gone.has(found.fromSeq - 1)).toBe(false)
          expect(gone.has(found.toSeq + 1)).toBe(false)
          expect(found.lastClock).toBe(found.toSeq)
        }
        expect(table.last('x')?.toSeq ?? 0).toBe(Math.max(0, ...leaving.filter(Boolean)))
      }),
    )
    device.close()
  })

  test('[L7] [L2] [L3] whatever has left, a reader gets each number once and a receiver all of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        async (closed, maxEntries) => {
          const from = await openTestDevice('A')
          const to = await openTestDevice('B')
          closed.forEach((isClosed, n) =>
            isClosed ? serveOrder(from, `order-${n}`) : openOrder(from, `order-${n}`),
          )
          letGo(from)
          const toSeq = from.store.frontier().get('origin-A') ?? 0
          for (let seq = 1; seq <= toSeq;) {
            const wanted = [{ origin: 'origin-A', fromSeq: seq, toSeq }]
            const parts = readWanted(from.store, wanted, { maxEntries, maxBytes: 1_000_000 })
            expect(parts.length).toBeLessThanOrEqual(maxEntries)
            for (const part of parts) {
              expect(part.fromSeq).toBe(seq)
              seq = lastSeqOf(part) + 1
            }
            expect(to.store.ingest(parts)).toMatchObject({ gaps: [], broken: [], forks: [] })
          }
          expect(to.store.frontier()).toEqual(from.store.frontier())
          expect(digestOf(to.connection)).toBe(digestOf(from.connection))
          expect(runsOf(to)).toEqual(runsOf(from))
          expect(await faultOf(to)).toBe(null)
          from.close()
          to.close()
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('leaving', () => {
  test('[L7] a closed order leaves with its entries and its rows, and the frontier stays', async () => {
    const device = await openTestDevice('A')
    serveOrder(device, 'old')
    openOrder(device, 'open')
    const frontier = device.store.frontier()
    const head = device.store.headHashes()
    expect(letGo(device)).toEqual(['old'])
    expect(device.store.order('old')).toBe(null)
    expect(device.store.order('open')).not.toBe(null)
    expect(device.store.frontier()).toEqual(frontier)
    expect(device.store.headHashes()).toEqual(head)
    expect(numbersHeld(device)).toEqual([1, 4])
    expect(runsOf(device)).toEqual([['origin-A', 2, 3]])
    for (const table of ['orders', 'order_items', 'order_status_history']) {
      const key = table === 'orders' ? 'id' : 'order_id'
      const rows = device.connection.raw.prepare(`SELECT ${key} AS id FROM ${table}`).all()
      expect(rows).not.toContainEqual({ id: 'old' })
    }
    expect(await faultOf(device)).toBe(null)
    device.close()
  })

  test('[L7] [F3] [L3] a device from which orders have left goes on after a start as before it', async () => {
    const device = await openTestDevice('A')
    serveOrder(device, 'one')
    serveOrder(device, 'two')
    letGo(device)
    const frontier = device.store.frontier()
    device.close()
    const again = await openTestDevice('A', { file: device.file })
    expect(again.store.frontier()).toEqual(frontier)
    serveOrder(again, 'three')
    expect(again.store.frontier().get('origin-A')).toBe((frontier.get('origin-A') ?? 0) + 2)
    const digest = digestOf(again.connection)
    rebuildProjections(again.connection)
    expect(digestOf(again.connection)).toBe(digest)
    expect(await faultOf(again)).toBe(null)
    again.close()
  })

  test('[L7] what is open, too young, not safe elsewhere or to be settled stays', async () => {
    const device = await openTestDevice('A')
    openOrder(device, 'open')
    serveOrder(device, 'closed')
    const { connection } = device
    const clockOf = (seq: number): number =>
      Number(
        connection.raw.prepare(`SELECT clock FROM entries WHERE seq = ${seq}`).pluck().get() ?? 0,
      )
    expect(letGo(device, { before: clockOf(4) })).toEqual([])
    expect(letGo(device, { isSafe: (heads) => (heads.get('origin-A') ?? 0) < 4 })).toEqual([])
    connection.raw.exec(
      `INSERT INTO order_conflicts VALUES ('closed', 'paid_twice', 0, 0, '[]', '[]', NULL, NULL, NULL, NULL)`,
    )
    expect(letGo(device)).toEqual([])
    connection.raw.exec('DELETE FROM order_conflicts')
    expect(letGo(device)).toEqual(['closed'])
    expect(letGo(device)).toEqual([])
    device.close()
  })

  test('[L7] orders between which a line was moved leave together, or not at all', async () => {
    const device = await openTestDevice('A')
    openOrder(device, 'from')
    openOrder(device, 'to')
    run(device, { type: 'sendToKitchen', orderId: 'from' })
    run(device, { type: 'sendToKitchen', orderId: 'to' })
    const lineId = device.store.order('from')?.lines[0]?.id ?? ''
    run(device, { type: 'moveLines', orderId: 'from', lineIds: [lineId], toOrderId: 'to' })
    closeOrder(device, 'from')
    expect(letGo(device)).toEqual([])
    closeOrder(device, 'to')
    expect([...letGo(device)].toSorted()).toEqual(['from', 'to'])
    expect(await faultOf(device)).toBe(null)
    device.close()
  })

  test('[L7] [L4] an order with an event that this version cannot read stays', async () => {
    const device = await openTestDevice('A')
    serveOrder(device, 'old')
    const body = JSON.stringify([
      { type: 'order.sung_to', orderId: 'old' },
      { type: 'order.ticket_recalled', orderId: 'old', ticketId: 't' },
    ])
    insertEntry(device, body)
    expect(device.store.health().unreadable).toBe(1)
    expect(letGo(device)).toEqual([])
    device.close()
  })

  test('[L7] [P3] a turn looks at so many orders and says where the next one goes on', async () => {
    const device = await openTestDevice('A')
    for (let n = 0; n < 5; n += 1) serveOrder(device, `order-${n}`)
    const left: string[] = []
    let after: Parameters<Store['letGo']>[1] = null
    let turns = 0
    do {
      const turn = device.store.letGo({ ...NOW, maxOrders: 2 }, after)
      expect(turn.orderIds.length).toBeLessThanOrEqual(2)
      left.push(...turn.orderIds)
      after = turn.next
      turns += 1
    } while (after !== null)
    expect(left).toHaveLength(5)
    expect(turns).toBe(3)
    expect(runsOf(device)).toHaveLength(1)
    device.close()
  })

  test.each([
    ['DELETE FROM runs WHERE to_seq = 3', 'entry 2 is missing, 4 stands in its place'],
    ['UPDATE runs SET from_seq = 3 WHERE to_seq = 3', 'entry 2 is missing'],
    ['UPDATE runs SET last_hash = zeroblob(32) WHERE to_seq = 3', 'entry 4 was changed'],
    ['UPDATE runs SET to_seq = 4 WHERE to_seq = 3', 'is said to have left, and 4 is here'],
    ['UPDATE runs SET from_seq = 2 WHERE to_seq = 6', 'overlaps another'],
    [`UPDATE runs SET origin = 'x' WHERE to_seq = 6`, 'is of an origin that is not known'],
    ['DELETE FROM entries WHERE seq = 1', 'entry 1 is missing, 4 stands in its place'],
  ])('[L7] [L3] what is not as it was left is found: %s', async (change, fault) => {
    const device = await openTestDevice('A')
    serveOrder(device, 'one')
    openOrder(device, 'open')
    serveOrder(device, 'two')
    letGo(device)
    expect(await faultOf(device)).toBe(null)
    device.connection.raw.exec(change)
    expect(await faultOf(device)).toContain(fault)
    device.close()
  })

  test('[L7] [L1] a disk that fails in the middle of it leaves everything as it was', async () => {
    const device = await openTestDevice('A')
    serveOrder(device, 'old')
    const digest = digestOf(device.connection)
    device.connection.raw.exec(
      `CREATE TRIGGER fails BEFORE DELETE ON orders BEGIN SELECT RAISE(ABORT, 'disk'); END`,
    )
    expect(() => letGo(device)).toThrow('disk')
    device.connection.raw.exec('DROP TRIGGER fails')
    expect(digestOf(device.connection)).toBe(digest)
    expect(device.store.order('old')).not.toBe(null)
    expect(runsOf(device)).toEqual([])
    expect(letGo(device)).toEqual(['old'])
    device.close()
  })
})

/** An entry of a newer program, as a peer would bring it. */
function insertEntry(device: TestDevice, body: string): void {
  const content = { clock: 1, commandId: 'new', at: 'now', actor: 'x', body }
  const lastHash = chainHash(CHAIN_START, 'newer', 1, content)
  const report = device.store.ingest([
    { origin: 'newer', fromSeq: 1, entries: [content], lastHash },
  ])
  expect(report.accepted).toBe(1)
}
