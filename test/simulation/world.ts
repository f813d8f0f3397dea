import type { RecordEvent } from '../../domain/events.ts'
import type { OrderCommand, Stamped } from '../../domain/commands.ts'
import {
  createDevice,
  newDisk,
  startProcess,
  wallMs,
  type Device,
  type Identity,
  type Process,
} from './device.ts'
import { createDisk, DiskError, PowerCut, type Disk } from './disk.ts'
import type { EventQueue } from './event-queue.ts'
import { inspect } from './inspect.ts'
import type { Ledger } from './ledger.ts'
import { createNetwork, tellSessions, type Network } from './network.ts'
import type { Plant } from './plant.ts'
import type { Random } from './random.ts'
import type { RunLog } from './run-log.ts'
import { hasButton } from './versions.ts'
import { checkFrontier, createWitness } from './witness.ts'

/** The restaurant: its devices, what can happen to them, and the onlookers who watch. */
export interface World {
  readonly devices: readonly Device[]
  readonly running: () => readonly Process[]
  readonly network: Network
  readonly start: (device: Device) => void
  /** `peersHear`: the process ended and its sockets with it. Otherwise the power went. */
  readonly crash: (device: Device, peersHear: boolean) => void
  /** A new device with this disk image, or with an empty one. */
  readonly add: (identity: Identity, image: Buffer | null) => Device
  /** Puts another disk into a device that stands still. */
  readonly replaceDisk: (device: Device, identity: Identity, image: Buffer | null) => void
  readonly execute: (process: Process, tap: Stamped<OrderCommand>) => void
  readonly setRecords: (process: Process, tap: Stamped<readonly RecordEvent[]>) => void
  /** A manager at one device removes another from the store. */
  readonly revoke: (by: Process, deviceId: string) => void
  readonly wallAt: (device: Device) => string
  /** The first violation that was seen where nothing could be thrown. */
  readonly failure: () => unknown
}

export interface WorldDeps {
  readonly queue: EventQueue
  readonly random: Random
  readonly log: RunLog
  readonly ledger: Ledger
  readonly plant: Plant | null
  readonly emptyImage: Buffer
}

const RETRY_START_MS = 200

export function createWorld(deps: WorldDeps): World {
  const { queue, log, ledger, plant } = deps
  const devices: Device[] = []
  let ids = 0
  let failure: unknown

  const fail = (error: unknown): void => {
    failure ??= error
  }
  const network = createNetwork({
    ...deps,
    onError: fail,
    onPowerCut: (process) => queue.later(0, () => lost(process)),
  })

  function diskFor(identity: Identity, image: Buffer | null, founder: boolean): Disk {
    return image === null
      ? newDisk(deps.emptyImage, identity, founder, plant)
      : createDisk(image, plant?.statement?.())
  }

  function add(identity: Identity, image: Buffer | null): Device {
    const place = String.fromCharCode(65 + devices.length)
    const disk = diskFor(identity, image, devices.length === 0)
    const device = createDevice(place, identity, disk, ledger)
    device.witness.compareWithDisk()
    devices.push(device)
    return device
  }

  function start(device: Device): void {
    if (device.process !== null) return
    log.step(`${device.place} starts`)
    device.witness.compareWithDisk()
    const unreadBefore = countUnread(device)
    const process = openProcess(device)
    if (process === null) return
    const { store } = process
    if (store.health().unreadable < unreadBefore && !device.isDamaged) {
      log.count('starts that could read more')
      inspect(device, store)
    }
    checkFrontier(store, device.witness, device.place)
    store.onCommit((commit) => {
      device.witness.committed(commit, process.inCommand)
      if (commit.recordsChanged) network.part(process)
    })
    store.onAdvance((origins, keptAside) => {
      if (process.alive) tellSessions(process, origins, keptAside, queue.nowMs())
    })
  }

  /** Null: it could not start, and is tried again. */
  function openProcess(device: Device): Process | null {
    const nextId = () => (ids += 1)
    try {
      return startProcess(device, { nowMs: queue.nowMs, nextId, plant, onError: fail })
    } catch (error) {
      device.process = null
      const isExpected = error instanceof DiskError || error instanceof PowerCut
      if (!isExpected && !device.isDamaged) throw error
      log.count('starts that failed')
      queue.later(RETRY_START_MS, () => start(device))
      return null
    }
  }

  /** The power went inside a transaction. */
  function lost(process: Process): void {
    const { device } = process
    process.alive = false
    if (device.process !== process) return
    log.count('crashes in a commit')
    crash(device, false)
  }

  function crash(device: Device, peersHear: boolean): void {
    const { process } = device
    if (process === null) return
    log.step(`${device.place} ${peersHear ? 'ends' : 'loses power'}`)
    log.count('crashes')
    device.process = null
    network.killed(process, peersHear)
    plant?.onCrash?.(device.disk, process.store.ownOrigin())
  }

  function replaceDisk(device: Device, identity: Identity, image: Buffer | null): void {
    device.disk.close()
    device.disk = diskFor(identity, image, false)
    device.witness = createWitness(device.disk, ledger, device.place)
    device.witness.compareWithDisk()
    ;(device as { identity: Identity }).identity = identity
    device.backup = null
    device.isDamaged = false
    ledger.orphan(device.place, ({ origin, seq, hash }) => device.witness.holds(origin, seq, hash))
  }

  /** Runs what a user asked for. What was answered with yes is owed from then on. */
  function asUser(process: Process, what: string, commandId: string, run: () => boolean): void {
    const { device, store } = process
    const ownOrigin = store.ownOrigin()
    const before = device.witness.heldSeq(ownOrigin)
    process.inCommand = true
    try {
      const done = run()
      log.step(`${device.place} ${what}: ${done ? 'ok' : 'refused'}`)
      log.count(done ? 'commands done' : 'commands refused')
      const seq = device.witness.heldSeq(ownOrigin)
      const hash = device.witness.frontier().get(ownOrigin)?.[seq - 1]
      if (!done || seq === before || hash === undefined) return
      ledger.acknowledged({ origin: ownOrigin, seq, hash, commandId, place: device.place })
    } catch (error) {
      log.step(`${device.place} ${what}: ${(error as Error).message}`)
      if (error instanceof PowerCut) lost(process)
      else if (error instanceof DiskError) log.count('commits that failed')
      else if (!device.isDamaged) fail(error)
    } finally {
      process.inCommand = false
    }
  }

  const setRecords: World['setRecords'] = (process, tap) =>
    asUser(process, `sets records ${tap.id}`, tap.id, () => process.counter.setRecords(tap))

  const wallAt = (device: Device): string => new Date(wallMs(device, queue.nowMs())).toISOString()

  return {
    devices,
    running: () => devices.flatMap(({ process }) => (process?.alive === true ? [process] : [])),
    network,
    start,
    crash,
    add,
    replaceDisk,
    execute(process, tap) {
      const { command } = tap
      if (!hasButton(process.device.version, command)) return
      asUser(process, `${command.type} ${command.orderId} ${tap.id}`, tap.id, () => {
        const result = process.counter.execute(tap)
        if (result.ok) process.device.witness.answered(tap, result.value)
        return result.ok
      })
    },
    setRecords,
    revoke(by, deviceId) {
      const value = { revokedBy: by.deviceId }
      const event = { type: 'record.set', kind: 'revocation', id: deviceId, value } as const
      const actor = `staff:${by.device.place}`
      const id = `remove-${deviceId}-${queue.nowMs()}`
      setRecords(by, { id, at: wallAt(by.device), actor, command: [event] })
    },
    wallAt,
    failure: () => failure,
  }
}

const countUnread = ({ disk }: Device): number =>
  disk.plain.raw.prepare<[], number>('SELECT count(*) FROM unreadable').pluck().get() ?? 0
