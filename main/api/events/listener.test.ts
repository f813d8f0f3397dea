import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FeedMessage } from '../../../protocol/rest/event.ts'
import type { FeedReader } from './feed-reader.ts'
import { createListener, TOO_SLOW, type Outlet } from './listener.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const LIMITS = { maxBufferedBytes: 10, stallMs: 1_000 }
const MESSAGE_BYTES = 4

/** A reader with so many messages, and an outlet whose buffer the test empties. */
function setUp(messageCount: number) {
  const message = { type: 'order.ready' } as FeedMessage
  let left = messageCount
  const reader: FeedReader = {
    next: () => {
      if (left === 0) return null
      left -= 1
      return [message]
    },
    position: () => '',
  }
  const waiting: (() => void)[] = []
  const cutOffs: string[] = []
  const outlet: Outlet = {
    send: (_messages, onTaken) => waiting.push(onTaken),
    bufferedBytes: () => waiting.length * MESSAGE_BYTES,
    cutOff: (reason) => cutOffs.push(reason),
  }
  const listener = createListener(reader, outlet, LIMITS)
  listener.wake()
  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await setImmediate()
  }
  return { listener, waiting, cutOffs, settle, left: () => left }
}

test('[P3] no more waits for a listener than the buffer holds; taking some brings the next', async () => {
  const { waiting, cutOffs, settle, left } = setUp(100)
  await settle()
  expect(waiting).toHaveLength(3)
  for (let taken = 0; taken < 97; taken += 1) {
    vi.advanceTimersByTime(LIMITS.stallMs - 1)
    waiting.shift()?.()
    await settle()
  }
  expect([left(), waiting.length, cutOffs]).toEqual([0, 3, []])
})

test('[P3] a listener that takes nothing while a full buffer waits is cut off with the reason', async () => {
  const { listener, waiting, cutOffs, settle, left } = setUp(100)
  await settle()
  vi.advanceTimersByTime(LIMITS.stallMs - 1)
  listener.wake()
  await settle()
  expect(cutOffs).toEqual([])
  vi.advanceTimersByTime(1)
  expect(cutOffs).toEqual([TOO_SLOW])
  waiting.splice(0).forEach((taken) => taken())
  await settle()
  expect(left()).toBe(97)
})

test('a listener with nothing to be told may wait as long as it likes', async () => {
  const { cutOffs, settle } = setUp(2)
  await settle()
  vi.advanceTimersByTime(LIMITS.stallMs * 100)
  expect(cutOffs).toEqual([])
})
