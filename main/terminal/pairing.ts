import { randomInt, timingSafeEqual } from 'node:crypto'
import { STORE_RECORD_ID } from '../../domain/catalog.ts'
import { childDeviceCode } from '../../domain/ids.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { PAIRING_CODE_TTL_MS, PAIRING_TRIES } from '../../protocol/limits.ts'
import type { PairAnswer, PairingCode, PairRequest } from '../../protocol/pairing.ts'

/**
 * How a member lets a device in: it shows an eight-digit code, once, for two minutes and three
 * tries, and writes the device into the roster when the code comes back. The code crosses the
 * socket as it is, which is why peers listen on loopback alone (see `assertLoopback`).
 */
export interface Pairing {
  readonly show: () => PairingCode
  readonly admit: (request: PairRequest) => Result<PairAnswer, string>
}

export interface PairingDeps {
  readonly store: Store
  readonly deviceCode: string
  readonly upstreamToken: string
  readonly centralUrl: string | null
  /** Where this member's peers listen. */
  readonly peer: string
  readonly nowMs: () => number
  readonly newId: () => string
}

export function createPairing(deps: PairingDeps): Pairing {
  const { store, nowMs } = deps
  let shown: { code: string; untilMs: number; triesLeft: number } | null = null

  function admit(request: PairRequest): Result<PairAnswer, string> {
    if (!shown || nowMs() > shown.untilMs) {
      shown = null
      return refuse('No code is being shown on this device. Run "pair --show" on it first.')
    }
    if (!isEqual(request.code, shown.code)) {
      shown.triesLeft -= 1
      const { triesLeft } = shown
      if (triesLeft === 0) shown = null
      return refuse(
        triesLeft === 0
          ? 'The code is wrong, and this was the last try. Show a new one.'
          : `The code is wrong. Tries left: ${triesLeft}.`,
      )
    }
    const storeRecord = store.catalog().store.get(STORE_RECORD_ID)
    if (!storeRecord) return refuse('This device has not received its store yet.')
    shown = null
    const code = nextDeviceCode()
    writeRoster(request, code)
    return ok({
      storeId: store.storeId,
      storeName: storeRecord.name,
      code,
      upstreamToken: deps.upstreamToken,
      centralUrl: deps.centralUrl,
      peer: deps.peer,
    })
  }

  /** Every device this one admitted has a code of its own; none leaves the roster yet. */
  function nextDeviceCode(): string {
    const admitted = [...store.catalog().device.values()].filter(
      (device) => device.admittedBy === store.deviceId,
    )
    return childDeviceCode(deps.deviceCode, admitted.length)
  }

  function writeRoster(request: PairRequest, code: string): void {
    store.setRecords({
      id: deps.newId(),
      at: new Date(nowMs()).toISOString(),
      actor: `device:${store.deviceId}`,
      command: [
        {
          type: 'record.set',
          kind: 'device',
          id: request.deviceId,
          value: {
            name: request.name,
            role: request.role,
            code,
            origin: request.origin,
            admittedBy: store.deviceId,
          },
        },
      ],
    })
  }

  return {
    show: () => {
      const code = String(randomInt(100_000_000)).padStart(8, '0')
      const untilMs = nowMs() + PAIRING_CODE_TTL_MS
      shown = { code, untilMs, triesLeft: PAIRING_TRIES }
      return { code, peer: deps.peer, expires_at: new Date(untilMs).toISOString() }
    },
    admit,
  }
}

const isEqual = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
