import { expect, onTestFinished, test } from 'vitest'
import type { RecordEvent } from '../../domain/events.ts'
import type { SealedCustomer } from '../../domain/customer.ts'
import { wrapIdOf } from '../../domain/data-keys.ts'
import { createDeviceKeys, type DeviceKeys } from '../../sync/device-keys.ts'
import { openTestDevice, sendAll, type TestDevice } from '../../test/support/devices.ts'
import { idOf, keysOf } from '../../test/support/device-keys.ts'
import { removeDevice } from '../remove-device.ts'
import { openGuests, type Guests } from './guests.ts'
import { createKeyRing, type KeyRing } from './key-ring.ts'
import { isGenuine, newDataKey, wrapFor } from './new-data-key.ts'

interface Member extends TestDevice {
  readonly ring: KeyRing
  readonly guests: Guests
  readonly keys: DeviceKeys
}

let ids = 0
const newId = (): string => `id-${(ids += 1)}`

function ringOf(device: TestDevice, keys: DeviceKeys): KeyRing {
  return createKeyRing({ store: device.store, keys, nowMs: Date.now, newId })
}

async function open(letter: string): Promise<Member> {
  const keys = keysOf(letter)
  const device = await openTestDevice(letter, { deviceId: keys.deviceId })
  onTestFinished(() => device.close())
  const ring = ringOf(device, keys)
  const guests = openGuests({ store: device.store, ring, newId })
  onTestFinished(guests.stop)
  const member = { ...device, ring, keys, guests }
  everybody.add(member)
  onTestFinished(() => void everybody.delete(member))
  return member
}

const write = ({ store }: TestDevice, command: readonly RecordEvent[]) =>
  store.setRecords({ id: newId(), at: 'now', actor: 'test', command })

const deviceRecord = (letter: string): RecordEvent => ({
  type: 'record.set',
  kind: 'device',
  id: idOf(letter),
  value: {
    name: letter,
    role: 'terminal',
    code: letter,
    origin: `origin-${letter}`,
    admittedBy: null,
    publicKey: keysOf(letter).publicKey,
  },
})

/** A store of members that all hold the founder's first key. */
async function openStoreOf<L extends string>(letters: L): Promise<Record<string, Member>> {
  const members = await Promise.all([...letters].map(open))
  const founder = members[0]!
  write(founder, [...letters].map(deviceRecord))
  founder.ring.sealing()
  for (const member of members) meet(founder, member)
  return Object.fromEntries(members.map((member) => [member.name, member]))
}

function meet(...members: readonly TestDevice[]): void {
  for (const from of members)
    for (const to of members) if (from !== to) sendAll(from.store, to.store)
  for (const from of members)
    for (const to of members) if (from !== to) sendAll(from.store, to.store)
}

const remove = (by: Member, letter: string) =>
  removeDevice(by, { id: newId(), at: 'now', actor: 'test' }, idOf(letter))

function sealed(by: Member, name: string): SealedCustomer {
  const wish = { type: 'changeDetails', orderId: 'o', customer: { name } } as const
  const sealedWish = by.guests.customers.seal(wish)
  if (!sealedWish.ok) throw new Error('nothing was sealed')
  const { command, newKey } = sealedWish.value
  if (command.type !== 'changeDetails' || !command.customer) throw new Error('nothing was sealed')
  if (newKey !== null) by.guests.exchange.take([newKey])
  return command.customer
}

/** What a device reads of it, with every customer's key in hand that was ever made. */
function read(reader: Member, customer: SealedCustomer) {
  for (const member of everybody) {
    reader.guests.exchange.take(member.guests.exchange.held([customer.key]))
  }
  return reader.guests.customers.open('o', customer)
}

const everybody = new Set<Member>()

const locked = { locked: true }

test('[P1] members read what one of them sealed; who is none reads nothing', async () => {
  const { A, B } = await openStoreOf('AB')
  const customer = sealed(A!, 'Ana')
  expect(JSON.stringify(customer)).not.toContain('Ana')
  expect(read(B!, customer)).toEqual({ name: 'Ana' })
  const stranger = ringOf(B!, createDeviceKeys())
  expect(stranger.all()).toEqual([])
  const asStranger = openGuests({ store: B!.store, ring: stranger, newId })
  expect(asStranger.customers.open('o', customer)).toEqual(locked)
})

test('[P1] a removal brings a new key, which the removed device cannot open', async () => {
  const { A, B, C } = await openStoreOf('ABC')
  const before = sealed(A!, 'before')
  expect(remove(A!, 'C').ok).toBe(true)
  meet(A!, B!, C!)
  const after = sealed(A!, 'after')
  const afterOnB = sealed(B!, 'after on B')
  meet(A!, B!, C!)
  for (const reader of [A!, B!]) {
    expect(read(reader, before)).toEqual({ name: 'before' })
    expect(read(reader, after)).toEqual({ name: 'after' })
    expect(read(reader, afterOnB)).toEqual({ name: 'after on B' })
  }
  // Also with everything in hand that was ever written.
  expect(read(C!, before)).toEqual({ name: 'before' })
  expect(read(C!, after)).toEqual(locked)
  expect(read(C!, afterOnB)).toEqual(locked)
  // The removal and its key are one entry, and one key is enough for all that follows.
  expect(A!.store.catalog().data_key.size).toBe(2)
  // The removed device goes on by itself, and reads what it writes.
  expect(read(C!, sealed(C!, 'its own'))).toEqual({ name: 'its own' })
})

test.each(['A', 'B'])(
  '[P1] two members that remove different devices while apart: a key that neither has (%s first)',
  async (first) => {
    const { A, B, C, D, E } = await openStoreOf('ABCDE')
    const [one, two] = first === 'A' ? [A!, B!] : [B!, A!]
    remove(one, 'C')
    const afterOne = sealed(one, 'one')
    remove(two, 'D')
    const afterTwo = sealed(two, 'two')
    sendAll(one.store, E!.store)
    sendAll(two.store, E!.store)
    const after = sealed(E!, 'both')
    meet(A!, B!, C!, D!, E!)
    for (const member of [A!, B!, E!]) {
      expect(read(member, after)).toEqual({ name: 'both' })
      expect(read(member, afterOne)).toEqual({ name: 'one' })
      expect(read(member, afterTwo)).toEqual({ name: 'two' })
      const next = sealed(member, 'next')
      for (const removed of [C!, D!]) expect(read(removed, next)).toEqual(locked)
    }
    for (const removed of [C!, D!]) expect(read(removed, after)).toEqual(locked)
    expect(A!.store.catalog().data_key.size).toBe(4)
  },
)

test('[P1] a newcomer is given all keys, and those made elsewhere meanwhile come after', async () => {
  const { A, B, C } = await openStoreOf('ABC')
  const early = sealed(A!, 'early')
  // B removes C while A, who has not heard of it, lets N in.
  remove(B!, 'C')
  const onB = sealed(B!, 'on B')
  const N = await open('N')
  write(A!, [deviceRecord('N'), ...A!.ring.wrapsFor(keysOf('N'))])
  meet(A!, N)
  expect(read(N, early)).toEqual({ name: 'early' })
  meet(A!, B!, N)
  expect(read(N, onB)).toEqual(locked)
  // Not knowing B's key, it makes one rather than use what C has.
  const onN = sealed(N, 'on N')
  const missing = A!.ring.missingWraps()
  expect(missing.map(({ id }) => id)).toEqual([wrapIdOf(B!.ring.sealing().id, N.keys.deviceId)])
  write(A!, missing)
  meet(A!, B!, C!, N)
  expect(read(N, onB)).toEqual({ name: 'on B' })
  for (const member of [A!, B!]) expect(read(member, onN)).toEqual({ name: 'on N' })
  expect(read(C!, onN)).toEqual(locked)
  expect([A!, B!, N].flatMap(({ ring }) => ring.missingWraps())).toEqual([])
})

test('[P1] a member that has not heard of a removal hands the new key to nobody removed', async () => {
  const { A, B, C, D } = await openStoreOf('ABCD')
  remove(A!, 'C')
  meet(A!, B!)
  // B makes a key of its own, and D has B's entries before A's, which hold the removal.
  write(B!, newDataKey(B!.store.catalog(), B!.keys).records)
  const range = B!.store.readRange('origin-B', 1, 100, 1_000_000)!
  D!.store.ingest([range])
  expect(D!.store.catalog().revocation.size).toBe(0)
  expect(D!.ring.missingWraps()).toEqual([])
  expect(read(C!, sealed(D!, 'on D'))).toEqual(locked)
})

test('[P1] a key that a removed device slips in under a member’s name seals nothing', async () => {
  const { A, B, C } = await openStoreOf('ABC')
  remove(A!, 'C')
  meet(A!, B!, C!)
  const made = newDataKey(A!.store.catalog(), C!.keys)
  const forged = made.records.map((record) =>
    record.kind === 'data_key' && record.value
      ? { ...record, value: { ...record.value, madeBy: idOf('A'), generation: 1_000 } }
      : record,
  )
  write(
    B!,
    forged.filter(({ id }) => !id.endsWith(idOf('C'))),
  )
  const record = B!.store.catalog().data_key.get(made.key.id)!
  expect(isGenuine(made.key.id, record, keysOf('A').publicKey)).toBe(false)
  expect(B!.ring.find(made.key.id)).not.toBeNull()
  expect(B!.ring.sealing().id).not.toBe(made.key.id)
  // Nor one in its own name: it is a member no more.
  write(
    B!,
    made.records.filter(({ id }) => !id.endsWith(idOf('C'))),
  )
  expect(B!.ring.sealing().id).not.toBe(made.key.id)
})

test('[P1] nobody can put another public key into the roster under a device’s id', async () => {
  const { A, B } = await openStoreOf('AB')
  const thief = createDeviceKeys()
  const record = deviceRecord('B')
  const value = { ...A!.store.catalog().device.get(idOf('B'))!, publicKey: thief.publicKey }
  write(A!, [{ ...record, value } as RecordEvent])
  const { records } = newDataKey(A!.store.catalog(), A!.keys)
  expect(records.map(({ id }) => id.split('/')[1])).not.toContain(idOf('B'))
  meet(A!, B!)
  expect(read(B!, sealed(A!, 'Ana'))).toEqual({ name: 'Ana' })
})

test('[P1] a wrapping that holds another key than it says is none, and is asked for again', async () => {
  const { A, B } = await openStoreOf('AB')
  const current = A!.ring.sealing()
  const { key } = newDataKey(A!.store.catalog(), A!.keys)
  const holder = { deviceId: idOf('B'), publicKey: keysOf('B').publicKey }
  write(A!, [wrapFor({ ...key, id: current.id }, holder)])
  meet(A!, B!)
  const restarted = ringOf(B!, keysOf('B'))
  expect(restarted.find(current.id)).toBeNull()
  write(B!, restarted.spoiltWraps())
  expect(restarted.spoiltWraps()).toEqual([])
  meet(A!, B!)
  write(A!, A!.ring.missingWraps())
  meet(A!, B!)
  expect(restarted.find(current.id)?.id).toBe(current.id)
})
