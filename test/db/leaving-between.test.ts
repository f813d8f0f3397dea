import { copyFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { MAX_NOTED } from '../../db/sqlite/ended-elsewhere.ts'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { openTestDevice, type TestDevice } from '../support/devices.ts'
import {
  closeOrder,
  faultOf,
  give,
  lackedBy,
  letGo,
  meet,
  openOrder,
  run,
  runsOf,
  serveOrder,
} from '../support/leaving.ts'
import { line } from '../support/orders.ts'

/** Devices that are closed when the test is over. */
async function devices<const N extends readonly string[]>(...names: N) {
  const opened = await Promise.all(names.map((name) => openTestDevice(name)))
  onTestFinished(() => opened.forEach((device) => device.close()))
  for (const device of opened.slice(1)) meet(opened[0]!, device)
  return opened as { [K in keyof N]: TestDevice }
}

const openIds = (device: TestDevice): string[] =>
  device.store
    .openOrders()
    .map(({ id }) => id)
    .toSorted()

describe('a device that was away', () => {
  test('[L7] [F1] does not show for ever what was closed and left elsewhere meanwhile', async () => {
    const [a, b] = await devices('A', 'B')
    openOrder(a, 'old')
    openOrder(b, 'other')
    meet(a, b)
    closeOrder(a, 'old')
    closeOrder(a, 'other')
    expect(letGo(a)).toHaveLength(2)
    expect(openIds(b)).toEqual(['old', 'other'])
    const shown: (readonly string[])[] = []
    b.store.onCommit(({ gone }) => shown.push(gone))
    give(a, b)
    expect(b.store.frontier()).toEqual(a.store.frontier())
    letGo(b)
    expect(openIds(b)).toEqual([])
    expect(shown.flat().toSorted()).toEqual(['old', 'other'])
    expect(digestOf(b.connection)).toBe(digestOf(a.connection))
    expect(runsOf(b)).toEqual(runsOf(a))
    expect(await faultOf(b)).toBe(null)
    expect(b.connection.raw.prepare('SELECT * FROM left_elsewhere').all()).toEqual([])
  })

  test('[L7] [U1] loses nothing that only it has: it goes to the others as before', async () => {
    const [a, b, c] = await devices('A', 'B', 'C')
    openOrder(a, 'old')
    meet(a, b)
    closeOrder(a, 'old')
    letGo(a)
    run(b, { type: 'addLines', orderId: 'old', lines: [line('salad')] })
    give(a, b)
    letGo(b)
    expect(b.store.order('old')).toBe(null)
    expect(b.store.readRange('origin-B', 1, 9, 9_999)?.entries).toHaveLength(1)
    give(b, a)
    give(b, c)
    for (const device of [a, b, c]) {
      expect(device.store.frontier()).toEqual(a.store.frontier())
      expect(device.store.order('old')).toBe(null)
      expect(await faultOf(device)).toBe(null)
    }
  })

  test('[L7] [U1] keeps what the centre is known not to have, and what is of today', async () => {
    const [a, b] = await devices('A', 'B')
    openOrder(a, 'old')
    meet(a, b)
    closeOrder(a, 'old')
    letGo(a)
    give(a, b)
    letGo(b, { mayBeUpstream: () => false })
    expect(openIds(b)).toEqual(['old'])
    letGo(b, { endedBefore: 0 })
    expect(openIds(b)).toEqual(['old'])
    letGo(b)
    expect(openIds(b)).toEqual([])
  })

  test('[L7] [F1] an order that is open keeps what it has, though one that it lent a line to is gone', async () => {
    const [a, b] = await devices('A', 'B')
    openOrder(a, 'old')
    run(a, { type: 'sendToKitchen', orderId: 'old' })
    meet(a, b)
    openOrder(b, 'new')
    run(b, { type: 'sendToKitchen', orderId: 'new' })
    const lineId = b.store.order('old')?.lines[0]?.id ?? ''
    run(b, { type: 'moveLines', orderId: 'old', lineIds: [lineId], toOrderId: 'new' })
    closeOrder(a, 'old')
    expect(letGo(a)).toEqual(['old'])
    give(a, b)
    letGo(b)
    expect(openIds(b)).toEqual(['new'])
    expect(b.store.order('new')?.lines).toHaveLength(2)
    expect(await faultOf(b)).toBe(null)
    give(b, a)
    expect(digestOf(a.connection)).toBe(digestOf(b.connection))
  })
})

test('[L7] [P3] of what others say has left them, no more is remembered than a limit', async () => {
  const [device] = await devices('A')
  const madeUp = (from: number) =>
    Array.from({ length: 20_000 }, (_, n) => {
      const seq = from + 2 * n
      return { origin: 'x', fromSeq: seq, toSeq: seq, lastClock: seq }
    })
  for (let times = 0; times < 4; times += 1) device.store.noteLeft(madeUp(1 + times * 40_000))
  const count = 'SELECT count(*), min(last_clock) AS oldest FROM left_elsewhere'
  expect(device.connection.raw.prepare(count).get()).toEqual({
    'count(*)': MAX_NOTED,
    oldest: 1 + 2 * (80_000 - MAX_NOTED),
  })
})

describe('a device that is filled by several', () => {
  test('[L7] [F1] shows no order of which it got the beginning from one and the end as a run', async () => {
    const [a, b] = await devices('A', 'B')
    openOrder(a, 'old')
    meet(a, b)
    closeOrder(b, 'old')
    meet(a, b)
    letGo(a)
    const fresh = await openTestDevice('C')
    onTestFinished(fresh.close)
    // A says what has left it and is slower than B with its first origin, and quicker with the other.
    fresh.store.noteLeft(a.store.leftFor(new Map(), 1_000))
    const ofA = (from: TestDevice) =>
      lackedBy(fresh.store, from.store).filter(({ origin }) => origin === 'origin-A')
    fresh.store.ingest(ofA(b))
    expect(openIds(fresh)).toEqual(['old'])
    give(a, fresh)
    expect(openIds(fresh)).toEqual(['old'])
    letGo(fresh)
    expect(openIds(fresh)).toEqual([])
    expect(fresh.store.frontier()).toEqual(a.store.frontier())
    expect(await faultOf(fresh)).toBe(null)
  })

  test('[L7] [L2] entries that come after their run has been taken change nothing', async () => {
    const [a, b] = await devices('A', 'B')
    serveOrder(a, 'old')
    openOrder(a, 'open')
    meet(a, b)
    letGo(a)
    const fresh = await openTestDevice('C')
    onTestFinished(fresh.close)
    const asEntries = lackedBy(fresh.store, b.store)
    give(a, fresh)
    const digest = digestOf(fresh.connection)
    expect(fresh.store.ingest(asEntries)).toMatchObject({ gaps: [], broken: [], forks: [] })
    expect(fresh.store.ingest(lackedBy(fresh.store, a.store))).toMatchObject({ accepted: 0 })
    for (let fromSeq = 2; fromSeq <= 4; fromSeq += 1) {
      const range = b.store.readRange('origin-A', fromSeq, 9, 99_999)
      const report = fresh.store.ingest(range ? [range] : [])
      expect(report).toMatchObject({ accepted: 0, gaps: [], broken: [], forks: [] })
    }
    expect(digestOf(fresh.connection)).toBe(digest)
    // What begins where nothing can be compared has to chain to the run's end.
    openOrder(a, 'next')
    give(a, b)
    const long = b.store.readRange('origin-A', 3, 9, 99_999)
    expect(fresh.store.ingest(long ? [long] : [])).toMatchObject({ accepted: 1, gaps: [] })
    give(b, fresh)
    expect(digestOf(fresh.connection)).toBe(digestOf(a.connection))
    expect(await faultOf(fresh)).toBe(null)
  })

  test('[L7] [L2] a run beyond a gap is not taken, and says where it would fit', async () => {
    const [a, b] = await devices('A', 'B')
    const run_ = { origin: 'x', fromSeq: 3, toSeq: 4, lastHash: new Uint8Array(32), lastClock: 9 }
    expect(b.store.ingest([run_])).toMatchObject({ gaps: [{ origin: 'x', expectedSeq: 1 }] })
    expect(b.store.frontier()).toEqual(a.store.frontier())
  })
})

describe('an old backup', () => {
  /** A's disk as it was before its last orders, in A's place. */
  async function restored(a: TestDevice, earlier: string): Promise<TestDevice> {
    a.close()
    const back = await openTestDevice('A', { file: earlier })
    onTestFinished(back.close)
    return back
  }

  test('[L7] [L6] a device that gets its own numbers back as a run goes on in a fresh origin', async () => {
    const a = await openTestDevice('A')
    const b = await openTestDevice('B')
    onTestFinished(b.close)
    openOrder(a, 'kept')
    const earlier = copyOf(a)
    serveOrder(a, 'old')
    meet(a, b)
    letGo(b)
    const back = await restored(a, earlier)
    give(b, back)
    expect(back.store.frontier()).toEqual(b.store.frontier())
    expect(back.store.ownOrigin()).not.toBe('origin-A')
    openOrder(back, 'new')
    give(back, b)
    expect(openIds(b)).toEqual(['kept', 'new'])
    expect(await faultOf(back)).toBe(null)
  })

  test('[L7] [L6] what it wrote before it knew, under numbers that have left the others, reaches them', async () => {
    const a = await openTestDevice('A')
    const b = await openTestDevice('B')
    onTestFinished(b.close)
    openOrder(a, 'kept')
    const earlier = copyOf(a)
    for (let n = 0; n < 3; n += 1) serveOrder(a, `old-${n}`)
    meet(a, b)
    expect(letGo(b)).toHaveLength(3)
    const back = await restored(a, earlier)
    openOrder(back, 'new')
    closeOrder(back, 'kept')
    expect(back.store.frontier().get('origin-A')).toBeLessThan(8)
    meet(b, back)
    expect(openIds(b)).toEqual(['new'])
    expect(openIds(back)).toEqual(['new'])
    expect(back.store.ownOrigin()).not.toBe('origin-A')
    expect(back.store.health().quarantined).toBe(2)
    // Nothing of the branch that nobody else has leaves, whatever its numbers say.
    letGo(back)
    expect(openIds(back)).toEqual(['new'])
    expect(await faultOf(back)).toBe(null)
    expect(await faultOf(b)).toBe(null)
  })

  test('[L7] [L2] who only holds such a branch keeps it, shows it and goes on', async () => {
    const a = await openTestDevice('A')
    const [b, c] = await Promise.all([openTestDevice('B'), openTestDevice('C')])
    onTestFinished(() => [b, c].forEach((device) => device.close()))
    meet(a, c)
    const earlier = copyOf(a)
    for (let n = 0; n < 3; n += 1) serveOrder(a, `old-${n}`)
    meet(a, b)
    letGo(b)
    const back = await restored(a, earlier)
    openOrder(back, 'new')
    meet(back, c)
    const report = give(b, c)
    expect(report.forks).toEqual([{ origin: 'origin-A', seq: 2 }])
    expect(c.store.health().quarantined).toBe(1)
    expect(openIds(c)).toEqual(['new'])
    expect(letGo(c)).toEqual([])
    expect(openIds(c)).toEqual(['new'])
    serveOrder(b, 'later')
    expect(give(b, c)).toMatchObject({ accepted: 2, broken: [] })
  })
})

function copyOf(device: TestDevice): string {
  const file = `${device.file}.earlier`
  device.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(device.file, file)
  return file
}
