import { TICK_MS } from '../../sync/limits.ts'
import { emptyImage } from './disk.ts'
import { createEventQueue } from './event-queue.ts'
import { checkEnd, checkHealed, holdTheSame, isConverged } from './end.ts'
import { checkRebuild, inspect } from './inspect.ts'
import { createLedger } from './ledger.ts'
import { membersOf } from './members.ts'
import { createNemesis } from './nemesis.ts'
import type { Plant } from './plant.ts'
import { createRandom, type Random } from './random.ts'
import { createRunLog } from './run-log.ts'
import { createUsers } from './users.ts'
import { Violation } from './violation.ts'
import { createWorld, type World } from './world.ts'

/**
 * One run: the devices of a restaurant work while everything around them goes wrong, then all is
 * repaired, and within a bounded time they hold the same. Onlookers check each step; a broken
 * promise ends the run.
 */
export interface Outcome {
  readonly seed: number
  readonly steps: number
  readonly hash: string
  readonly counts: ReadonlyMap<string, number>
  readonly violation: Violation | null
  readonly lastLines: readonly string[]
}

export interface SimulationOptions {
  readonly seed: number
  readonly steps: number
  readonly plant?: Plant | null
  /** Guests pay by card as well. */
  readonly cards?: boolean
  /** Told of each line of the trace. */
  readonly onLine?: (line: string) => void
}

const INSPECT_EVERY = 150
const REBUILD_EVERY = 600
/** Virtual time within which devices that see each other again have to be equal. */
const HEALED_WITHIN_MS = 20_000
const RELAYED_WITHIN_MS = 6_000
const TAPS_IN_A_ROW = 6

const EMPTY = await emptyImage()

export function simulate(options: SimulationOptions): Outcome {
  const { seed, steps, plant = null, cards = false, onLine } = options
  const random = createRandom(seed)
  const queue = createEventQueue()
  const log = createRunLog(queue.nowMs, onLine)
  const ledger = createLedger()
  const world = createWorld({ queue, random, log, ledger, plant, emptyImage: EMPTY })
  const deps = { world, queue, random, log, ledger }
  const users = createUsers(world, random, log, cards)
  const nemesis = createNemesis(deps)
  let violation: Violation | null = null

  function runUntil(isOver: () => boolean): void {
    while (!isOver()) {
      queue.step()
      const failure = world.failure()
      if (failure !== undefined) throw failure
    }
  }

  function work(): void {
    let working = true
    const keep = (meanMs: number, job: () => void): void =>
      queue.later(random.between(1, meanMs * 2), () => {
        if (!working) return
        job()
        keep(meanMs, job)
      })
    keep(45, () => {
      const processes = world.running()
      if (processes.length > 0) users.tap(random.pick(processes))
    })
    keep(200, () => nemesis.strike())
    let inspectedAt = 0
    let rebuiltAt = 0
    runUntil(() => {
      if (log.steps() - inspectedAt >= INSPECT_EVERY) {
        inspectedAt = log.steps()
        lookAtOne(log.steps() - rebuiltAt >= REBUILD_EVERY)
        if (log.steps() - rebuiltAt >= REBUILD_EVERY) rebuiltAt = log.steps()
      }
      return log.steps() >= steps
    })
    working = false
  }

  function lookAtOne(alsoRebuild: boolean): void {
    const processes = world.running()
    if (processes.length === 0) return
    const { device, store } = random.pick(processes)
    if (device.isDamaged) return
    inspect(device, store)
    if (alsoRebuild) checkRebuild(device)
  }

  function waitForAll(withinMs: number): void {
    const untilMs = queue.nowMs() + withinMs
    runUntil(() => isConverged(world, ledger) || queue.nowMs() >= untilMs)
    if (isConverged(world, ledger)) return
    const rule = holdTheSame(world, ledger) ? 'F1' : 'P3'
    throw new Violation(rule, `not equal ${withinMs} ms after healing: ${frontiers(world)}`)
  }

  /** Everybody sees only the neighbours: what the others lack has to be handed on. */
  function workInARow(): void {
    const members = membersOf(world)
    const ids = members.map((device) => device.identity.deviceId)
    // Two copies of one device do not talk to each other, and would break the row.
    if (ids.some((id, index) => id === ids[index + 1])) return
    const places = members.map((device) => device.place)
    world.network.partition(
      (from, to) =>
        !places.includes(from) ||
        !places.includes(to) ||
        Math.abs(places.indexOf(from) - places.indexOf(to)) !== 1,
    )
    for (const { ends } of world.running()) for (const end of [...ends]) world.network.cut(end)
    const untilMs = queue.nowMs() + 2_500
    runUntil(() => queue.nowMs() >= untilMs)
    const processes = members.flatMap(({ process }) => process ?? [])
    for (let tap = 0; tap < TAPS_IN_A_ROW; tap += 1) users.tap(random.pick(processes))
    waitForAll(RELAYED_WITHIN_MS)
  }

  try {
    populate(world, random)
    keepTicking(deps)
    work()
    nemesis.healAll()
    waitForAll(HEALED_WITHIN_MS)
    checkHealed(world, ledger)
    workInARow()
    checkEnd(world, ledger, log)
  } catch (error) {
    violation = asViolation(error)
  } finally {
    for (const device of world.devices) device.disk.close()
  }
  const { counts, lastLines } = log
  const common = { seed, steps: log.steps(), hash: log.hash(), counts: counts() }
  return { ...common, violation, lastLines: lastLines() }
}

/** In some restaurants a device or two have not been updated yet. */
function populate(world: World, random: Random): void {
  const count = random.between(3, 5)
  const someAreOlder = random.chance(0.25)
  for (let nth = 0; nth < count; nth += 1) {
    const name = String.fromCharCode(65 + nth)
    const device = world.add({ deviceId: `device-${name}`, code: name, origin: name }, null)
    if (someAreOlder && random.chance(0.4)) device.version = 'older'
    world.start(device)
  }
}

interface TickDeps {
  readonly world: World
  readonly queue: ReturnType<typeof createEventQueue>
  readonly random: ReturnType<typeof createRandom>
}

/** Each process is told the time, and calls those whom it has no connection with. */
function keepTicking({ world, queue, random }: TickDeps): void {
  const tick = (): void => {
    for (const process of world.running()) {
      world.network.tick(process)
      for (const other of world.running()) {
        const [here, there] = [process.device, other.device]
        if (here.place >= there.place) continue
        if (here.identity.deviceId === there.identity.deviceId) continue
        if ([...process.ends].some((end) => end.other.process === other)) continue
        if (world.network.isClosed(here.place, there.place)) continue
        if (world.network.isClosed(there.place, here.place)) continue
        if (random.chance(0.3)) world.network.connect(process, other)
      }
    }
    queue.later(TICK_MS, tick)
  }
  queue.later(TICK_MS, tick)
}

const frontiers = (world: World): string =>
  world.devices
    .map(({ place, process }) => {
      const held = [...(process?.store.frontier() ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1))
      return `${place} ${held.map(([origin, seq]) => `${origin}:${seq}`).join(' ')}`
    })
    .join(' | ')

/** What is no promise broken but a program that fell over is a violation, too. */
function asViolation(error: unknown): Violation {
  if (error instanceof Violation) return error
  return new Violation(
    'failure',
    error instanceof Error ? (error.stack ?? error.message) : 'thrown',
  )
}
