import type { OrderCommand, Stamped } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { smallCatalog } from '../support/orders.ts'
import { commandOn, createCommand } from './commands.ts'
import type { Process } from './device.ts'
import type { Random } from './random.ts'
import type { RunLog } from './run-log.ts'
import type { World } from './world.ts'

/** Cashiers and cooks who tap at whatever device is near, some of them twice. */
export interface Users {
  readonly tap: (process: Process) => void
}

/** So few that several people are at the same order all the time. */
const ORDERS_AT_ONCE = 5
const TAPS_REMEMBERED = 6

/** One of a few dates around now, past and to come, so that several people name the same one. */
const DATE_EVERY_MS = 20_000
const someDate = (wall: string, draw: number): string => {
  const period = Math.floor(Date.parse(wall) / DATE_EVERY_MS) + (draw % 5) - 1
  return new Date(period * DATE_EVERY_MS).toISOString()
}

/** `withCards`: they take cards as well, which makes another run of each seed. */
export function createUsers(world: World, random: Random, log: RunLog, withCards: boolean): Users {
  const orderIds: string[] = []
  const recent: Stamped<OrderCommand>[] = []
  let taps = 0

  function stamped<C>(process: Process, command: C): Stamped<C> {
    taps += 1
    const { device } = process
    const { place } = device
    return { id: `${place}${taps}`, at: world.wallAt(device), actor: `staff:${place}`, command }
  }

  function chooseCommand(process: Process): OrderCommand {
    const orderId = orderIds.length === 0 ? undefined : random.pick(orderIds)
    const order = orderId === undefined ? null : process.store.order(orderId)
    if (order !== null && !random.chance(0.08)) return commandOn(order, random, withCards)
    const fresh = `order-${taps + 1}`
    orderIds.push(fresh)
    if (orderIds.length > ORDERS_AT_ONCE) orderIds.shift()
    return createCommand(random, fresh)
  }

  function setRecord(process: Process): void {
    const value = smallCatalog().menu_item.get('burger')
    if (value === undefined) return
    const priceMinor = random.between(500, 2_000)
    const burger = { kind: 'menu_item', id: 'burger' } as const
    const set = { type: 'record.set', ...burger, value: { ...value, priceMinor } } as const
    const validFrom = someDate(world.wallAt(process.device), priceMinor)
    // What is drawn already says which of these it is: dates change nothing of the rest of a run.
    const events: readonly RecordEvent[] = [
      set,
      set,
      { ...set, validFrom },
      { type: 'record.withdrawn', ...burger, validFrom },
    ]
    const event: RecordEvent = random.chance(0.7)
      ? (events[priceMinor % 4] ?? set)
      : { type: 'record.set', kind: 'menu_item', id: `special-${random.below(3)}`, value: null }
    log.count('records set')
    if ('validFrom' in event) log.count('records with a date')
    world.setRecords(process, stamped(process, [event]))
  }

  /** A device that runs a newer version writes what this one cannot read (rule L4). */
  function writeFuture(process: Process): void {
    const orderId = orderIds[0] ?? 'order-0'
    const event = { type: 'order.sung_to', orderId, song: random.below(9) }
    log.count('unknown events')
    world.setRecords(process, stamped(process, [event as unknown as RecordEvent]))
  }

  return {
    tap(process) {
      const again = recent.length > 0 && random.chance(0.08)
      if (again) {
        log.count('double taps')
        return world.execute(process, random.pick(recent))
      }
      if (random.chance(0.03)) return setRecord(process)
      if (random.chance(0.01)) return writeFuture(process)
      const tap = stamped(process, chooseCommand(process))
      recent.push(tap)
      if (recent.length > TAPS_REMEMBERED) recent.shift()
      world.execute(process, tap)
      if (!random.chance(0.05)) return
      log.count('taps on two devices')
      const others = world.running()
      if (others.length > 0) world.execute(random.pick(others), tap)
    },
  }
}
