import { randomUUID } from 'node:crypto'
import { createCredentials } from '../../db/postgres/credentials.ts'
import { openDatabase } from '../../db/postgres/database.ts'
import { openConnection } from '../../db/sqlite/connection.ts'
import { createIdentity } from '../../db/sqlite/identity.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { openStore, type Store } from '../../db/sqlite/store.ts'
import { emptyCatalog, STORE_RECORD_ID, type Channel } from '../../domain/catalog.ts'
import type { OpenCommand } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { assert } from '../../domain/result.ts'
import { admitCentre } from '../../main/admit-centre.ts'
import { demoRecords } from '../../main/demo/demo-records.ts'
import { newDataKey } from '../../main/personal-data/new-data-key.ts'
import { openPersonalData, type PersonalData } from '../../main/personal-data/personal-data.ts'
import { keepUp } from '../../main/personal-data/upkeep.ts'
import { createCentreFetch, enrollStore } from '../../sync/centre-credential.ts'
import { createDeviceKeys, type DeviceKeys } from '../../sync/device-keys.ts'
import { createDownstream } from '../../sync/downstream.ts'
import { createCustomerKeyTable } from '../../db/sqlite/customer-keys.ts'
import { createCentreClient } from '../../sync/centre-client.ts'
import { createKeyCarrier } from '../../sync/key-carrier.ts'
import { createUpstream } from '../../sync/upstream.ts'
import { waitUntil } from './wait-until.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const WAIT_MS = 60_000

/** The one till of a store, with keys, that has been enrolled at a running centre. */
export interface EnrolledTill {
  readonly keys: DeviceKeys
  readonly store: Store
  readonly personalData: PersonalData
  readonly centreId: string
  readonly run: (command: OpenCommand) => OrderView
  readonly digest: () => string
  /** Starts both ways to the centre. */
  readonly goOnline: () => void
  readonly goOffline: () => Promise<void>
  /** Until the centre has all that is here. */
  readonly uploaded: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface EnrolledTillOptions {
  readonly storeId: string
  readonly centralUrl: string
  readonly databaseUrl: string
  readonly knowsGuests?: boolean
  readonly payLaterChannels?: readonly Channel[]
  /** Absent: nothing of it is kept. */
  readonly file?: string
  /** What it calls the centre with. */
  readonly fetch?: typeof globalThis.fetch
  readonly name?: string
  /** Of the demo's records; absent: all of them. */
  readonly isKept?: (record: { readonly kind: string; readonly id: string }) => boolean
}

/** `knowsGuests`, true unless said otherwise: as without `--without-guests`. */
export async function openEnrolledTill(options: EnrolledTillOptions): Promise<EnrolledTill> {
  const { storeId, centralUrl: url, fetch = globalThis.fetch } = options
  const keys = createDeviceKeys()
  const connection = await openConnection(options.file ?? ':memory:')
  const { deviceId } = keys
  const origin = randomUUID()
  const stamp = () => ({
    id: randomUUID(),
    at: new Date().toISOString(),
    actor: `device:${deviceId}`,
  })
  const founding: RecordEvent[] = [
    storeRecordOf(options),
    {
      type: 'record.set',
      kind: 'device',
      id: deviceId,
      value: {
        name: 'Till',
        role: 'terminal',
        code: 'A',
        origin,
        admittedBy: null,
        publicKey: keys.publicKey,
      },
    },
    ...newDataKey(emptyCatalog(), keys).records,
    ...demoRecords()
      .filter(options.isKept ?? (() => true))
      .map((record) => ({ type: 'record.set', ...record }) as RecordEvent),
  ]
  const identity = {
    store_id: storeId,
    device_id: deviceId,
    device_name: 'Till',
    device_role: 'terminal',
    device_code: 'A',
    origin,
    upstream_token: 'unused',
  }
  createIdentity(connection, identity, {
    nowMs: Date.now(),
    stamped: { ...stamp(), command: founding },
  })
  const store = openStore({
    connection,
    nowMs: Date.now,
    newId: randomUUID,
    settings: { maxItemsPerOrder: 50, autoConfirm: true },
    onListenerError: (error) => {
      throw error
    },
  })
  const personalData = openPersonalData({ store, keys, nowMs: Date.now, newId: randomUUID })
  const { publicKey } = keys
  const endUpkeep = keepUp({
    ...{ store, ring: personalData.ring, publicKey },
    ...{ nowMs: Date.now, newId: randomUUID },
  })
  const enrolled = await enrollStore({ url, storeId, keys, fetch }, await enrollCode(options))
  assert(enrolled.ok, `enrolled: ${JSON.stringify(enrolled)}`)
  const { centre } = enrolled.value
  assert(centre, 'the centre has a key, and so an identity')
  const knowsGuests = options.knowsGuests ?? true
  const admitting = { store, ring: personalData.ring, deviceCode: 'A' }
  admitCentre(admitting, stamp(), { ...centre, knowsGuests })

  let credential: string | null = enrolled.value.credential
  const local = createLocalSettings(connection)
  const shared = {
    url,
    token: 'unused',
    deviceId,
    fetch: createCentreFetch({
      ...{ url, storeId, keys, fetch, logger: quiet },
      monotonicNow: () => performance.now(),
      credential: {
        read: () => credential,
        write: (given) => {
          credential = given
        },
      },
    }),
    random: () => 0.5,
    logger: quiet,
  }
  const never = new AbortController().signal
  let ways: { backlog: () => number | null; stop: () => Promise<unknown> } | null = null

  const goOffline = async (): Promise<void> => {
    await ways?.stop()
    ways = null
  }
  return {
    keys,
    store,
    personalData,
    centreId: centre.device_id,
    run: (command) => {
      const done = personalData.guests.execute({ ...stamp(), command })
      assert(done.ok, `${command.type} was refused: ${JSON.stringify(!done.ok && done.error)}`)
      return done.value
    },
    digest: () => digestOf(connection),
    goOnline: () => {
      const up = createUpstream({ ...shared, log: store, now: Date.now })
      const down = createDownstream({
        ...shared,
        log: store,
        position: {
          read: () => local.get('shape_position'),
          write: (position) => local.set('shape_position', position),
        },
      })
      const keyCarrier = createKeyCarrier({
        exchange: personalData.guests.exchange,
        after: createCustomerKeyTable(connection).after,
        client: createCentreClient({ ...shared, storeId, timeoutMs: WAIT_MS, signal: never }),
        random: shared.random,
        logger: quiet,
      })
      ways = {
        backlog: () => up.status().backlog,
        stop: () => Promise.all([up.stop(), down.stop(), keyCarrier.stop()]),
      }
    },
    goOffline,
    uploaded: () => waitUntil(() => ways?.backlog() === 0, WAIT_MS),
    close: async () => {
      endUpkeep()
      await goOffline()
      store.close()
    },
  }
}

async function enrollCode({ databaseUrl, storeId }: EnrolledTillOptions): Promise<string> {
  const database = openDatabase(databaseUrl, () => {})
  try {
    return (await createCredentials(database).newEnrollCode(storeId, new Date())).code
  } finally {
    await database.close()
  }
}

const storeRecordOf = ({
  payLaterChannels,
  name = 'Enrolled',
}: EnrolledTillOptions): RecordEvent => ({
  type: 'record.set',
  kind: 'store',
  id: STORE_RECORD_ID,
  value: {
    name,
    currency: 'USD',
    timeZone: 'UTC',
    dayStartsAtMinutes: 0,
    taxRounding: 'line',
    serviceChargePpm: 0,
    payLaterChannels: [...(payLaterChannels ?? ['dine_in', 'takeout', 'online'])],
  },
})
