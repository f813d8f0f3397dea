import { expect, onTestFinished, test } from 'vitest'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { lateRanges } from '../../domain/late-entries.ts'
import { decideRevocation } from '../../domain/roster.ts'
import { acceptLateEntries, createLateEntries } from '../../main/late-entries.ts'
import { openTestDevice, sendAll, type TestDevice } from '../support/devices.ts'
import { line, newOrder } from '../support/orders.ts'

let commands = 0
const stamp = () => ({ id: `late-${(commands += 1)}`, at: 'now', actor: 'staff:manager' })
const write = ({ store }: TestDevice, command: readonly RecordEvent[]) =>
  store.setRecords({ ...stamp(), command })

const deviceRecord = (letter: string, laterOrigins?: string[]): RecordEvent => ({
  type: 'record.set',
  kind: 'device',
  id: `device-${letter}`,
  value: {
    name: `Till ${letter}`,
    role: 'terminal',
    code: letter,
    origin: `origin-${letter}`,
    admittedBy: null,
    ...(laterOrigins && { laterOrigins }),
  },
})

/** A and B are members that stay, R is to be removed, and X and Y hear of things in turn. */
async function openStore() {
  const devices = await Promise.all(['A', 'B', 'R', 'X', 'Y'].map((name) => openTestDevice(name)))
  onTestFinished(() => devices.forEach((device) => device.close()))
  const [a, b, r, x, y] = devices as [TestDevice, TestDevice, TestDevice, TestDevice, TestDevice]
  write(
    a,
    ['A', 'B', 'R', 'X', 'Y'].map((letter) => deviceRecord(letter)),
  )
  for (const device of [b, r, x, y]) sendAll(a.store, device.store)
  return { a, b, r, x, y }
}

const sell = (device: TestDevice, orderId: string) =>
  expect(device.run({ ...newOrder([line('burger')]), orderId } as never).ok).toBe(true)

function removeR(by: TestDevice): void {
  const { catalog, deviceId, frontier } = by.store
  const decided = decideRevocation(catalog(), 'device-R', deviceId, frontier())
  if (!decided.ok) throw new Error(decided.error)
  write(by, decided.value)
}

const lateOn = ({ store }: TestDevice) => createLateEntries(store)()

test('[P1] [F4] what a removed device wrote late counts and is shown, in either order of arrival', async () => {
  const { a, b, r, x, y } = await openStore()
  sell(r, 'known')
  sendAll(r.store, a.store)
  removeR(a)
  expect(lateOn(a)).toEqual([])
  // B has not heard, and takes what R goes on selling.
  sell(r, 'sold-late')
  write(r, [
    { type: 'record.set', kind: 'availability', id: 'burger', value: { available: false } },
  ])
  sendAll(r.store, b.store)
  expect(lateOn(b)).toEqual([])
  // X hears of the removal first, Y of the entries.
  for (const [device, ...sources] of [
    [x, a, b],
    [y, b, a],
    [a, b],
    [b, a],
  ] as const) {
    for (const source of sources) sendAll(source.store, device.store)
  }
  const late = {
    deviceId: 'device-R',
    deviceName: 'Till R',
    origin: 'origin-R',
    fromSeq: 2,
    toSeq: 3,
    orders: [{ id: 'sold-late', number: 'R-002' }],
    recordKinds: ['availability'],
    unread: 0,
  }
  for (const device of [a, b, x, y]) {
    expect(lateOn(device)).toEqual([late])
    // Nothing is lost: it is sold, made and counted as ever.
    expect(device.store.order('sold-late')?.status).toBe('pending')
  }
  expect(new Set([a, b, x, y].map(({ connection }) => digestOf(connection))).size).toBe(1)
})

test('[F4] a manager’s word stands everywhere, until more comes', async () => {
  const { a, b, r, x } = await openStore()
  removeR(a)
  sell(r, 'one')
  sell(r, 'two')
  sendAll(r.store, b.store)
  sendAll(b.store, a.store)
  const accept = (upTo: number, origin = 'origin-R') =>
    acceptLateEntries(a.store, stamp(), { origin, upTo })
  // Only what is there, and only of a removed device.
  expect(accept(3)).toEqual({ ok: false, error: 'no_late_entries' })
  expect(accept(1, 'origin-B')).toEqual({ ok: false, error: 'no_late_entries' })
  expect(accept(1).ok).toBe(true)
  expect(lateRanges(a.store.catalog(), a.store.frontier())).toMatchObject([
    { fromSeq: 2, toSeq: 2 },
  ])
  expect(accept(2).ok).toBe(true)
  expect(accept(2).ok).toBe(true)
  expect(lateOn(a)).toEqual([])
  for (const device of [b, x]) {
    sendAll(a.store, device.store)
    expect(lateOn(device)).toEqual([])
  }
  sell(r, 'three')
  sendAll(a.store, r.store)
  expect(lateOn(r)).toEqual([])
  sendAll(r.store, b.store)
  expect(lateOn(b)).toMatchObject([{ fromSeq: 3, toSeq: 3, orders: [{ id: 'three' }] }])
})

test('[P1] [L6] a log that the device began after a restore is told apart as well', async () => {
  const { a, r } = await openStore()
  write(a, [deviceRecord('R', ['second'])])
  sell(r, 'one')
  sendAll(r.store, a.store)
  removeR(a)
  expect(a.store.catalog().revocation.get('device-R')?.held).toEqual({ 'origin-R': 1, second: 0 })
  const frontier = new Map([
    ['origin-R', 1],
    ['second', 4],
    ['third', 2],
  ])
  expect(lateRanges(a.store.catalog(), frontier)).toMatchObject([
    { origin: 'second', fromSeq: 1, toSeq: 4 },
  ])
  // One that nobody knew of at the removal: all of it is late.
  write(a, [deviceRecord('R', ['second', 'third'])])
  expect(lateRanges(a.store.catalog(), frontier)).toMatchObject([
    { origin: 'second', fromSeq: 1, toSeq: 4 },
    { origin: 'third', fromSeq: 1, toSeq: 2 },
  ])
})
