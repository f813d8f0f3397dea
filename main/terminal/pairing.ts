import { randomInt } from 'node:crypto'
import { STORE_RECORD_ID } from '../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { nextDeviceCode } from '../../domain/roster.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { PAIRING_CODE_TTL_MS, PAIRING_TRIES } from '../../protocol/limits.ts'
import type { Newcomer, PairAnswer, PairingCode } from '../../protocol/pairing.ts'
import type { KeyIdentity } from '../../sync/device-keys.ts'
import type { PairingDesk, PairingTry } from '../../sync/pairing/member.ts'
import type { KeyRing } from '../personal-data/key-ring.ts'

/**
 * Where a member lets devices in: it shows an eight-digit code, once, for two minutes and three
 * tries, and writes the device that proves it into the roster.
 */
export interface Pairing extends PairingDesk {
  readonly show: () => PairingCode
}

export interface PairingDeps {
  readonly store: Store
  readonly ring: Pick<KeyRing, 'wrapsFor'>
  readonly deviceCode: string
  readonly upstreamToken: string
  readonly centralUrl: string | null
  /** Where this member's peers listen. */
  readonly peer: () => string
  /** Never goes back: for how long a code is shown. */
  readonly monotonicMs: () => number
  /** For people. */
  readonly nowMs: () => number
  readonly newId: () => string
}

interface ShownCode {
  readonly code: string
  readonly untilMs: number
  triesLeft: number
}

export function createPairing(deps: PairingDeps): Pairing {
  const { store, nowMs, monotonicMs } = deps
  let shown: ShownCode | null = null
  const codeOfTry = new WeakMap<PairingTry, ShownCode>()

  function current(): ShownCode | null {
    if (shown !== null && monotonicMs() > shown.untilMs) shown = null
    return shown
  }

  function takeTry(): PairingTry | null {
    const code = current()
    if (code === null || code.triesLeft === 0) return null
    code.triesLeft -= 1
    const taken = { code: code.code, triesLeft: code.triesLeft }
    codeOfTry.set(taken, code)
    return taken
  }

  function admit(
    spent: PairingTry,
    joiner: KeyIdentity,
    newcomer: Newcomer,
  ): Result<PairAnswer, string> {
    const code = current()
    if (code === null || codeOfTry.get(spent) !== code) {
      return refuse('The code has expired, or another device has used it. Show a new one.')
    }
    const catalog = store.catalog()
    if (catalog.device.has(joiner.deviceId)) {
      return refuse('This device is, or was, in the store already. Join with an empty folder.')
    }
    const storeRecord = catalog.store.get(STORE_RECORD_ID)
    if (!storeRecord) return refuse('This device has not received its store yet.')
    shown = null
    const deviceCode = nextDeviceCode(catalog, store.deviceId, deps.deviceCode)
    writeRoster(joiner, newcomer, deviceCode)
    return ok({
      storeId: store.storeId,
      storeName: storeRecord.name,
      code: deviceCode,
      upstreamToken: deps.upstreamToken,
      centralUrl: deps.centralUrl,
      peer: deps.peer(),
    })
  }

  /** With the device come all keys that it needs to read what was written before. */
  function writeRoster(joiner: KeyIdentity, newcomer: Newcomer, code: string): void {
    const { deviceId, publicKey } = joiner
    const value = { ...newcomer, code, admittedBy: store.deviceId, publicKey }
    store.setRecords({
      id: deps.newId(),
      at: new Date(nowMs()).toISOString(),
      actor: `device:${store.deviceId}`,
      command: [
        { type: 'record.set', kind: 'device', id: deviceId, value },
        ...deps.ring.wrapsFor(joiner),
      ],
    })
  }

  return {
    show: () => {
      const code = String(randomInt(100_000_000)).padStart(8, '0')
      shown = { code, untilMs: monotonicMs() + PAIRING_CODE_TTL_MS, triesLeft: PAIRING_TRIES }
      const expiresAt = new Date(nowMs() + PAIRING_CODE_TTL_MS).toISOString()
      return { code, peer: deps.peer(), expires_at: expiresAt }
    },
    takeTry,
    admit,
  }
}
