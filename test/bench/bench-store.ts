import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { openConnection, type Connection } from '../../db/sqlite/connection.ts'
import { createIdentity, hasIdentity } from '../../db/sqlite/identity.ts'
import { openStore, type Store } from '../../db/sqlite/store.ts'
import { STORE_RECORD_ID } from '../../domain/catalog.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { demoRecords } from '../../main/demo/demo-records.ts'
import { newId } from '../../main/new-id.ts'
import { signAfterBursts, signaturesOf } from '../../main/signed-log.ts'
import { checkpointWhenIdle } from '../../main/terminal/idle-checkpoint.ts'
import { createDeviceKeys } from '../../sync/device-keys.ts'
import { createPeers, type Peers } from '../../sync/peers.ts'
import { everyone } from '../support/device-keys.ts'

/** A device with the demo menu, or an empty one to be filled by its peer. */
export async function openBenchStore(
  file: string,
  name: string,
  founder: boolean,
  deviceId = name,
): Promise<Store> {
  const connection = await openConnection(file)
  const signatures = signaturesIn(file)
  if (!hasIdentity(connection)) beginStore(connection, name, founder, deviceId, signatures)
  const store = openStore({
    connection,
    signatures,
    nowMs: Date.now,
    newId,
    settings: { maxItemsPerOrder: 50, autoConfirm: true },
    onListenerError: (error) => {
      throw error
    },
  })
  // As in use. A store that is closed has nothing more to copy.
  const stopCopying = checkpointWhenIdle({ store, logger: quiet })
  const stopSigning = signAfterBursts(store)
  return {
    ...store,
    close: () => {
      stopSigning()
      stopCopying()
      store.close()
    },
  }
}

/** As in use: each file with the key that signs its log beside it. */
function signaturesIn(file: string) {
  if (file === ':memory:') return signaturesOf(createDeviceKeys())
  const keyFile = `${file}.key`
  if (!existsSync(keyFile)) writeFileSync(keyFile, createDeviceKeys().privateKey)
  return signaturesOf({ privateKey: readFileSync(keyFile, 'utf8') })
}

function beginStore(
  connection: Connection,
  name: string,
  founder: boolean,
  deviceId: string,
  signatures: ReturnType<typeof signaturesOf>,
): void {
  const nowMs = Date.now()
  const at = new Date(nowMs).toISOString()
  const records = [
    {
      kind: 'store',
      id: STORE_RECORD_ID,
      value: {
        name: 'Bench',
        currency: 'USD',
        timeZone: 'UTC',
        dayStartsAtMinutes: 240,
        taxRounding: 'line',
        serviceChargePpm: 0,
        payLaterChannels: ['dine_in'],
      },
    },
    ...demoRecords(),
  ].map((record) => ({ type: 'record.set', ...record }) as RecordEvent)
  const stamped = { id: newId(), at, actor: 'bench', command: records }
  createIdentity(
    connection,
    {
      store_id: 'bench',
      device_id: deviceId,
      device_name: name,
      device_role: 'terminal',
      device_code: name,
      origin: signatures.signer.newOrigin(randomUUID()),
      upstream_token: 'none',
    },
    founder ? { stamped, nowMs } : null,
    signatures,
  )
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The house's own way between two devices, encrypted and each with its key, as in use. */
export const createBenchPeers = (
  store: Store,
  role: 'terminal' | 'kitchen',
  connect: readonly string[],
  isMember = everyone.isMember,
): Promise<Peers> =>
  createPeers({
    log: store,
    self: { name: store.deviceId, role, incarnation: newId() },
    keys: createDeviceKeys(),
    membership: { ...everyone, isMember },
    listen: '127.0.0.1:0',
    connect,
    discovery: null,
    now: Date.now,
    monotonicNow: () => performance.now(),
    random: Math.random,
    logger: quiet,
  })

/** What a table of two orders: four lines, three modifiers, a wish. */
export function tableForTwo(): Extract<OrderCommand, { type: 'createOrder' }> {
  const line = (itemId: string, quantity: number, modifierIds: string[] = []) => ({
    itemId,
    quantity,
    modifierIds,
    instructions: modifierIds.length > 1 ? 'Well done' : null,
  })
  return {
    type: 'createOrder',
    orderId: newId(),
    channel: 'dine_in',
    table: '5',
    customerId: null,
    customer: null,
    locationId: null,
    scheduledFor: null,
    notes: null,
    lines: [
      line('burger-classic', 2, ['extra_cheese', 'no_onions']),
      line('burger-classic', 1, ['no_pickles']),
      line('burger-classic', 1),
      line('burger-classic', 1),
    ],
  }
}

export function ringUp(store: Store, command = tableForTwo()): void {
  const at = new Date().toISOString()
  const result = store.execute({ id: newId(), at, actor: 'staff:bench', command })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
}
