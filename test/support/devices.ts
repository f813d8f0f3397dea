import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openConnection, type Connection } from '../../db/sqlite/connection.ts'
import { createIdentity } from '../../db/sqlite/identity.ts'
import { openStore, type Store } from '../../db/sqlite/store.ts'
import { isSignatureOf, type Signer } from '../../db/signing.ts'
import { RECORD_KINDS } from '../../domain/catalog.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { smallCatalog } from './orders.ts'

/** A device with a real file, a store of its own or an empty one to be filled by its peers. */
export interface TestDevice {
  readonly name: string
  readonly file: string
  readonly store: Store
  readonly connection: Connection
  /** Runs a command as if somebody tapped it now. */
  readonly run: (command: OrderCommand, id?: string) => ReturnType<Store['execute']>
  readonly close: () => void
}

export interface TestDeviceOptions {
  readonly founder?: boolean
  readonly file?: string
  /** Its wall clock; without one, each look at it is a second later than the one before. */
  readonly nowMs?: () => number
  /** The id that its key gives it, where it is to have one. */
  readonly deviceId?: string
  /** It signs its log. */
  readonly signer?: Signer
}

let commands = 0
let wallMs = Date.UTC(2026, 0, 1, 12)

/** Each device of a test has the same store id, and the founder the small menu. */
export async function openTestDevice(
  name: string,
  options: TestDeviceOptions = {},
): Promise<TestDevice> {
  const { founder = name === 'A', file = join(tempFolder(), 'store.db') } = options
  const connection = await openConnection(file)
  const signatures = { check: isSignatureOf, ...(options.signer && { signer: options.signer }) }
  const isNew = connection.raw.prepare('SELECT count(*) FROM local').pluck().get() === 0
  if (isNew) {
    const identity = {
      store_id: 'store-1',
      device_id: options.deviceId ?? `device-${name}`,
      device_name: `Till ${name}`,
      device_role: 'terminal',
      device_code: name,
      origin: options.signer?.newOrigin(name) ?? `origin-${name}`,
      upstream_token: 'token',
    }
    createIdentity(connection, identity, founder ? founding(name) : null, signatures)
  }
  const store = openStore({
    connection,
    signatures,
    nowMs: options.nowMs ?? (() => (wallMs += 1_000)),
    newId: () => `fresh-${name}-${(commands += 1)}`,
    settings: { maxItemsPerOrder: 50, autoConfirm: true },
    onListenerError: (error) => {
      throw error
    },
  })
  return {
    name,
    file,
    store,
    connection,
    run: (command, id = `${name}-command-${(commands += 1)}`) =>
      store.execute({
        id,
        at: new Date((wallMs += 1_000)).toISOString(),
        actor: `staff:${name}`,
        command,
      }),
    close: () => connection.close(),
  }
}

function founding(name: string) {
  const catalog = smallCatalog()
  const records = RECORD_KINDS.flatMap((kind) =>
    [...catalog[kind]].map(
      ([id, value]) => ({ type: 'record.set', kind, id, value }) as RecordEvent,
    ),
  )
  const at = new Date(wallMs).toISOString()
  return { nowMs: wallMs, stamped: { id: `${name}-found`, at, actor: 'test', command: records } }
}

/** Gives everything that one device holds and the other lacks, in one transaction. */
export function sendAll(from: Store, to: Store, maxEntries = 500): void {
  const ranges = [...from.frontier()].flatMap(([origin, seq]) => {
    const held = to.frontier().get(origin) ?? 0
    const range = held < seq ? from.readRange(origin, held + 1, maxEntries, 1_000_000) : null
    return range ? [range] : []
  })
  if (ranges.length > 0) to.ingest(ranges)
}

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aura-device-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
