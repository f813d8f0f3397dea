import { expect, onTestFinished, test } from 'vitest'
import type { RecordEvent } from '../domain/events.ts'
import { FLAGGED_FIRST_MS, startTimeouts } from '../main/order-timeouts.ts'
import { openTestDevice, sendAll, type TestDevice } from './support/devices.ts'
import { line, newOrder, TEST_ORDER_ID } from './support/orders.ts'

const orderId = TEST_ORDER_ID
const TIMEOUT_MS = 120 * 60_000
const START_MS = Date.UTC(2026, 10, 23, 12)

/** Two tills that know each other, on one clock that a test turns. */
async function openTills() {
  let nowMs = START_MS
  let elapsedMs = 0
  const clock = { nowMs: () => nowMs }
  const a = await openTestDevice('A', clock)
  const b = await openTestDevice('B', clock)
  onTestFinished(() => [a, b].forEach((till) => till.close()))
  const records = ['A', 'B'].map((name): RecordEvent => {
    const value = {
      name,
      role: 'terminal',
      code: name,
      origin: `origin-${name}`,
      admittedBy: null,
    } as const
    return { type: 'record.set', kind: 'device', id: `device-${name}`, value }
  })
  a.store.setRecords({ id: 'roster', at: at(), actor: 'test', command: records })
  sendAll(a.store, b.store)

  function at(): string {
    return new Date(nowMs).toISOString()
  }
  const timeoutsOf = ({ store }: TestDevice) => {
    const logger = { error: (message: string) => expect.unreachable(message) }
    const timeouts = startTimeouts({
      store,
      timeoutMs: TIMEOUT_MS,
      nowMs: () => nowMs,
      elapsedMs: () => elapsedMs,
      logger,
    })
    onTestFinished(timeouts.stop)
    return timeouts
  }
  const looks = [timeoutsOf(a), timeoutsOf(b)]
  return {
    a,
    b,
    run: (
      till: TestDevice,
      command: Parameters<TestDevice['run']>[0],
      id = `c-${nowMs}-${till.name}`,
    ) => {
      const stamped = { id, at: at(), actor: 'staff:x', command }
      expect(till.store.execute(stamped)).toMatchObject({ ok: true })
    },
    /** Time passes, and both look. */
    pass: (ms: number) => {
      nowMs += ms
      elapsedMs += ms
      for (const { look } of looks) look()
    },
    /** A clock that somebody sets. */
    jump: (ms: number) => {
      nowMs += ms
      for (const { look } of looks) look()
    },
    meet: () => {
      sendAll(a.store, b.store)
      sendAll(b.store, a.store)
    },
    statusOn: (till: TestDevice) => till.store.order(orderId)?.status,
    written: () => [...a.store.frontier().values(), ...b.store.frontier().values()],
  }
}

test('[S3] the till that took it cancels it, flagged first, and the other does not', async () => {
  const { a, b, run, pass, meet, statusOn } = await openTills()
  run(a, newOrder([line('burger')]))
  meet()
  pass(TIMEOUT_MS - 1)
  pass(FLAGGED_FIRST_MS)
  expect(statusOn(a)).toBe('pending')
  pass(FLAGGED_FIRST_MS)
  expect([statusOn(a), statusOn(b)]).toEqual(['cancelled', 'pending'])
  meet()
  expect(b.store.order(orderId)).toMatchObject({
    status: 'cancelled',
    statusHistory: [{ status: 'pending' }, { reason: 'timed out', actor: 'device:device-A' }],
  })
})

test('[S3] a clock that jumps cancels nothing at once, and whoever touches an order begins its time anew', async () => {
  const { a, run, pass, jump, statusOn } = await openTills()
  run(a, newOrder([line('burger')]))
  jump(TIMEOUT_MS * 10)
  jump(TIMEOUT_MS)
  expect(statusOn(a)).toBe('pending')
  run(a, { type: 'changeDetails', orderId, notes: 'still here' })
  pass(FLAGGED_FIRST_MS)
  expect(statusOn(a)).toBe('pending')
  pass(TIMEOUT_MS)
  pass(FLAGGED_FIRST_MS)
  expect(statusOn(a)).toBe('cancelled')
})

test('[S3] an order for later waits until it is wanted, and one with money on it for a person', async () => {
  const { a, run, pass, statusOn } = await openTills()
  const scheduledFor = new Date(START_MS + 5 * TIMEOUT_MS).toISOString()
  run(a, { ...newOrder([line('burger')]), scheduledFor } as never)
  for (let i = 0; i < 5; i += 1) pass(TIMEOUT_MS)
  expect(statusOn(a)).toBe('pending')
  const cash = { method: 'cash', amountMinor: 100, tipMinor: 0, tenderedMinor: null } as const
  run(a, { type: 'takePayment', orderId, ...cash })
  for (let i = 0; i < 5; i += 1) pass(TIMEOUT_MS)
  expect(statusOn(a)).toBe('pending')
})

test('[S3] the orders of a till that is gone are looked after by the first one that is left', async () => {
  const { a, b, run, pass, meet, statusOn } = await openTills()
  run(a, newOrder([line('burger')]))
  meet()
  const value = { revokedBy: 'device-B', held: {} }
  const revoked = { type: 'record.set', kind: 'revocation', id: 'device-A', value } as const
  b.store.setRecords({ id: 'revoke', at: 'now', actor: 'test', command: [revoked] })
  pass(TIMEOUT_MS)
  pass(FLAGGED_FIRST_MS)
  expect(statusOn(b)).toBe('cancelled')
  // A has not heard that it was removed, and does the same: it is one fact.
  expect(statusOn(a)).toBe('cancelled')
  meet()
  const history = (till: TestDevice) => till.store.order(orderId)?.statusHistory
  expect(history(b)).toHaveLength(2)
  expect(history(a)).toEqual(history(b))
})
