import { MAX_PEERS, RECONNECT_MAX_MS, RECONNECT_MIN_MS } from '../protocol/limits.ts'
import { backoffMs } from './backoff.ts'
import { QUICK_FOR_MS, QUICK_RETRY_MAX_MS, UNREACHABLE_RETRY_MS } from './limits.ts'
import type { LinkEnd } from './peer-link.ts'

/**
 * Decides when which address is called. Addresses that were typed in or remembered are called for
 * ever; those that were found are hints, replaced by what is found next.
 */
export interface Dialer {
  readonly add: (address: string) => void
  /** A device announces itself there, for the first time or after a restart: call it now. */
  readonly found: (deviceId: string, address: string) => void
  /** It said goodbye there. */
  readonly gone: (deviceId: string, address: string) => void
  /** A session is open. Null: it was they who called. */
  readonly opened: (address: string | null, deviceId: string) => void
  readonly ended: (address: string, code: LinkEnd | 'unreachable', wasGood: boolean) => void
  /** The roster has changed: who refused us, or was refused, is called again now. */
  readonly retryAll: () => void
  /** The last link with this device ended. */
  readonly disconnected: (deviceId: string) => void
  /** Addresses at which a device of the store answered. */
  readonly provenAddresses: () => string[]
  readonly stop: () => void
}

interface Target {
  readonly address: string
  readonly given: boolean
  /** Who answered, or announced itself, there. */
  deviceId: string | null
  proven: boolean
  failures: number
  /** The last call found nobody, which says nothing about the next. */
  wasLost: boolean
  /** The machine knows of nobody at the address. */
  wasUnreachable: boolean
  /** Monotonic: until then somebody is likely to answer again as soon as the network lets us. */
  quickUntilMs: number
  calling: boolean
  timer: NodeJS.Timeout | null
}

interface DialerDeps {
  readonly random: () => number
  /** Never goes back. */
  readonly monotonicNow: () => number
  readonly call: (address: string) => void
  readonly isConnected: (deviceId: string) => boolean
}

/** A found address at which nobody has answered for long is forgotten; it is found again if it lives. */
const MAX_FAILURES_OF_FOUND = 20

export function createDialer(deps: DialerDeps): Dialer {
  const { random, monotonicNow, call, isConnected } = deps
  const targets = new Map<string, Target>()
  const ourselves = new Set<string>()
  let stopped = false

  function newTarget(address: string, given: boolean, deviceId: string | null): Target {
    const target: Target = {
      address,
      given,
      deviceId,
      proven: false,
      failures: 0,
      wasLost: false,
      wasUnreachable: false,
      quickUntilMs: given ? monotonicNow() + QUICK_FOR_MS : 0,
      calling: false,
      timer: null,
    }
    targets.set(address, target)
    return target
  }

  /** Waits for a device that is connected by another way: `disconnected` wakes it. */
  function attempt(target: Target): void {
    clearTimer(target)
    if (stopped || target.calling || targets.get(target.address) !== target) return
    if (target.deviceId !== null && isConnected(target.deviceId)) return
    target.calling = true
    call(target.address)
  }

  function attemptLater(target: Target): void {
    clearTimer(target)
    if (stopped) return
    target.timer = setTimeout(() => attempt(target), waitMs(target))
  }

  function waitMs(target: Target): number {
    if (!target.wasLost || !isQuick(target)) {
      return backoffMs(target.failures, RECONNECT_MIN_MS, RECONNECT_MAX_MS, random)
    }
    if (target.wasUnreachable) return UNREACHABLE_RETRY_MS
    return backoffMs(target.failures, RECONNECT_MIN_MS, QUICK_RETRY_MAX_MS, random)
  }

  const isQuick = (target: Target): boolean => monotonicNow() < target.quickUntilMs

  function clearTimer(target: Target): void {
    if (target.timer !== null) clearTimeout(target.timer)
    target.timer = null
  }

  function drop(target: Target): void {
    clearTimer(target)
    targets.delete(target.address)
  }

  /** Who answers shows that the network is there again: perhaps the others are too. */
  function callTheLost(): void {
    for (const target of targets.values()) if (target.wasLost) attempt(target)
  }

  const foundTargets = () => [...targets.values()].filter((target) => !target.given)

  return {
    add(address) {
      if (stopped || targets.get(address)?.given) return
      attempt(newTarget(address, true, null))
    },

    found(deviceId, address) {
      if (stopped || ourselves.has(address)) return
      const before = foundTargets()
      before
        .filter((target) => target.deviceId === deviceId && target.address !== address)
        .forEach(drop)
      if (before.length >= MAX_PEERS) {
        const [worst] = before.toSorted((a, b) => b.failures - a.failures)
        if (worst !== undefined) drop(worst)
      }
      const target = targets.get(address) ?? newTarget(address, false, deviceId)
      target.deviceId = deviceId
      target.failures = 0
      attempt(target)
    },

    gone(deviceId, address) {
      const target = targets.get(address)
      if (target !== undefined && !target.given && target.deviceId === deviceId) drop(target)
    },

    opened(address, deviceId) {
      const target = address === null ? undefined : targets.get(address)
      if (target !== undefined) {
        target.deviceId = deviceId
        target.proven = true
        target.quickUntilMs = monotonicNow() + QUICK_FOR_MS
      }
      callTheLost()
    },

    ended(address, code, wasGood) {
      const target = targets.get(address)
      if (target === undefined) return
      target.calling = false
      target.wasUnreachable = code === 'unreachable'
      target.wasLost = target.wasUnreachable || code === 'lost' || code === 'silent'
      // The hour counts from the end of what was good, not from its beginning.
      if (wasGood) target.quickUntilMs = monotonicNow() + QUICK_FOR_MS
      if (code === 'self') {
        ourselves.add(address)
        return drop(target)
      }
      if (wasGood) target.failures = 0
      else if (code !== 'superseded') target.failures += 1
      const isHopeless = target.failures > MAX_FAILURES_OF_FOUND && !isQuick(target)
      if (!target.given && isHopeless) return drop(target)
      attemptLater(target)
    },

    retryAll() {
      for (const target of targets.values()) {
        target.failures = 0
        attempt(target)
      }
    },

    disconnected(deviceId) {
      for (const target of targets.values()) {
        if (target.deviceId === deviceId && !target.calling) attemptLater(target)
      }
    },

    provenAddresses: () => [...targets.values()].filter((t) => t.proven).map((t) => t.address),

    stop() {
      stopped = true
      for (const target of targets.values()) clearTimer(target)
    },
  }
}
