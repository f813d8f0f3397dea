import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { RecordEvent } from '../../domain/events.ts'
import { idOf, keysOf } from '../../test/support/device-keys.ts'
import { openTestDevice, sendAll, type TestDevice } from '../../test/support/devices.ts'
import { createKeyRing, type KeyRing } from './key-ring.ts'
import { keepUp } from './upkeep.ts'

let ids = 0
const newId = (): string => `id-${(ids += 1)}`

interface Kept extends TestDevice {
  readonly ring: KeyRing
  readonly start: () => () => void
}

async function open(letter: string, options: { founder?: boolean } = {}): Promise<Kept> {
  const keys = keysOf(letter)
  const device = await openTestDevice(letter, { deviceId: keys.deviceId, ...options })
  onTestFinished(() => device.close())
  const { store } = device
  const ring = createKeyRing({ store, keys, nowMs: Date.now, newId })
  const start = () => keepUp({ store, ring, publicKey: keys.publicKey, nowMs: Date.now, newId })
  return { ...device, ring, start }
}

const write = ({ store }: TestDevice, ...command: RecordEvent[]) =>
  store.setRecords({ id: newId(), at: 'now', actor: 'test', command })

/** As devices stood in the roster before they had keys for data. */
const oldRecord = (letter: string): RecordEvent => ({
  type: 'record.set',
  kind: 'device',
  id: idOf(letter),
  value: {
    name: letter,
    role: 'terminal',
    code: letter,
    origin: `origin-${letter}`,
    admittedBy: null,
  },
})

const inRoster = ({ store }: TestDevice, letter: string) => store.catalog().device.get(idOf(letter))

test('[P1] a store from before keys gets them: each device says its own, and is given what there is', async () => {
  const [a, b] = [await open('A'), await open('B')]
  write(a, oldRecord('A'), oldRecord('B'))
  sendAll(a.store, b.store)
  const stopA = a.start()
  expect(inRoster(a, 'A')?.publicKey).toBe(keysOf('A').publicKey)
  const key = a.ring.sealing()
  // Nothing can be wrapped for B yet, which was off.
  sendAll(a.store, b.store)
  expect(b.ring.find(key.id)).toBeNull()
  const stopB = b.start()
  expect(inRoster(b, 'B')?.publicKey).toBe(keysOf('B').publicKey)
  sendAll(b.store, a.store)
  await setImmediate()
  await setImmediate()
  sendAll(a.store, b.store)
  expect(b.ring.find(key.id)?.id).toBe(key.id)

  // There is an end to it: nobody answers an answer.
  const before = a.store.frontier()
  await setImmediate()
  sendAll(b.store, a.store)
  await setImmediate()
  expect(a.store.frontier()).toEqual(before)
  stopA()
  stopB()
  write(b, oldRecord('B'))
  sendAll(b.store, a.store)
  await setImmediate()
  expect(inRoster(b, 'B')?.publicKey).toBeUndefined()
})

test('[L6] a device that begins another log says so in the roster', async () => {
  const a = await open('A')
  write(a, oldRecord('A'))
  const copy = await open('A', { founder: false })
  sendAll(a.store, copy.store)
  const stop = copy.start()
  // The copy learns that others hold more of its log than it does, and goes on in a fresh one.
  write(a, { type: 'record.set', kind: 'availability', id: 'i', value: { available: true } })
  const range = a.store.readRange('origin-A', a.store.frontier().get('origin-A')!, 1, 10_000)!
  copy.store.ingest([range])
  const origin = copy.store.ownOrigin()
  await setImmediate()
  await setImmediate()
  expect(origin).not.toBe('origin-A')
  expect(inRoster(copy, 'A')?.laterOrigins).toEqual([origin])
  stop()
})
