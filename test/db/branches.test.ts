import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { Stamped } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { FRAME_LIMITS } from '../../sync/session-offer.ts'
import { openTestDevice, sendAll, type TestDevice } from '../support/devices.ts'
import { line, newOrder, smallCatalog } from '../support/orders.ts'
import { createVirtualNetwork } from '../support/session-network.ts'

function take(device: TestDevice, ...orderIds: string[]): void {
  for (const orderId of orderIds) {
    const result = device.run({ ...newOrder([line('burger')]), orderId })
    if (!result.ok) throw new Error(JSON.stringify(result.error))
  }
}

async function copyOf(device: TestDevice, name: string): Promise<TestDevice> {
  const copy = await openTestDevice(name)
  const image = device.connection.raw.serialize()
  copy.close()
  writeFileSync(copy.file, image)
  return openTestDevice(name, { file: copy.file })
}

/** A menu on all of them, and two copies of one disk that both go on. */
async function twoCopies() {
  const founder = await openTestDevice('A')
  const original = await openTestDevice('B')
  const others = [await openTestDevice('C'), await openTestDevice('Z')] as const
  for (const device of [original, ...others]) sendAll(founder.store, device.store)
  take(original, 'before')
  const copy = await copyOf(original, 'D')
  take(original, 'original-1')
  take(copy, 'copy-1')
  return { founder, original, copy, others }
}

test('[L6] a branch that grew after it was shown still reaches the device that wrote it, by way of another', async () => {
  const { founder, original, copy, others } = await twoCopies()
  const [between, late] = others
  sendAll(original.store, founder.store)
  sendAll(copy.store, between.store)
  const network = createVirtualNetwork()
  for (const device of [founder, between, copy, late]) network.add(device.name, device.store)
  network.link('A', 'C')
  network.link('C', 'D')
  network.run(2_000)
  expect(copy.store.ownOrigin()).not.toBe('origin-B')
  expect(copy.store.order('original-1')).not.toBeNull()

  // The original has heard nothing of all that. What it wrote comes by way of a third device.
  take(original, 'original-2', 'original-3')
  sendAll(original.store, late.store)
  network.link('A', 'Z')
  network.run(3_000)
  for (const device of [founder, between, copy, late]) {
    for (const orderId of ['before', 'original-1', 'original-2', 'original-3', 'copy-1']) {
      expect(device.store.order(orderId), `${orderId} on ${device.name}`).not.toBeNull()
    }
  }
  expect(network.closes).toEqual([])
})

test('[L2] what two know of the branches of each other is not sent again', async () => {
  const { founder, original, copy } = await twoCopies()
  sendAll(original.store, founder.store)
  const network = createVirtualNetwork()
  for (const device of [founder, copy]) network.add(device.name, device.store)
  network.link('A', 'D')
  network.run(2_000)
  const before = network.sent.length
  network.cut('A', 'D')
  network.link('A', 'D')
  network.run(2_000)
  const again = network.sent.slice(before).map(({ frame }) => frame.type)
  expect(again.filter((type) => type === 'hello')).toHaveLength(2)
  expect(again.filter((type) => type === 'entries' || type === 'aside')).toEqual([])
})

test('[L2] nobody is given a branch that would be the first he gets, or would chain to nothing there', async () => {
  const { founder, original, copy, others } = await twoCopies()
  const [knowing, empty] = others
  sendAll(original.store, knowing.store)
  const branch = copy.store.readRange('origin-B', 2, 9, 1_000_000)
  if (branch === null) throw new Error('the copy has written something')
  expect(knowing.store.ingest([branch]).newTips).toHaveLength(1)
  expect(knowing.store.ingest([branch]).newTips).toEqual([])
  const frontier = knowing.store.frontier()
  const before = original.store.readRange('origin-B', 1, 1, 1_000_000)?.lastHash
  const after = knowing.store.headHashes().get('origin-B')
  if (before === undefined || after === undefined) throw new Error('both hold it')
  const nothing = { frontier: empty.store.frontier(), heads: [], tips: [] }
  expect(knowing.store.compare(nothing, FRAME_LIMITS)).toMatchObject({ aside: [], isWhole: false })
  const unknown = { origin: 'origin-B', seq: 1, hash: new Uint8Array(32) }
  const stranger = { frontier, heads: [unknown], tips: [] }
  expect(knowing.store.compare(stranger, FRAME_LIMITS)).toMatchObject({
    disputed: [{ origin: 'origin-B', fromSeq: 1 }],
    aside: [],
  })
  const same = { frontier, heads: [{ origin: 'origin-B', seq: 2, hash: after }], tips: [] }
  expect(knowing.store.compare(same, FRAME_LIMITS)).toEqual({
    disputed: [],
    aside: [branch],
    isWhole: true,
  })
  const rival = { origin: 'origin-B', seq: 2, hash: branch.lastHash }
  const shared = { origin: 'origin-B', seq: 1, hash: before }
  expect(knowing.store.compare({ frontier, heads: [rival], tips: [shared] }, FRAME_LIMITS)).toEqual(
    {
      disputed: [{ origin: 'origin-B', fromSeq: 2 }],
      aside: [],
      isWhole: true,
    },
  )
  founder.close()
})

test('[L2] [L6] two branches that begin while everybody is connected are told apart, and nothing of them is lost', async () => {
  const founder = await openTestDevice('A')
  const original = await openTestDevice('B')
  const between = await openTestDevice('C')
  for (const device of [original, between]) sendAll(founder.store, device.store)
  take(original, 'before')
  const copy = await copyOf(original, 'D')
  const network = createVirtualNetwork()
  const all = [original, founder, between, copy]
  for (const device of all) network.add(device.name, device.store)
  for (const [here, there] of ['BA', 'AC', 'CD'].map((pair) => pair.split(''))) {
    network.link(here ?? '', there ?? '')
  }
  network.run(3_000)

  // No copy has written anything yet: nobody can know that there are two.
  take(original, 'original-1', 'original-2')
  take(copy, 'copy-1', 'copy-2')
  network.run(5_000)
  for (const device of all) {
    for (const orderId of ['before', 'original-1', 'original-2', 'copy-1', 'copy-2']) {
      expect(device.store.order(orderId), `${orderId} on ${device.name}`).not.toBeNull()
    }
  }
  expect(network.closes).toEqual([])
  expect(new Set(all.map(({ connection }) => digestOf(connection))).size).toBe(1)
})

test('[L6] [T1] what is written again counts as it did where it was written first: in records, orders and a copy of the copy', async () => {
  const device = await openTestDevice('A')
  const other = await openTestDevice('B')
  const soup = (name: string) => setItem('soup', name)
  const backup = device.connection.raw.serialize()
  sendAll(device.store, other.store)
  take(device, 'before-the-loss')
  sendAll(device.store, other.store)
  device.close()
  writeFileSync(device.file, backup)
  const back = await openTestDevice('A', { file: device.file })
  take(back, 'before-it-knew')
  back.store.setRecords(soup('Pea soup'))
  back.store.ingest([other.store.readRange('origin-A', 1, 10, 1_000_000)!])
  // Its name sorts before that of the log it follows: the other way round than one that comes later.
  expect(back.store.ownOrigin() < 'origin-A').toBe(true)
  sendAll(back.store, other.store)
  expect(digestOf(other.connection)).toBe(digestOf(back.connection))

  // The fresh log gets two branches as well.
  const again = await copyOf(back, 'Z')
  take(back, 'on-the-device')
  take(again, 'on-its-copy')
  const branches = [back, again].map(({ store }) => {
    const range = store.readRange(back.store.ownOrigin(), 1, 99, 1_000_000)
    if (range === null) throw new Error('it has written there')
    return range
  })
  other.store.ingest([branches[0]!])
  again.store.ingest([branches[0]!])
  sendAll(again.store, other.store)
  sendAll(other.store, back.store)
  for (const each of [back, again, other]) {
    for (const orderId of ['before-the-loss', 'before-it-knew', 'on-the-device', 'on-its-copy']) {
      expect(each.store.order(orderId), `${orderId} on ${each.name}`).not.toBeNull()
    }
    expect(await verifyFile(each.connection)).toMatchObject({ ok: true })
    const digest = digestOf(each.connection)
    rebuildProjections(each.connection)
    expect(digestOf(each.connection)).toBe(digest)
  }
  expect(new Set([back, again, other].map((each) => digestOf(each.connection))).size).toBe(1)
})

const setItem = (id: string, name: string): Stamped<readonly RecordEvent[]> => {
  const value = { ...smallCatalog().menu_item.get('burger')!, name }
  const event: RecordEvent = { type: 'record.set', kind: 'menu_item', id, value }
  return { id: `set-${name}`, at: '2026-01-01T13:00:00.000Z', actor: 'staff:a', command: [event] }
}
