import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createCustomerKeyTable } from '../../db/sqlite/customer-keys.ts'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { OpenCommand } from '../../domain/commands.ts'
import type { CustomerKey } from '../../domain/customer-keys.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { idOf, keysOf } from '../../test/support/device-keys.ts'
import { openTestDevice, sendAll, type TestDevice } from '../../test/support/devices.ts'
import { createErasureReach } from './erasure-reach.ts'
import { openGuests, type Guests } from './guests.ts'
import { createKeyRing, type KeyRing } from './key-ring.ts'
import { hashOfPhone, sealText } from './seal.ts'

interface Member extends TestDevice {
  readonly ring: KeyRing
  readonly guests: Guests
}

let ids = 0
const newId = (): string => `id-${(ids += 1)}`
const stamp = () => ({ id: newId(), at: '2026-05-01T12:00:00.000Z', actor: 'test' })

async function open(letter: string, file?: string): Promise<Member> {
  const keys = keysOf(letter)
  const device = await openTestDevice(letter, {
    deviceId: keys.deviceId,
    ...(file !== undefined && { file }),
  })
  onTestFinished(() => device.close())
  const ring = createKeyRing({ store: device.store, keys, nowMs: Date.now, newId })
  const guests = openGuests({ store: device.store, ring, newId })
  return { ...device, ring, guests }
}

const deviceRecord = (letter: string): RecordEvent => ({
  type: 'record.set',
  kind: 'device',
  id: idOf(letter),
  value: {
    ...{ name: letter, role: 'terminal', code: letter, origin: `origin-${letter}` },
    ...{ admittedBy: null, publicKey: keysOf(letter).publicKey },
  },
})

/** A store whose members hold the founder's data key. */
async function openStoreOf(letters: string): Promise<Member[]> {
  const members = await Promise.all([...letters].map((letter) => open(letter)))
  const founder = members[0]!
  founder.store.setRecords({ ...stamp(), command: [...letters].map(deviceRecord) })
  founder.ring.sealing()
  for (const member of members) meet(founder, member)
  return members
}

const heldBy = ({ connection }: Member): CustomerKey[] =>
  createCustomerKeyTable(connection).after(0, 10_000).keys

/** As two devices do that see each other: the log, and the keys beside it. */
function meet(...members: readonly Member[]): void {
  for (let round = 0; round < 2; round += 1) {
    for (const from of members) {
      for (const to of members) {
        if (from === to) continue
        to.guests.exchange.take(heldBy(from))
        sendAll(from.store, to.store)
      }
    }
  }
}

const CUSTOMER = { name: 'Ana', phone: '555 010 0199', address: '12 Canary Row' }

function takeOrder(by: Member, customerId: string | null, customer: object = CUSTOMER) {
  const orderId = newId()
  const nothingElse = { table: null, locationId: null, scheduledFor: null, notes: null, lines: [] }
  const command: OpenCommand = {
    ...nothingElse,
    ...({ type: 'createOrder', channel: 'takeout' } as const),
    ...{ orderId, customerId, customer },
  }
  const taken = by.guests.execute({ ...stamp(), command })
  if (!taken.ok) throw new Error(taken.error.code)
  return { orderId, customerId: taken.value.customerId! }
}

const shown = (member: Member, orderId: string) => {
  const order = member.store.order(orderId)
  return order && member.guests.customers.show(order).customer
}
const GONE = { locked: true, erased: true }

test('[P4] an erasure is obeyed by devices that were away, for what they wrote meanwhile as well', async () => {
  const [a, b, c] = (await openStoreOf('ABC')) as [Member, Member, Member]
  const { orderId, customerId } = takeOrder(a, null)
  meet(a, b, c)
  expect(shown(c, orderId)).toEqual(CUSTOMER)
  // C is away, moves the customer to another phone under a key of its own, and takes an order.
  const late = takeOrder(c, customerId, { ...CUSTOMER, phone: '555 77 88 99' })
  expect(shown(c, late.orderId)).toEqual({ ...CUSTOMER, phone: '555 77 88 99' })

  expect(a.guests.desk.erase(stamp(), customerId)).toBe(true)
  meet(a, b)
  for (const member of [a, b]) {
    expect(shown(member, orderId)).toEqual(GONE)
    expect(heldBy(member)).toEqual([])
  }
  const holdings = () => [
    { deviceId: idOf('B'), connected: true, frontier: b.store.frontier() },
    { deviceId: idOf('C'), connected: true, frontier: c.store.frontier() },
  ]
  const reach = createErasureReach({ store: a.store, holdings, centre: () => null })
  const reached = () => reach(customerId).map(({ name, erased }) => [name, erased])
  expect(reached()).toEqual([
    ['A', true],
    ['B', true],
    ['C', false],
  ])

  meet(a, b, c)
  for (const member of [a, b, c]) {
    expect([orderId, late.orderId].map((id) => shown(member, id))).toEqual([GONE, GONE])
    expect(heldBy(member)).toEqual([])
    expect(member.guests.exchange.wanted()).toEqual([])
    expect((await verifyFile(member.connection)).fault).toBeNull()
    expect(digestOf(member.connection)).toBe(digestOf(a.connection))
  }
  expect(reached()[2]).toEqual(['C', true])
})

test('[P4] a backup from before the erasure hears of it again, and obeys', async () => {
  const [a, b] = (await openStoreOf('AB')) as [Member, Member]
  const { orderId, customerId } = takeOrder(b, null)
  meet(a, b)
  const dir = mkdtempSync(join(tmpdir(), 'aura-erasure-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  b.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(b.file, join(dir, 'old.db'))
  a.guests.desk.erase(stamp(), customerId)
  meet(a, b)
  expect(shown(b, orderId)).toEqual(GONE)

  const old = await open('B', join(dir, 'old.db'))
  expect(shown(old, orderId)).toEqual(CUSTOMER)
  meet(a, old)
  expect(shown(old, orderId)).toEqual(GONE)
  expect(heldBy(old)).toEqual([])
})

test('[P4] a key that says it is another customer’s is not taken', async () => {
  const [a, b] = (await openStoreOf('AB')) as [Member, Member]
  const { customerId } = takeOrder(a, null)
  const key = heldBy(a).find((one) => one.customerId === customerId)!
  expect(b.guests.exchange.take([{ ...key, customerId: 'somebody else' }])).toBe(false)
  expect(b.guests.exchange.take([key])).toBe(true)
})

test('[P4] what was sealed before customers had keys stays readable, and is marked when it is erased', async () => {
  const [a, b] = (await openStoreOf('AB')) as [Member, Member]
  const key = a.ring.sealing()
  const orderId = newId()
  const place = (field: string) => ({ orderId, field })
  const sealed = {
    name: sealText(key, 'Old Ana', place('name')),
    phone: sealText(key, CUSTOMER.phone, place('phone')),
  }
  const legacy = a.guests.book.findByContact({ phone: CUSTOMER.phone })
  expect(legacy).toEqual([])
  const phoneHash = hashOfPhone(key, CUSTOMER.phone)!
  a.run({
    ...{ type: 'createOrder', orderId, channel: 'takeout', table: null, customerId: null },
    ...{ locationId: null, scheduledFor: null, notes: null, lines: [] },
    customer: { key: key.id, sealed, phoneHash },
  })
  meet(a, b)
  const old = { name: 'Old Ana', phone: CUSTOMER.phone }
  expect(shown(b, orderId)).toEqual(old)
  const [found] = b.guests.desk.find({ phone: '(555) 0100199' })
  expect(found).toMatchObject({ customer: old, writtenAt: null })
  expect(b.guests.desk.erase(stamp(), found!.id)).toBe(true)
  meet(a, b)
  for (const member of [a, b]) {
    expect(shown(member, orderId)).toEqual(GONE)
    expect(member.guests.desk.find({ phone: CUSTOMER.phone })).toEqual([])
  }
})
