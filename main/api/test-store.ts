import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { openConnection } from '../../db/sqlite/connection.ts'
import { createIdentity } from '../../db/sqlite/identity.ts'
import { openStore, type OrderSettings, type Store } from '../../db/sqlite/store.ts'
import { createTokens, type Tokens } from '../../db/sqlite/tokens.ts'
import { ROLES, type Role, type StoreSettings } from '../../domain/catalog.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { missingRanges } from '../../domain/log.ts'
import type { CatalogRecord } from '../menu-file/catalog-record.ts'
import { demoRecords } from '../demo/demo-records.ts'
import { createDeviceKeys, type DeviceKeys } from '../../sync/device-keys.ts'
import { createAlerts, type Alerts } from '../alerts/alerts.ts'
import { createPrinting, type Printing, type PrintingDeps } from '../printing/printing.ts'
import { createApprovals } from '../approvals.ts'
import { createPins } from '../pin.ts'
import { createSignIn } from '../terminal/sign-in.ts'
import type { KeyRing } from '../personal-data/key-ring.ts'
import { openPersonalData, type PersonalData } from '../personal-data/personal-data.ts'
import { createApi, type ApiDeps } from './api.ts'

/** For the tests of the API: real devices with the demo menu in temporary files. */
export interface TestDevice {
  readonly store: Store
  readonly tokens: Tokens
  readonly app: FastifyInstance
  /** A token for each role, labelled with its name. */
  readonly tokenOf: Readonly<Record<Role, string>>
  readonly logged: readonly string[]
  readonly file: string
  readonly keys: DeviceKeys
  readonly personalData: PersonalData
  readonly printing: Printing
  readonly alerts: Alerts
  readonly people: People
  readonly close: () => Promise<void>
}

export type People = ReturnType<typeof peopleOf>

export function peopleOf(store: Store, ring: KeyRing, nowMs: () => number) {
  const pins = createPins(ring)
  const newId = randomUUID
  const signIn = createSignIn({ store, pins, nowMs, newId })
  return { pins, signIn, approvals: createApprovals({ nowMs, newId }) }
}

export const STORE: StoreSettings = {
  name: 'Test',
  currency: 'USD',
  timeZone: 'UTC',
  dayStartsAtMinutes: 0,
  taxRounding: 'line',
  serviceChargePpm: 0,
  payLaterChannels: ['dine_in'],
}

export interface TestFolder {
  readonly dir: string
  readonly remove: () => void
}

export function testFolder(): TestFolder {
  const dir = mkdtempSync(join(tmpdir(), 'aura-api-'))
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

interface DeviceOptions {
  readonly name: string
  /** Founds the store; else the device begins with an empty log. */
  readonly founds: boolean
  readonly storeId?: string
  readonly nowMs?: () => number
  /** Tokens of an earlier opening; without them new ones are drawn. */
  readonly tokenOf?: Readonly<Record<Role, string>>
  /** Those of an earlier opening, too. */
  readonly keys?: DeviceKeys
  readonly kitchenAlarmAfterMs?: number
  /** Absent: this device takes no cards. */
  readonly cardTerminal?: OrderSettings['cardTerminal']
  /** How jobs reach printers; absent: over sockets. */
  readonly send?: PrintingDeps['send']
  /** How events reach webhooks; absent: over sockets. */
  readonly postWebhook?: ApiDeps['postWebhook']
  readonly requestsPerMinute?: number
  /** Nothing here has to survive a power cut: commits do not wait for the disk. */
  readonly isHasty?: boolean
  readonly newId?: () => string
  /** Of a store that is founded; absent: the demo's. */
  readonly records?: readonly CatalogRecord[]
}

/** Opens a device, and makes it first where its file is new. */
export async function openDevice(dir: string, options: DeviceOptions): Promise<TestDevice> {
  const { name, founds, nowMs = Date.now, newId = randomUUID } = options
  const file = join(dir, `${name}.db`)
  const connection = await openConnection(file)
  if (options.isHasty) connection.raw.pragma('synchronous = OFF')
  if (!options.tokenOf) {
    const at = new Date(nowMs()).toISOString()
    const command = [
      { kind: 'store', id: 'store', value: STORE },
      ...(options.records ?? demoRecords()),
      {
        kind: 'device',
        id: name,
        value: { name, role: 'terminal', code: name, origin: `o-${name}`, admittedBy: null },
      },
    ].map((record) => ({ type: 'record.set', ...record }) as RecordEvent)
    createIdentity(
      connection,
      {
        store_id: options.storeId ?? 'store-1',
        device_id: name,
        device_name: name,
        device_role: 'terminal',
        device_code: name,
        origin: `o-${name}`,
        upstream_token: 'unused',
      },
      founds
        ? { stamped: { id: 'founding', at, actor: `device:${name}`, command }, nowMs: nowMs() }
        : null,
    )
  }
  const { cardTerminal } = options
  const settings = {
    maxItemsPerOrder: 50,
    autoConfirm: true,
    ...(cardTerminal && { cardTerminal }),
  }
  const onListenerError = (error: unknown) => {
    throw error
  }
  const store = openStore({ connection, nowMs, newId, settings, onListenerError })
  const tokens = createTokens(connection)
  const drawn = () =>
    Object.fromEntries(
      ROLES.map((role) => [role, tokens.create(role, role, new Date().toISOString())]),
    ) as Record<Role, string>
  const tokenOf = options.tokenOf ?? drawn()
  const logged: string[] = []
  const log = (message: string, fields?: object) => {
    logged.push(`${message} ${JSON.stringify(fields)}`)
  }
  const keys = options.keys ?? createDeviceKeys()
  const personalData = openPersonalData({ store, keys, nowMs, newId })
  const printing = createPrinting({
    store,
    lookEveryMs: 100,
    kitchenAlarmAfterMs: options.kitchenAlarmAfterMs ?? 30_000,
    nowMs,
    onChange: () => undefined,
    logger: { warn: log },
    ...(options.send && { send: options.send }),
  })
  const alerts = createAlerts({
    store,
    printers: printing.states,
    centreLacksSinceMs: () => null,
    nowMs,
  })
  const people = peopleOf(store, personalData.ring, nowMs)
  const app = createApi({
    store,
    ...people,
    ...personalData,
    tokens,
    printing,
    alerts,
    nowMs,
    newId,
    orderTimeoutMs: 7_200_000,
    privateKey: keys.privateKey,
    ...(options.postWebhook && { postWebhook: options.postWebhook }),
    ...(options.requestsPerMinute && { requestsPerMinute: options.requestsPerMinute }),
    health: () => ({ ok: true, degraded: [] }),
    metrics: async () => '',
    logger: { info: log, warn: log, error: log },
  })
  return {
    store,
    tokens,
    app,
    tokenOf,
    logged,
    file,
    keys,
    personalData,
    printing,
    alerts,
    people,
    close: async () => {
      await printing.stop()
      await app.close()
      store.close()
    },
  }
}

/** Gives one device what another holds and it lacks. */
export function sync(from: Store, to: Store): void {
  for (const { origin, fromSeq, toSeq } of missingRanges(from.frontier(), to.frontier())) {
    const range = from.readRange(origin, fromSeq, toSeq - fromSeq + 1, 10_000_000)
    if (range) to.ingest([range])
  }
}

interface CallOptions {
  readonly role?: Role
  readonly headers?: Record<string, string>
}

/** One request as a role; a body is sent as JSON. */
export async function call(
  { app, tokenOf }: TestDevice,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  body?: unknown,
  { role = 'admin', headers = {} }: CallOptions = {},
) {
  const options: InjectOptions = {
    method,
    url,
    headers: { authorization: `Bearer ${tokenOf[role]}`, ...headers },
    ...(body !== undefined && { payload: body as object }),
  }
  const response = await app.inject(options)
  const isJson = String(response.headers['content-type']).includes('json')
  const json: unknown = isJson ? response.json() : undefined
  return { status: response.statusCode, headers: response.headers, text: response.payload, json }
}

export const SEED_ORDER = {
  customer_id: 123,
  location_id: 1,
  order_type: 'dine_in',
  table_number: '5',
  items: [
    {
      menu_item_id: 'burger-classic',
      quantity: 2,
      modifiers: ['extra_cheese', 'no_onions'],
      special_instructions: 'Well done',
    },
  ],
}
