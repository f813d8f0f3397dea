import { createIdentity } from '../../db/sqlite/identity.ts'
import { openStore, type Store } from '../../db/sqlite/store.ts'
import { RECORD_KINDS } from '../../domain/catalog.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { smallCatalog } from '../support/orders.ts'
import { createDisk, type Disk } from './disk.ts'
import type { Ledger } from './ledger.ts'
import type { End } from './network.ts'
import type { Plant } from './plant.ts'
import { asVersion, storeOf, type Version } from './versions.ts'
import { createWitness, type Witness } from './witness.ts'

/** A place in the restaurant with a device in it: its disk, its clock and, while it runs, its process. */
export interface Device {
  readonly place: string
  readonly identity: Identity
  disk: Disk
  witness: Witness
  process: Process | null
  /** The wall clock is `offset + rate × virtual time`. */
  clock: { readonly offsetMs: number; readonly rate: number }
  /** How long this disk takes to commit what peers send. */
  slowDiskMs: number
  backup: Buffer | null
  /** Of the program that it runs. */
  version: Version
  /** A bit of its log has flipped, and nobody has looked yet. */
  isDamaged: boolean
}

export interface Identity {
  readonly deviceId: string
  /** In front of its order numbers; a device that joins anew gets a new one. */
  readonly code: string
  readonly origin: string
}

export interface Process {
  readonly device: Device
  readonly deviceId: string
  readonly incarnation: string
  /** As sessions see it. */
  readonly store: Store
  /** As the device's users see it. */
  readonly counter: Store
  readonly ends: Set<End>
  /** False from the moment the power goes: nothing it still does counts. */
  alive: boolean
  /** While it carries out what a user asked for. */
  inCommand: boolean
  /** Until when its disk is at work for peers. */
  busyUntilMs: number
}

const STORE_ID = 'store-1'
const START_MS = Date.UTC(2026, 0, 1, 12)

export const wallMs = (device: Device, nowMs: number): number =>
  Math.floor(START_MS + device.clock.offsetMs + device.clock.rate * nowMs)

export function createDevice(
  place: string,
  identity: Identity,
  disk: Disk,
  ledger: Ledger,
): Device {
  return {
    place,
    identity,
    disk,
    witness: createWitness(disk, ledger, place),
    process: null,
    clock: { offsetMs: 0, rate: 1 },
    slowDiskMs: 0,
    backup: null,
    version: 'current',
    isDamaged: false,
  }
}

/** A disk with an identity on it; the founder's holds the menu as its first entry. */
export function newDisk(
  image: Buffer,
  { deviceId, code, origin }: Identity,
  founder: boolean,
  plant: Plant | null,
): Disk {
  const disk = createDisk(image, plant?.statement?.())
  const identity = {
    store_id: STORE_ID,
    device_id: deviceId,
    device_name: deviceId,
    device_role: 'terminal',
    device_code: code,
    origin,
    upstream_token: 'token',
  }
  createIdentity(disk.plain, identity, founder ? founding() : null)
  return disk
}

function founding() {
  const catalog = smallCatalog()
  const records = RECORD_KINDS.flatMap((kind) =>
    [...catalog[kind]].map(
      ([id, value]) => ({ type: 'record.set', kind, id, value }) as RecordEvent,
    ),
  )
  const at = new Date(START_MS).toISOString()
  const stamped = { id: 'founding', at, actor: 'device:A', command: records }
  return { nowMs: START_MS, stamped }
}

export interface ProcessDeps {
  readonly nowMs: () => number
  readonly nextId: () => number
  readonly plant: Plant | null
  readonly onError: (error: unknown) => void
}

/** Starts the program on what the disk holds. */
export function startProcess(device: Device, deps: ProcessDeps): Process {
  const { plant } = deps
  const { version } = device
  const started = deps.nextId()
  const storeDeps = {
    connection: device.disk.connection,
    nowMs: () => wallMs(device, deps.nowMs()),
    newId: () => {
      // A random id sorts before that of the origin it follows as often as after it.
      const n = deps.nextId()
      const fresh = `${n % 2 === 0 ? '' : '~'}${n}-fresh-${device.place}`
      return plant?.freshOrigin?.(store.ownOrigin(), fresh) ?? fresh
    },
    settings: {
      maxItemsPerOrder: 50,
      autoConfirm: true,
      cardTerminal: { provider: 'simulated', terminalId: 'desk' },
    },
    onListenerError: deps.onError,
  }
  const store: Store = storeOf(
    version,
    asVersion(version, () => openStore(storeDeps)),
  )
  const process: Process = {
    device,
    deviceId: device.identity.deviceId,
    incarnation: `run-${started}`,
    store,
    counter: plant?.store?.(store) ?? store,
    ends: new Set(),
    alive: true,
    inCommand: false,
    busyUntilMs: 0,
  }
  device.process = process
  return process
}
