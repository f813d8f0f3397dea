import { randomBytes } from 'node:crypto'
import { createIdentity } from '../../db/sqlite/identity.ts'
import { emptyCatalog, STORE_RECORD_ID, type StoreSettings } from '../../domain/catalog.ts'
import type { DomainEvent } from '../../domain/events.ts'
import { ok, type Result } from '../../domain/result.ts'
import { openNewDevice, writeNewKeys } from '../data-folder.ts'
import { newId } from '../new-id.ts'
import { newDataKey } from '../personal-data/new-data-key.ts'
import { hashPin } from '../pin.ts'
import { signaturesOf } from '../signed-log.ts'

export interface StoreToFound {
  readonly dir: string
  readonly deviceName: string
  readonly settings: StoreSettings
  /** All that the store begins with beside itself and its first device. */
  readonly begin: (with_: FoundingMoment) => readonly DomainEvent[]
}

export interface FoundingMoment {
  readonly hash: (pin: string) => string
  readonly commandId: string
  readonly nowMs: number
}

export interface FoundedStore {
  readonly storeId: string
  readonly deviceId: string
  readonly origin: string
}

/** What stands in front of the first device's order numbers. */
const FIRST_CODE = 'A'

/**
 * Makes a store in an empty folder, whole or not at all: its first device, and the first entry of
 * its log. Refused, with a sentence, where the folder holds a device already.
 */
export async function foundStore(founding: StoreToFound): Promise<Result<FoundedStore, string>> {
  const { dir, deviceName, settings, begin } = founding
  const opened = await openNewDevice(dir)
  if (!opened.ok) return opened
  try {
    const keys = writeNewKeys(dir)
    const { deviceId, publicKey } = keys
    const signatures = signaturesOf(keys)
    const origin = signatures.signer.newOrigin(newId())
    const dataKey = newDataKey(emptyCatalog(), keys)
    const moment: FoundingMoment = {
      hash: (pin) => hashPin(pin, dataKey.key),
      commandId: newId(),
      nowMs: Date.now(),
    }
    const records: DomainEvent[] = [
      { type: 'record.set', kind: 'store', id: STORE_RECORD_ID, value: settings },
      {
        type: 'record.set',
        kind: 'device',
        id: deviceId,
        value: {
          name: deviceName,
          role: 'terminal',
          code: FIRST_CODE,
          origin,
          admittedBy: null,
          publicKey,
        },
      },
      ...dataKey.records,
      ...begin(moment),
    ]
    const identity = {
      store_id: newId(),
      device_id: deviceId,
      device_name: deviceName,
      device_role: 'terminal',
      device_code: FIRST_CODE,
      origin,
      upstream_token: randomBytes(32).toString('base64url'),
    }
    const stamped = {
      id: moment.commandId,
      at: new Date(moment.nowMs).toISOString(),
      actor: `device:${deviceId}`,
      command: records,
    }
    createIdentity(opened.value, identity, { nowMs: moment.nowMs, stamped }, signatures)
    return ok({ storeId: identity.store_id, deviceId, origin })
  } finally {
    opened.value.close()
  }
}
