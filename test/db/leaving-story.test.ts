import { expect, test } from 'vitest'
import { openConnection, type Connection } from '../../db/sqlite/connection.ts'
import { createIdentity } from '../../db/sqlite/identity.ts'
import { openStore, type Store } from '../../db/sqlite/store.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import { RECORD_KINDS } from '../../domain/catalog.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { isRange, type Frontier } from '../../domain/log.ts'
import { leavingRule } from '../../main/terminal/leaving.ts'
import { lackedBy } from '../support/leaving.ts'
import { line, newOrder, smallCatalog } from '../support/orders.ts'
import { createRandom } from '../simulation/random.ts'

/**
 * Devices that work, meet, start again, are wiped and let orders go, in any order; and a centre that
 * takes what it is brought. In the end everything that was ever written is at the centre, and every
 * device shows just the orders that are open there.
 */
const SEEDS = 16
const STEPS = 150
const START_MS = Date.UTC(2026, 0, 1, 12)
const YEARS_LATER_MS = START_MS + 1e11

interface Device {
  readonly name: string
  connection: Connection
  store: Store
  /** What the others last said to hold. */
  readonly said: Map<string, Frontier>
  /** Null: the centre has not been asked since the start. */
  centre: Frontier | null
}

test('[L7] [U1] whatever leaves where and whenever, nothing is lost and nothing stays open for ever', async () => {
  let left = 0
  let endedElsewhere = 0
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const told = await play(seed)
    left += told.left
    endedElsewhere += told.endedElsewhere
  }
  expect(left).toBeGreaterThan(SEEDS * 10)
  expect(endedElsewhere).toBeGreaterThan(0)
}, 120_000)

async function play(seed: number) {
  const random = createRandom(seed)
  let nowMs = START_MS
  let ids = 0
  let left = 0
  let endedElsewhere = 0
  const nextId = (): string => `id-${(ids += 1)}`

  async function begin(name: string, founder: boolean): Promise<Device> {
    const connection = await openConnection(':memory:')
    const identity = {
      store_id: 'store-1',
      device_id: name,
      device_name: name,
      device_role: 'terminal',
      device_code: name,
      origin: `o-${name}`,
      upstream_token: 'token',
    }
    createIdentity(connection, identity, founder ? founding() : null)
    return { name, connection, store: open(connection), said: new Map(), centre: null }
  }

  const open = (connection: Connection): Store =>
    openStore({
      connection,
      nowMs: () => nowMs,
      newId: nextId,
      settings: { maxItemsPerOrder: 50, autoConfirm: true },
      onListenerError: (error) => {
        throw error
      },
    })

  const centre = await begin('centre', false)
  const devices = [await begin('A', true), await begin('B', false), await begin('C', false)]
  /** One device sees nobody for a while, and then another one. */
  let away: Device | null = null
  const other = (than: Device): Device =>
    random.pick(devices.filter((each) => each !== than && each !== away))

  function command(device: Device, wish: OrderCommand): void {
    const at = new Date(nowMs).toISOString()
    device.store.execute({ id: nextId(), at, actor: 'staff:x', command: wish })
  }

  function work(device: Device): void {
    const shown = device.store.openOrders()
    const some = shown.length === 0 ? null : random.pick(shown)
    const another = shown.find((order) => order !== some)
    const dice = random.below(10)
    if (some === null || dice < 3) {
      command(device, {
        ...(newOrder([line('burger'), line('salad')]) as Extract<
          OrderCommand,
          { type: 'createOrder' }
        >),
        orderId: nextId(),
      })
    } else if (another && dice < 5) {
      command(device, { type: 'sendToKitchen', orderId: some.id })
      command(device, { type: 'sendToKitchen', orderId: another.id })
      const lineIds = some.lines.slice(0, 1).map(({ id }) => id)
      command(device, { type: 'moveLines', orderId: some.id, lineIds, toOrderId: another.id })
    } else if (dice < 6) {
      command(device, { type: 'addLines', orderId: some.id, lines: [line('salad')] })
    } else command(device, { type: 'cancelOrder', orderId: some.id, reason: 'gone' })
  }

  /** As a session begins: what has left is told first, then comes some of what is lacked, or all. */
  function give(from: Device, to: Device, whole: boolean): void {
    to.store.noteLeft(from.store.leftFor(to.store.frontier(), 1_000))
    const parts = lackedBy(to.store, from.store)
    const some = whole ? parts : parts.slice(0, random.below(parts.length + 1))
    const report = to.store.ingest(some)
    expect([report.forks, report.broken], `seed ${seed}`).toEqual([[], []])
    from.said.set(to.name, to.store.frontier())
    to.said.set(from.name, from.store.frontier())
  }

  function upload(device: Device): void {
    const parts = lackedBy(centre.store, device.store)
    centre.store.ingest(parts.filter(isRange))
    device.centre = centre.store.frontier()
  }

  function letGo(device: Device, atMs: number): number {
    const rule = leavingRule({
      keepClosedDays: 0,
      centre: () => device.centre,
      holdings: () =>
        [...device.said].map(([deviceId, frontier]) => {
          const connected = random.chance(0.3)
          return { deviceId, connected, frontier }
        }),
      nowMs: () => atMs,
    })
    const before = new Set(device.store.openOrders().map(({ id }) => id))
    const { orderIds } = device.store.letGo({ ...rule, maxOrders: 50 }, null)
    const after = new Set(device.store.openOrders().map(({ id }) => id))
    endedElsewhere += [...before].filter((id) => !after.has(id)).length
    left += orderIds.length
    return orderIds.length
  }

  async function wipe(device: Device): Promise<void> {
    // What only this device had would be lost with it.
    give(device, other(device), true)
    upload(device)
    device.connection.close()
    Object.assign(device, await begin(nextId(), false))
    device.said.clear()
    for (const each of devices) each.said.delete(device.name)
  }

  for (let step = 0; step < STEPS; step += 1) {
    nowMs += 1_000
    if (step % 30 === 0) away = random.pick(devices)
    const device = random.pick(devices)
    const dice = random.below(100)
    if (dice < 40) work(device)
    else if (device === away) continue
    else if (dice < 65) give(device, other(device), random.chance(0.5))
    else if (dice < 75) upload(device)
    else if (dice < 95) {
      const also = other(device)
      for (const each of random.chance(0.5) ? [device, also] : []) {
        give(device, also, true)
        give(also, device, true)
        upload(each)
        letGo(each, nowMs)
      }
      letGo(device, nowMs + (random.chance(0.5) ? 0 : 1e8))
    } else if (dice < 99) device.store = open(device.connection)
    else if (device.name !== 'A') await wipe(device)
  }

  for (let round = 0; round < 3; round += 1) {
    for (const from of devices) {
      for (const to of devices) if (from !== to) give(from, to, true)
      upload(from)
    }
  }
  for (const device of devices) upload(device)
  for (const device of devices) while (letGo(device, YEARS_LATER_MS) > 0);

  const shown = centre.store.openOrders().map(({ id }) => id)
  for (const device of devices) {
    expect(device.store.frontier(), `seed ${seed}`).toEqual(centre.store.frontier())
    expect(
      device.store.openOrders().map(({ id }) => id),
      `seed ${seed}, ${device.name}`,
    ).toEqual(shown)
    expect(device.store.orders(shown).filter(hasOwnLinesAlone)).toEqual(
      centre.store.orders(shown).filter(hasOwnLinesAlone),
    )
    expect((await verifyFile(device.connection)).fault, `seed ${seed}`).toBe(null)
    device.connection.close()
  }
  centre.connection.close()
  return { left, endedElsewhere }
}

const hasOwnLinesAlone = (order: { id: string; lines: readonly { homeOrderId: string }[] }) =>
  order.lines.every(({ homeOrderId }) => homeOrderId === order.id)

function founding() {
  const catalog = smallCatalog()
  const records = RECORD_KINDS.flatMap((kind) =>
    [...catalog[kind]].map(
      ([id, value]) => ({ type: 'record.set', kind, id, value }) as RecordEvent,
    ),
  )
  const at = new Date(START_MS).toISOString()
  return { nowMs: START_MS, stamped: { id: 'founding', at, actor: 'device:A', command: records } }
}
