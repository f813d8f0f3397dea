import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createIdentity } from '../../db/sqlite/identity.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { RECORD_KINDS, STORE_RECORD_ID, type RecordKind } from '../../domain/catalog.ts'
import type { RecordEvent } from '../../domain/events.ts'
import type { DeviceKeys } from '../../sync/device-keys.ts'
import { defaultConfig, type Config } from '../config.ts'
import { openNewDevice, storeFile } from '../data-folder.ts'
import { newId } from '../new-id.ts'
import { signaturesOf } from '../signed-log.ts'

/**
 * Training happens in a folder of its own beside the real one: another store with a log of its own,
 * filled with the menu and the people of the real one, that talks to nobody and is thrown away. While
 * it is there, the device runs on it, and the real database is not even open. The key is the real one.
 */
const folderIn = (dataDir: string): string => join(dataDir, 'training')

export const isTraining = (dataDir: string): boolean => existsSync(storeFile(folderIn(dataDir)))

/** What the name of the store begins with: on each screen and each paper. */
export const TRAINING_MARK = 'TRAINING · '

/**
 * Left behind: other devices, and what concerns them; printers, for no paper of a training is to be
 * found on the pass; and what was erased or accepted there.
 */
const LEFT_BEHIND: readonly RecordKind[] = ['device', 'revocation', 'late_entries', 'printer']

/** Made aside and moved as a whole, so that half of one is never run. */
export async function beginTraining(
  dataDir: string,
  store: Pick<Store, 'catalog' | 'deviceId'>,
  keys: Pick<DeviceKeys, 'privateKey'>,
): Promise<void> {
  const aside = join(dataDir, 'training.new')
  rmSync(aside, { recursive: true, force: true })
  const opened = await openNewDevice(aside)
  if (!opened.ok) throw new Error('this folder cannot hold a training')
  const signatures = signaturesOf(keys)
  const origin = signatures.signer.newOrigin(newId())
  const device = store.catalog().device.get(store.deviceId)
  const identity = {
    store_id: `training-${newId()}`,
    device_id: store.deviceId,
    device_name: device?.name ?? 'Till',
    device_role: device?.role === 'kitchen' ? 'kitchen' : 'terminal',
    device_code: 'T',
    origin,
    upstream_token: newId(),
  }
  const nowMs = Date.now()
  const stamped = {
    id: newId(),
    at: new Date(nowMs).toISOString(),
    actor: `device:${store.deviceId}`,
    command: recordsFor(store, origin),
  }
  createIdentity(opened.value, identity, { stamped, nowMs }, signatures)
  opened.value.close()
  endTraining(dataDir)
  renameSync(aside, folderIn(dataDir))
}

/** All that happened in it is gone. */
export function endTraining(dataDir: string): void {
  rmSync(folderIn(dataDir), { recursive: true, force: true })
}

function recordsFor(store: Pick<Store, 'catalog' | 'deviceId'>, origin: string): RecordEvent[] {
  const catalog = store.catalog()
  const copied = RECORD_KINDS.filter((kind) => !LEFT_BEHIND.includes(kind)).flatMap((kind) =>
    [...catalog[kind]].map(
      ([id, value]) =>
        ({ type: 'record.set', kind, id, value: marked(kind, id, value) }) as RecordEvent,
    ),
  )
  const own = catalog.device.get(store.deviceId)
  if (own === undefined) return copied
  const { laterOrigins: _, ...rest } = own
  const device = { ...rest, code: 'T', origin, admittedBy: null }
  return [...copied, { type: 'record.set', kind: 'device', id: store.deviceId, value: device }]
}

function marked(kind: RecordKind, id: string, value: object): object {
  if (kind !== 'store' || id !== STORE_RECORD_ID || !('name' in value)) return value
  return { ...value, name: `${TRAINING_MARK}${String(value.name)}`.slice(0, 120) }
}

interface Runnable {
  readonly dataDir: string
  readonly config: Config
}

/** How a device runs while it trains: alone, without terminals for cards, messages or a centre. */
export function optionsForTraining<O extends Runnable>(options: O) {
  const { payments, notifications, webhooks } = defaultConfig()
  return {
    ...options,
    dataDir: folderIn(options.dataDir),
    role: null,
    peer: '127.0.0.1:0',
    discovery: false,
    connect: [],
    central: null,
    config: { ...options.config, payments, notifications, webhooks },
    training: { realDir: options.dataDir },
  }
}
