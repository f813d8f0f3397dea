import { expect, test } from 'vitest'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { parseEvent, type RecordEvent } from '../../domain/events.ts'
import { decideRevocation, isOnRoster, isRevoked } from '../../domain/roster.ts'
import { createMembership } from '../../main/terminal/membership.ts'
import { openTestDevice, sendAll, type TestDevice } from '../support/devices.ts'

let commands = 0
const write = ({ store }: TestDevice, ...command: RecordEvent[]): void =>
  void store.setRecords({ id: `roster-${(commands += 1)}`, at: 'now', actor: 'test', command })

const deviceNamed = (id: string, name = id): RecordEvent => ({
  type: 'record.set',
  kind: 'device',
  id,
  value: { name, role: 'terminal', code: 'X', origin: `origin-${id}`, admittedBy: null },
})

const revocationOf = (id: string, held: Record<string, number> = {}): RecordEvent => ({
  type: 'record.set',
  kind: 'revocation',
  id,
  value: { revokedBy: 'device-A', held },
})

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, i) =>
        permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]),
      )

test('[F1] a device that is changed and removed at the same time is removed, in any order', async () => {
  const writers = await Promise.all(['A', 'B', 'C'].map((name) => openTestDevice(name)))
  const [a, b, c] = writers as [TestDevice, TestDevice, TestDevice]
  write(a, deviceNamed('d'))
  for (const other of [b, c]) sendAll(a.store, other.store)
  // All three while apart; the change of name has the latest clock of all.
  write(a, revocationOf('d'))
  write(b, revocationOf('d'))
  write(c, deviceNamed('d', 'the new name'))
  const digests = new Set<string>()
  for (const order of permutations(writers)) {
    const reader = await openTestDevice(`reader-${digests.size}`, { founder: false })
    for (const writer of order) sendAll(writer.store, reader.store)
    const catalog = reader.store.catalog()
    expect(catalog.device.get('d')?.name).toBe('the new name')
    expect(isRevoked(catalog, 'd')).toBe(true)
    expect(isOnRoster(catalog, 'd')).toBe(false)
    digests.add(digestOf(reader.connection))
    reader.close()
  }
  expect(digests.size).toBe(1)
  for (const device of writers) device.close()
})

test('[P1] nothing takes a removal back: an event that would is read by nobody', () => {
  const undoing = { type: 'record.set', kind: 'revocation', id: 'd', value: null }
  expect(parseEvent(undoing)).toBeNull()
  expect(parseEvent({ ...undoing, kind: 'device' })).not.toBeNull()
  expect(parseEvent(revocationOf('d'))).not.toBeNull()
})

test('[P1] whom one may remove: a device of the store, and not the last', async () => {
  const a = await openTestDevice('A')
  write(a, deviceNamed('device-A'))
  const remove = (id: string) =>
    decideRevocation(a.store.catalog(), id, 'device-A', a.store.frontier())
  expect(remove('nobody')).toEqual({ ok: false, error: 'device_not_found' })
  expect(remove('device-A')).toEqual({ ok: false, error: 'last_device' })
  write(a, deviceNamed('d'), deviceNamed('e'))
  expect(remove('d')).toEqual({ ok: true, value: [revocationOf('d', { 'origin-d': 0 })] })
  write(a, revocationOf('d'))
  expect(remove('d')).toEqual({ ok: true, value: [] })
  write(a, revocationOf('e'))
  // Removed devices do not count as ones that are left.
  expect(remove('device-A')).toEqual({ ok: false, error: 'last_device' })
  a.close()
})

test('[P1] a new device trusts the member that let it in, until the roster tells', async () => {
  const founder = await openTestDevice('A')
  write(founder, deviceNamed('device-A'))
  const joined = await openTestDevice('N')
  const local = createLocalSettings(joined.connection)
  local.set('admitted_by', 'device-A')
  const { isMember, onChange } = createMembership(joined.store, local)
  let changes = 0
  onChange(() => (changes += 1))
  expect(['device-A', 'device-B', 'device-N'].map(isMember)).toEqual([true, false, false])

  write(founder, deviceNamed('device-N'), deviceNamed('device-B'))
  sendAll(founder.store, joined.store)
  expect(['device-A', 'device-B', 'device-N'].map(isMember)).toEqual([true, true, true])
  expect(changes).toBe(1)

  write(founder, { type: 'record.set', kind: 'availability', id: 'i', value: { available: true } })
  sendAll(founder.store, joined.store)
  expect(changes).toBe(1)

  write(founder, revocationOf('device-B'))
  write(joined, revocationOf('device-A'))
  sendAll(founder.store, joined.store)
  expect(['device-A', 'device-B', 'device-N'].map(isMember)).toEqual([false, false, true])
  expect(changes).toBe(3)
  for (const device of [founder, joined]) device.close()
})

test('[P1] the removal of the member that let it in reaches even a device without a roster', async () => {
  const joined = await openTestDevice('N')
  const local = createLocalSettings(joined.connection)
  local.set('admitted_by', 'device-A')
  const { isMember } = createMembership(joined.store, local)
  const other = await openTestDevice('B')
  write(other, revocationOf('device-A'))
  sendAll(other.store, joined.store)
  expect(isMember('device-A')).toBe(false)
  for (const device of [joined, other]) device.close()
})
