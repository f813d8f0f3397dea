import { checkVerify, flipBit } from './damage.ts'
import type { Device } from './device.ts'
import type { EventQueue } from './event-queue.ts'
import { forge } from './forger.ts'
import type { Ledger } from './ledger.ts'
import { membersOf, ownOriginsOf } from './members.ts'
import type { End } from './network.ts'
import type { Random } from './random.ts'
import type { RunLog } from './run-log.ts'
import type { World } from './world.ts'

/** Whatever goes wrong in a restaurant, a few of these kinds in each run. */
export interface Nemesis {
  readonly strike: () => void
  /** The repairman: power, cables and disks are all right from now on. */
  readonly healAll: () => void
}

export interface NemesisDeps {
  readonly world: World
  readonly queue: EventQueue
  readonly random: Random
  readonly log: RunLog
  readonly ledger: Ledger
}

const DAY_MS = 86_400_000
const MAX_DEVICES = 8
const FEWEST_MEMBERS = 3

type Kind = Exclude<keyof ReturnType<typeof strikes>, 'repair'>

/** The weight of each kind, and in how many runs of a hundred it occurs at all. */
const KINDS: readonly (readonly [kind: Kind, weight: number, runs: number])[] = [
  ['cut', 8, 80],
  ['stand', 6, 60],
  ['partition', 6, 70],
  ['crash', 4, 70],
  ['crashInCommit', 4, 60],
  ['failDisk', 4, 50],
  ['fillDisk', 2, 40],
  ['slowDisk', 2, 30],
  ['jumpClock', 2, 50],
  ['forge', 2, 40],
  ['wipe', 1, 20],
  ['backUp', 2, 15],
  ['clone', 1, 8],
  ['flip', 1, 20],
  ['revoke', 2, 30],
  ['update', 2, 50],
]

export function createNemesis(deps: NemesisDeps): Nemesis {
  const { world, random, log } = deps
  const chosen = KINDS.filter(([, , runs]) => random.below(100) < runs)
  const actions = strikes(deps)
  return {
    strike() {
      if (chosen.length === 0) return
      const kind = random.weighted(chosen.map(([name, weight]) => [weight, name] as const))
      log.note(`strike: ${kind}`)
      actions[kind]()
    },
    healAll() {
      world.network.partition(() => false)
      for (const device of world.devices) {
        actions.repair(device)
        update(device, deps)
        device.disk.setFull(false)
        device.disk.plan({ type: 'nothing' })
        device.slowDiskMs = 0
        world.start(device)
      }
      for (const { ends } of world.running()) for (const end of [...ends]) world.network.cut(end)
    },
  }
}

function strikes({ world, queue, random, log, ledger }: NemesisDeps) {
  const anyDevice = (): Device => random.pick(world.devices)
  let replaced = 0

  function anyEnd(): End | null {
    const ends = world.running().flatMap((process) => [...process.ends])
    return ends.length === 0 ? null : random.pick(ends)
  }

  function startLater(device: Device): void {
    queue.later(random.between(20, 1_500), () => world.start(device))
  }

  function standStill(device: Device, peersHear: boolean): void {
    world.crash(device, peersHear)
    startLater(device)
  }

  const sideOf = (): ReadonlySet<string> =>
    new Set(world.devices.filter(() => random.chance(0.5)).map((device) => device.place))

  /** Halves, a bridge that both halves still see, or one deaf direction. */
  function partition(): void {
    const left = sideOf()
    const shape = random.pick(['halves', 'bridge', 'one way', 'whole'] as const)
    const bridge = anyDevice().place
    log.count(`network: ${shape}`)
    const crosses = (from: string, to: string) => left.has(from) !== left.has(to)
    world.network.partition((from, to) => {
      if (shape === 'whole') return false
      if (shape === 'halves') return crosses(from, to)
      if (shape === 'bridge') return crosses(from, to) && from !== bridge && to !== bridge
      return left.has(from) && !left.has(to)
    })
  }

  function jumpClock(): void {
    const device = anyDevice()
    const { offsetMs, rate } = device.clock
    log.count('clocks that went wrong')
    device.clock = random.chance(0.6)
      ? { rate, offsetMs: offsetMs + (random.chance(0.5) ? DAY_MS : -DAY_MS) }
      : { offsetMs, rate: random.pick([0, 0.5, 0.9, 1, 1.1, 3]) }
  }

  function wipe(): void {
    const device = anyDevice()
    if (device.place === 'A') return
    log.count('disks wiped')
    replace(device)
    startLater(device)
  }

  /** By a new device, at the same place. */
  function replace(device: Device): void {
    world.crash(device, random.chance(0.5))
    replaced += 1
    const name = `${device.place}${replaced}`
    world.replaceDisk(device, { deviceId: `device-${name}`, code: name, origin: name }, null)
  }

  function flip(): void {
    const device = anyDevice()
    if (device.place === 'A' || device.isDamaged) return
    const what = flipBit(device, random)
    if (what === null) return
    log.count('bits flipped')
    log.note(`a bit flips on ${device.place}: ${what}`)
    device.isDamaged = true
    device.witness.giveUp()
    queue.later(random.between(100, 3_000), () => {
      if (repair(device)) startLater(device)
    })
  }

  /** Somebody looks with `aura verify`, and a damaged device is set up anew. */
  function repair(device: Device): boolean {
    if (!device.isDamaged) return false
    checkVerify(device)
    log.count('damage found')
    replace(device)
    return true
  }

  /** A manager removes a device from the store. Three at least stay. */
  function revoke(): void {
    const processes = world.running()
    const ids = new Set(membersOf(world).map(({ identity }) => identity.deviceId))
    const { deviceId } = anyDevice().identity
    if (processes.length === 0 || ids.size <= FEWEST_MEMBERS || !ids.has(deviceId)) return
    const by = random.pick(processes)
    if (by.deviceId === deviceId || deviceId === 'device-A') return
    log.count('devices removed')
    world.revoke(by, deviceId)
  }

  /** First a backup is made; some time later it is all there is. */
  function backUp(): void {
    const device = anyDevice()
    if (device.isDamaged) return
    if (device.backup === null) {
      device.backup = device.disk.image()
      log.count('backups made')
      return
    }
    log.count('backups restored')
    suspectFork(device)
    const { backup, identity } = device
    world.crash(device, random.chance(0.5))
    world.replaceDisk(device, identity, backup)
    startLater(device)
  }

  function suspectFork(device: Device): void {
    ownOriginsOf(device).forEach(ledger.suspect)
    ledger.suspectCode(device.identity.code)
  }

  function clone(): void {
    if (world.devices.length >= MAX_DEVICES) return
    const device = anyDevice()
    if (device.isDamaged) return
    log.count('disks cloned')
    suspectFork(device)
    const copy = world.add(device.identity, device.disk.image())
    copy.version = device.version
    startLater(copy)
  }

  return {
    cut() {
      const end = anyEnd()
      if (end !== null) world.network.cut(end)
    },
    stand() {
      const end = anyEnd()
      if (end === null) return
      log.count('pipes that stood')
      world.network.stand(end, random.between(50, 2_500))
    },
    partition,
    crash: () => standStill(anyDevice(), random.chance(0.5)),
    crashInCommit() {
      const device = anyDevice()
      const when = random.pick(['crashBeforeCommit', 'crashAfterCommit'] as const)
      device.disk.plan({ type: when })
      queue.later(random.between(300, 2_000), () => world.start(device))
    },
    failDisk() {
      const plan = random.chance(0.5)
        ? ({ type: 'failCommit' } as const)
        : ({ type: 'failWrite', nth: random.between(1, 8) } as const)
      anyDevice().disk.plan(plan)
    },
    fillDisk() {
      const { disk } = anyDevice()
      log.count('disks full')
      disk.setFull(true)
      queue.later(random.between(100, 1_500), () => disk.setFull(false))
    },
    slowDisk() {
      const device = anyDevice()
      log.count('disks slow')
      device.slowDiskMs = random.between(20, 400)
      queue.later(random.between(500, 3_000), () => {
        device.slowDiskMs = 0
      })
    },
    jumpClock,
    forge() {
      const processes = world.running()
      const target = processes.length > 0 ? random.pick(processes) : null
      if (target?.device.isDamaged !== false) return
      forge(target, { queue, random, log, logOf: world.network.logOf })
    },
    wipe,
    backUp,
    clone,
    flip,
    repair,
    revoke,
    update() {
      const device = anyDevice()
      if (update(device, { world, log })) startLater(device)
    },
  }
}

/** Puts the current program on a device that ran the older one. */
function update(device: Device, { world, log }: Pick<NemesisDeps, 'world' | 'log'>): boolean {
  if (device.version === 'current') return false
  log.count('devices updated')
  world.crash(device, true)
  device.version = 'current'
  return true
}
