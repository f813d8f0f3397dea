import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { CHAIN_START, chainHash } from '../../db/chain.ts'
import { createSigner, type Signer } from '../../db/signing.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import { isRange, type EntryRange } from '../../domain/log.ts'
import { isSignedBody, MAX_UNSIGNED, splitSigned, unsignedBody } from '../../domain/signed-log.ts'
import { readWanted } from '../../sync/read-wanted.ts'
import { openTestDevice, sendAll, type TestDevice } from '../support/devices.ts'
import { createVirtualNetwork } from '../support/session-network.ts'

/** Its clock stands still until it is moved: what is written meanwhile is one burst. */
function newSigner(): Signer & { later: () => void } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  let ms = 0
  const signer = createSigner(String(privateKey.export({ type: 'pkcs8', format: 'pem' })), () => ms)
  return { ...signer, later: () => (ms += 1_000) }
}

const create = (orderId: string): OrderCommand => ({
  type: 'createOrder',
  orderId,
  channel: 'takeout',
  table: null,
  customerId: null,
  customer: null,
  locationId: null,
  scheduledFor: null,
  notes: null,
  lines: [],
})

async function signedPair() {
  const signer = newSigner()
  const a = await openTestDevice('A', { signer })
  const b = await openTestDevice('B', { signer: newSigner() })
  const sell = (...ids: string[]) => {
    signer.later()
    for (const id of ids) expect(a.run(create(id))).toMatchObject({ ok: true })
  }
  return { a, b, signer, sell }
}

const originOf = ({ store }: TestDevice) => store.ownOrigin()
const rangeOf = ({ store }: TestDevice, fromSeq: number, max = 500) =>
  store.readRange(store.ownOrigin(), fromSeq, max, 10_000_000)

/** As whoever has no key but can count: contents changed, and all hashes computed anew. */
function recomputed(
  range: EntryRange,
  change: (body: string, index: number) => string,
): EntryRange {
  let hash: Uint8Array = CHAIN_START
  const entries = range.entries.map((content, index) => {
    const changed = { ...content, body: change(content.body, index) }
    hash = chainHash(hash, range.origin, range.fromSeq + index, changed)
    return changed
  })
  return { ...range, entries, lastHash: hash }
}

test('[A4] a device signs what it writes, and what it signed opens nothing else', async () => {
  const { a, sell } = await signedPair()
  sell('o-1')
  const bodies = rangeOf(a, 1)?.entries.map(({ body }) => body) ?? []
  expect(bodies.map(isSignedBody)).toEqual([true, true])
  expect(JSON.parse(unsignedBody(bodies[1] ?? ''))).toMatchObject([{ type: 'order.created' }])
  expect(splitSigned(bodies[1] ?? '')?.signature).toHaveLength(86)
  expect(a.store.health().unreadable).toBe(0)
  expect(await verifyFile(a.connection)).toMatchObject({ ok: true, entries: 2 })
})

test('[A4] in a burst few are signed, nothing unsigned leaves, and the rest is signed at its end', async () => {
  const { a, b, signer, sell } = await signedPair()
  sell(...Array.from({ length: 120 }, (_, n) => `o-${n}`))
  const held = a.store.frontier().get(originOf(a)) ?? 0
  expect(held).toBe(121)
  const given = rangeOf(a, 1)?.entries ?? []
  expect(given.filter(({ body }) => isSignedBody(body)).length).toBeLessThan(70)
  expect([given.length < held, isSignedBody(given.at(-1)?.body ?? '')]).toEqual([true, true])
  // Cut at one entry, it goes on to the next signature.
  const one = rangeOf(a, 90, 1)?.entries ?? []
  expect([one.length <= MAX_UNSIGNED + 1, isSignedBody(one.at(-1)?.body ?? '')]).toEqual([
    true,
    true,
  ])
  expect(await verifyFile(a.connection)).toMatchObject({ ok: true })
  sendAll(a.store, b.store)
  expect(b.store.frontier().get(originOf(a))).toBe(given.length)
  expect([a.store.signRest(), a.store.signRest()]).toEqual([true, false])
  signer.later()
  sendAll(a.store, b.store)
  expect(b.store.frontier()).toEqual(a.store.frontier())
  expect(b.store.orders(['o-119'])).toHaveLength(1)
  expect(await verifyFile(b.connection)).toMatchObject({ ok: true, entries: 122 })
})

test('[A4] nobody writes under another’s name: not on, not in between, not beside, not in its own words', async () => {
  const { a, b, sell } = await signedPair()
  sell('o-1')
  sendAll(a.store, b.store)
  const before = b.store.frontier()
  const held = rangeOf(a, 1)
  const head = b.store.headHashes().get(originOf(a)) ?? CHAIN_START
  const last = held?.entries.at(-1)
  if (held === null || last === undefined) throw new Error('it is held')
  const origin = originOf(a)
  const forge = (body: string): EntryRange => {
    const content = { ...last, commandId: 'forged', clock: last.clock + 1, body }
    const seq = held.entries.length + 1
    return {
      origin,
      fromSeq: seq,
      entries: [content],
      lastHash: chainHash(head, origin, seq, content),
    }
  }
  const { signature } = splitSigned(last.body) ?? { signature: '' }
  const unsigned = unsignedBody(last.body)
  const gap = { accepted: 0, gaps: [{ origin }] }
  expect(b.store.ingest([forge(unsigned)])).toMatchObject(gap)
  const broken = { accepted: 0, broken: [{ origin }] }
  // A signature of the same device for something else, and one of nobody.
  expect(b.store.ingest([forge(last.body)])).toMatchObject(broken)
  const made = last.body.replace(signature, 'A'.repeat(86))
  expect(b.store.ingest([forge(made)])).toMatchObject(broken)
  const other = recomputed(held, (body) => body.replace('takeout', 'dine_in'))
  const report = b.store.ingest([other])
  expect([report.accepted, report.forks, report.broken.length]).toEqual([0, [], 1])
  expect(b.store.health().quarantined).toBe(0)
  expect(b.store.frontier()).toEqual(before)
  // By way of others it is taken as it was written.
  const c = await openTestDevice('C', { signer: newSigner() })
  sendAll(b.store, c.store)
  expect(c.store.frontier().get(origin)).toBe(held.entries.length)
})

test('[A4] two branches that a device signed itself are both its own, and are written once more', async () => {
  const { a, b, signer, sell } = await signedPair()
  sell('o-1')
  const copy = await openTestDevice('A', { signer, founder: false, file: `${a.file}.copy` })
  copy.close()
  a.connection.raw.prepare('VACUUM INTO ?').run(`${a.file}.twin`)
  const twin = await openTestDevice('A', { signer, file: `${a.file}.twin` })
  sell('o-here')
  signer.later()
  twin.run(create('o-there'))
  sendAll(a.store, b.store)
  const theirs = twin.store.readRange(originOf(a), 3, 9, 1_000_000)
  if (theirs === null) throw new Error('it is held')
  a.store.ingest([theirs])
  expect(originOf(a)).not.toBe(theirs.origin)
  signer.later()
  a.store.signRest()
  sendAll(a.store, b.store)
  expect(b.store.orders(['o-here', 'o-there'])).toHaveLength(2)
  expect(await verifyFile(a.connection)).toMatchObject({ ok: true })
  expect(await verifyFile(b.connection)).toMatchObject({ ok: true })
  twin.close()
})

/** What an attacker with the file and without the key can do, and what `verify` says of it. */
const TAMPERINGS: readonly [string, (device: TestDevice, origin: string) => void, RegExp][] = [
  [
    'a body',
    (d, o) => edit(d, o, 3, { body: (b) => b.replace('takeout', 'delivery') }),
    /entry 3 was changed/,
  ],
  ['an actor', (d, o) => edit(d, o, 3, { actor: () => 'staff:other' }), /entry 3 was changed/],
  [
    'a time',
    (d, o) => edit(d, o, 2, { at: () => '2020-01-01T00:00:00.000Z' }),
    /entry 2 was changed/,
  ],
  [
    'a clock',
    (d) => d.connection.raw.exec('UPDATE entries SET clock = clock + 1 WHERE seq = 3'),
    /entry 3 was changed/,
  ],
  ['a command’s id', (d, o) => edit(d, o, 3, { command_id: () => 'x' }), /entry 3 was changed/],
  [
    'a signature',
    (d, o) => edit(d, o, 3, { body: (b) => `${b.slice(0, -10)}AAAAAAA"}]` }),
    /entry 3 was changed/,
  ],
  [
    'a body, with all hashes computed anew',
    (d, o) => rewrite(d, o, (b, seq) => (seq === 3 ? b.replace('takeout', 'delivery') : b)),
    /entry 3 was not signed by its device/,
  ],
  [
    'a body and its signature taken away, hashes anew',
    (d, o) =>
      rewrite(d, o, (b, seq) => (seq === 3 ? unsignedBody(b).replace('takeout', 'delivery') : b)),
    /entry 4 was not signed by its device/,
  ],
  [
    'all signatures taken away, hashes anew',
    (d, o) => rewrite(d, o, unsignedBody),
    /is the last and not signed/,
  ],
  [
    'the last entry’s signature alone, hashes anew',
    (d, o) => rewrite(d, o, (b, seq) => (seq === 5 ? unsignedBody(b) : b)),
    /entry 5 is the last and not signed/,
  ],
  [
    'an entry taken out',
    (d) => d.connection.raw.exec('DELETE FROM entries WHERE seq = 3'),
    /entry 3 is missing/,
  ],
  [
    'a row of an order',
    (d) => d.connection.raw.exec("UPDATE orders SET total_minor = 1 WHERE id = 'o-2'"),
    /table orders/,
  ],
]

function edit(
  { connection }: TestDevice,
  origin: string,
  seq: number,
  changes: Record<string, (value: string) => string>,
): void {
  for (const [column, change] of Object.entries(changes)) {
    const where = 'WHERE origin = ? AND seq = ?'
    const value = connection.raw
      .prepare(`SELECT ${column} FROM entries ${where}`)
      .pluck()
      .get(origin, seq)
    connection.raw
      .prepare(`UPDATE entries SET ${column} = ? ${where}`)
      .run(change(String(value)), origin, seq)
  }
}

function rewrite(
  { connection }: TestDevice,
  origin: string,
  change: (body: string, seq: number) => string,
): void {
  interface StoredEntry {
    id: number
    seq: number
    clock: number
    command_id: string
    at: string
    actor: string
    body: string
  }
  const rows = connection.raw
    .prepare('SELECT * FROM entries WHERE origin = ? ORDER BY seq')
    .all(origin) as StoredEntry[]
  let hash: Uint8Array = CHAIN_START
  for (const { id, seq, clock, command_id: commandId, at, actor, body } of rows) {
    const content = { clock, commandId, at, actor, body: change(body, seq) }
    hash = chainHash(hash, origin, seq, content)
    connection.raw
      .prepare('UPDATE entries SET body = ?, hash = ? WHERE id = ?')
      .run(content.body, hash, id)
  }
}

test.each(TAMPERINGS)(
  '[A4] verify names what was tampered with: %s',
  async (_what, tamper, named) => {
    const { a, b, sell } = await signedPair()
    for (const id of ['o-1', 'o-2', 'o-3', 'o-4']) sell(id)
    sendAll(a.store, b.store)
    expect(await verifyFile(b.connection)).toMatchObject({ ok: true, entries: 5 })
    tamper(b, originOf(a))
    const report = await verifyFile(b.connection)
    expect([report.ok, report.fault]).toEqual([false, expect.stringMatching(named)])
  },
)

test('[A4] a log from before there were signatures goes on as it is', async () => {
  const old = await openTestDevice('A')
  const { b } = await signedPair()
  old.run(create('o-old'))
  sendAll(old.store, b.store)
  expect(b.store.orders(['o-old'])).toHaveLength(1)
  expect(await verifyFile(b.connection)).toMatchObject({ ok: true })
})

test('[A4] [P3] what a frame may carry is never passed, wherever the signatures of a long burst lie', async () => {
  const { a, b, sell } = await signedPair()
  sell(...Array.from({ length: 700 }, (_, n) => `o-${n}`))
  a.store.signRest()
  const origin = originOf(a)
  const toSeq = a.store.frontier().get(origin) ?? 0
  for (const maxEntries of [500, 499, 100, 33]) {
    const parts = readWanted(a.store, [{ origin, fromSeq: 1, toSeq }], {
      maxEntries,
      maxBytes: 10_000_000,
    })
    const entries = parts.filter(isRange).flatMap((part) => part.entries)
    expect(entries.length).toBeGreaterThan(0)
    expect(entries.length).toBeLessThanOrEqual(maxEntries)
  }
  // Through the real session, which ends where a frame carries too much.
  const network = createVirtualNetwork()
  for (const device of [a, b]) network.add(device.name, device.store)
  network.link('A', 'B')
  network.run(3_000)
  expect(network.closes).toEqual([])
  expect(b.store.frontier().get(origin)).toBe(toSeq)
})
