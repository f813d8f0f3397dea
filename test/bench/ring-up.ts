import { fork } from 'node:child_process'
import { join } from 'node:path'
import { nextMessage } from './child.ts'
import type { Contender, Rival } from './contender.ts'
import { ms, percentile, perSecond, printRow, printTitle, ratio } from './figures.ts'
import { house } from './house.ts'
import { RAW_LIMIT } from './raw-limit.ts'
import type { RingUpAnswer, RingUpRequest } from './ring-up-process.ts'

const ROUNDS = 10
const ORDERS_PER_ROUND = 200
/** A round of a slow contender is this part of what it can hold in all. */
const SHARE_PER_ROUND = 40
const WARM_UP_ROUNDS = 3
const STORED = 10_000

/** One who rings up orders, in a process of its own: nobody's garbage is in another's way. */
interface Ringer {
  readonly name: string
  readonly maxOrders: number
  readonly ask: (request: RingUpRequest) => Promise<RingUpAnswer>
}

type Named = Pick<Contender, 'name' | 'maxOrders'>
const limit: Named = { name: RAW_LIMIT, maxOrders: house.maxOrders }

/**
 * Orders committed per second, one commit each, beside bare prepared inserts of the very same rows
 * with the same durability. All take turns, so that a slow moment hits everyone.
 */
export async function benchRingUp(folder: string, rivals: readonly Rival[]): Promise<void> {
  const ringers: Ringer[] = []
  for (const contender of [limit, house, ...rivals]) {
    const file = join(folder, `ring-up-${ringers.length}`)
    ringers.push(await startRinger(contender, contender.name, file))
  }
  await report('Ring up, one commit an order', ringers)
  for (const { ask, maxOrders } of ringers) {
    await ask({ type: 'fill', orders: Math.min(STORED, maxOrders) })
  }
  await report(`The same with ${STORED} more orders stored`, ringers)
  for (const { ask } of ringers) await ask({ type: 'close' })
}

/** What becomes of it with very many orders in the file: flat is what it should be. */
export async function benchRingUpFull(folder: string, fullFile: string): Promise<void> {
  const ringers = [
    await startRinger(limit, limit.name, join(folder, 'ring-up-limit')),
    await startRinger(house, 'no orders', join(folder, 'ring-up-few')),
    await startRinger(house, `${house.maxOrders} orders`, fullFile),
  ]
  await report('Ring up here with so many orders stored', ringers)
  for (const { ask } of ringers) await ask({ type: 'close' })
}

async function report(title: string, ringers: readonly Ringer[]): Promise<void> {
  const samples = await takeTurns(ringers)
  const rateOfLimit = rate(samples[0] ?? [])
  printTitle(title, 'orders', 'p50', 'p99', 'of the limit')
  ringers.forEach(({ name, maxOrders }, n) => {
    const measured = samples[n] ?? []
    const note = maxOrders < STORED ? ` (${maxOrders} orders at most)` : ''
    printRow(
      name + note,
      perSecond(rate(measured)),
      ms(percentile(measured, 0.5)),
      ms(percentile(measured, 0.99)),
      ratio(rate(measured) / rateOfLimit),
    )
  })
}

const rate = (samples: readonly number[]): number =>
  (samples.length * 1_000) / samples.reduce((sum, sample) => sum + sample, 0)

async function takeTurns(ringers: readonly Ringer[]): Promise<number[][]> {
  const samples = ringers.map((): number[] => [])
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const [n, { ask, maxOrders }] of ringers.entries()) {
      const times = Math.min(ORDERS_PER_ROUND, maxOrders / SHARE_PER_ROUND)
      const timed = await ask({ type: 'ringUp', times })
      if (round >= 0) samples[n]?.push(...timed)
    }
  }
  return samples
}

async function startRinger(contender: Named, name: string, file: string): Promise<Ringer> {
  const program = join(import.meta.dirname, 'ring-up-process.ts')
  const child = fork(program, [contender.name, file])
  const answered = (): Promise<RingUpAnswer> => nextMessage(child)
  await answered()
  return {
    name,
    maxOrders: contender.maxOrders,
    ask(request) {
      child.send(request)
      return answered()
    },
  }
}
