import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDialer } from './dialer.ts'
import { QUICK_FOR_MS, QUICK_RETRY_MAX_MS, UNREACHABLE_RETRY_MS } from './limits.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A dialer whose calls are answered by the test, on a clock that the test moves. */
function dialerOf() {
  const calls: string[] = []
  const connected = new Set<string>()
  const dialer = createDialer({
    random: () => 1,
    monotonicNow: () => performance.now(),
    call: (address) => void calls.push(address),
    isConnected: (deviceId) => connected.has(deviceId),
  })
  const callsWithin = (ms: number): number => {
    const before = calls.length
    for (let passed = 0; passed < ms; passed += 10) {
      const known = calls.length
      vi.advanceTimersByTime(10)
      for (const address of calls.slice(known)) dialer.ended(address, 'lost', false)
    }
    return calls.length - before
  }
  return { dialer, calls, connected, callsWithin }
}

test('[P2] an address at which a device answered is called several times a second while it is lost', () => {
  const { dialer, callsWithin } = dialerOf()
  dialer.found('b', '10.0.0.2:9000')
  dialer.opened('10.0.0.2:9000', 'b')
  dialer.ended('10.0.0.2:9000', 'lost', true)
  callsWithin(60_000)
  expect(callsWithin(3_000)).toBeGreaterThanOrEqual(Math.floor(3_000 / (QUICK_RETRY_MAX_MS + 20)))
  callsWithin(QUICK_FOR_MS)
  expect(callsWithin(9_000)).toBeLessThanOrEqual(2)
  dialer.stop()
})

test('[P2] where the machine has asked for the address in vain, it is made to ask again at once', () => {
  const { dialer, calls } = dialerOf()
  dialer.found('b', '10.0.0.2:9000')
  dialer.opened('10.0.0.2:9000', 'b')
  for (let n = 0; n < 20; n += 1) {
    const before = calls.length
    dialer.ended('10.0.0.2:9000', 'unreachable', false)
    vi.advanceTimersByTime(UNREACHABLE_RETRY_MS)
    expect(calls.length).toBe(before + 1)
  }
  dialer.stop()
})

test('[P2] an address where nobody ever answered is called ever more seldom, and then forgotten', () => {
  const { dialer, callsWithin } = dialerOf()
  dialer.found('b', '10.0.0.2:9000')
  dialer.ended('10.0.0.2:9000', 'lost', false)
  callsWithin(60_000)
  expect(callsWithin(9_000)).toBeLessThanOrEqual(2)
  callsWithin(600_000)
  expect(callsWithin(60_000)).toBe(0)
  dialer.stop()
})

test('[P2] when somebody answers, whoever was lost is called at once', () => {
  const { dialer, calls, callsWithin } = dialerOf()
  dialer.found('b', '10.0.0.2:9000')
  dialer.ended('10.0.0.2:9000', 'lost', false)
  callsWithin(60_000)
  const before = calls.length
  dialer.opened(null, 'c')
  expect(calls.slice(before)).toEqual(['10.0.0.2:9000'])
  dialer.stop()
})

test('[P2] who refused us is not called again because somebody else answers', () => {
  const { dialer, calls } = dialerOf()
  dialer.found('b', '10.0.0.2:9000')
  dialer.ended('10.0.0.2:9000', 'not_member', false)
  dialer.opened(null, 'c')
  expect(calls).toHaveLength(1)
  dialer.stop()
})
