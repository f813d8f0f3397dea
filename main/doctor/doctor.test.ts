import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { RecordEvent } from '../../domain/events.ts'
import { ingredientSubject } from '../../domain/inventory.ts'
import { ok } from '../../domain/result.ts'
import { openDevice, testFolder, type TestDevice } from '../api/test-store.ts'
import { defaultConfig } from '../config.ts'
import { stockEvents } from '../inventory/stock-lines.ts'
import { startSimulatedTerminal } from '../payments/simulated/terminal.ts'
import type { Finding } from './finding.ts'
import { lookAtPayments } from './payments.ts'
import { lookAtScreensDoor } from './screens-door.ts'
import { lookAtSelling } from './selling.ts'
import { lookAtSettings } from './settings.ts'

/** The troubleshooting of the seed: each thing is broken, found, and mended. */
const folder = testFolder()
const NOW = Date.parse('2026-06-01T12:00:00Z')
const ALARM_MS = 30_000
let device: TestDevice
let commands = 0

beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true, nowMs: () => NOW })
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

const stamp = () => ({
  id: `doctor-${(commands += 1)}`,
  at: new Date(NOW).toISOString(),
  actor: 'test',
})
const set = (...command: RecordEvent[]) => device.store.setRecords({ ...stamp(), command })
const wrong = (findings: readonly Finding[]): Finding[] => findings.filter(({ isGood }) => !isGood)
const selling = (laterMs = 0) =>
  wrong(lookAtSelling(device.store.connection, NOW + laterMs, ALARM_MS))

describe('order creation fails', () => {
  test('[W2] nothing is wrong with a store as it should be', () => {
    expect(selling()).toEqual([])
  })

  test('[W2] the menu: all of it sold out, and an item that lacks its tax', () => {
    const items = [...device.store.catalog().menu_item.keys()]
    const availability = (available: boolean) =>
      items.map((id): RecordEvent => ({
        type: 'record.set',
        kind: 'availability',
        id,
        value: { available },
      }))
    set(...availability(false))
    expect(selling().map(({ check }) => check)).toEqual(['availability'])
    set(...availability(true))
    expect(selling()).toEqual([])

    const held = device.store.catalog().menu_item.get('burger-classic')!
    const item = (taxRateId: string): RecordEvent => ({
      type: 'record.set',
      kind: 'menu_item',
      id: 'burger-classic',
      value: { ...held, taxRateId },
    })
    set(item('not-there'))
    const [found, ...others] = selling()
    expect(others).toEqual([])
    expect(found).toMatchObject({
      check: 'menu',
      says: expect.stringContaining('not-there') as string,
    })
    expect(found?.todo).toMatch(/^Mend it/)
    set(item(held.taxRateId))
    expect(selling()).toEqual([])
  })

  test('[W2] the stock: an ingredient that has run out', () => {
    const value = { name: 'Beef', unit: 'g', parMilli: 400_000, position: 0 } as const
    set({ type: 'record.set', kind: 'ingredient', id: 'beef', value })
    const lines = (amountMilli: number) => [{ subject: ingredientSubject('beef'), amountMilli }]
    const count = (amountMilli: number) => {
      const wish = { kind: 'count', lines: lines(amountMilli), note: null } as const
      const made = stamp()
      device.store.writeJournal<never>(made, (clock) => ok(stockEvents(made.id, wish, clock)))
    }
    count(0)
    const [found, ...others] = selling()
    expect(others).toEqual([])
    expect(found).toMatchObject({ check: 'inventory' })
    expect(found?.says).toContain('Beef (0 g)')
    // Below its par it is low, which is nothing that is wrong with a till.
    count(1_000)
    expect(selling()).toEqual([])
    count(900_000_000)
    expect(selling()).toEqual([])
  })

  test('[W2] who may sell: nobody has a PIN', () => {
    const staff = [...device.store.catalog().staff]
    const withPins = (keep: boolean) =>
      staff.map(([id, value]): RecordEvent => ({
        type: 'record.set',
        kind: 'staff',
        id,
        value: keep ? value : { ...value, pinHash: null },
      }))
    set(...withPins(false))
    expect(selling().map(({ check }) => check)).toEqual(['sign_in'])
    set(...withPins(true))
    expect(selling()).toEqual([])
  })

  test('[W2] a device that has not received its store', async () => {
    const empty = await openDevice(folder.dir, { name: 'B', founds: false })
    onTestFinished(empty.close)
    const found = lookAtSelling(empty.store.connection, NOW, ALARM_MS)
    expect(found.map(({ check, isGood }) => [check, isGood])).toEqual([['menu', false]])
  })
})

describe('status updates not reflecting', () => {
  test('[W2] a ticket that no kitchen screen has shown', () => {
    const orderId = 'unseen'
    const created = device.store.execute({
      ...stamp(),
      command: {
        type: 'createOrder',
        orderId,
        channel: 'dine_in',
        table: '5',
        customerId: null,
        customer: null,
        locationId: null,
        scheduledFor: null,
        notes: null,
        lines: [{ itemId: 'burger-classic', quantity: 1, modifierIds: [], instructions: null }],
      },
    })
    expect(created.ok).toBe(true)
    const sent = device.store.execute({ ...stamp(), command: { type: 'sendToKitchen', orderId } })
    if (!sent.ok) throw new Error(sent.error.code)
    expect(selling(ALARM_MS - 1)).toEqual([])
    const [found, ...others] = selling(ALARM_MS + 1)
    expect(others).toEqual([])
    expect(found).toMatchObject({ check: 'kitchen' })
    expect(found?.todo).toContain('The store has no kitchen device')
    const ticketId = sent.value.tickets[0]!.id
    device.store.execute({
      ...stamp(),
      command: { type: 'seeTickets', orderId, ticketIds: [ticketId], deviceId: 'K' },
    })
    expect(selling(ALARM_MS + 1)).toEqual([])
  })

  test('[W2] the door of the screens: nobody there, and a door that does not let WebSockets through', async () => {
    const mute = createServer(
      (socket) => void socket.resume().end('HTTP/1.1 502 Bad Gateway\r\n\r\n'),
    )
    await new Promise<void>((resolve) => void mute.listen(0, '127.0.0.1', resolve))
    const { port } = mute.address() as AddressInfo
    const control = { api: `http://127.0.0.1:${port}`, peer: '', pid: 1, key: '' }
    expect(await lookAtScreensDoor(control)).toMatchObject({ check: 'screens', isGood: false })
    await new Promise<void>((resolve) => void mute.close(() => resolve()))
    expect((await lookAtScreensDoor(control)).says).toContain('ECONNREFUSED')
  })
})

describe('payment errors', () => {
  const payments = async (address: string | null) =>
    wrong(
      await lookAtPayments(
        device.store.connection,
        {
          payments: {
            ...defaultConfig().payments,
            card_terminal: address === null ? null : { provider: 'simulated', address },
          },
        },
        device.store.deviceId,
        NOW,
      ),
    )

  test('[W2] a terminal that does not answer, and one that does', async () => {
    const terminal = await startSimulatedTerminal({})
    const address = `127.0.0.1:${terminal.port}`
    expect(await payments(address)).toEqual([])
    await terminal.stop()
    const [found] = await payments(address)
    expect(found).toMatchObject({ check: 'card_terminal' })
    expect(found?.todo).toContain('switched on')
    expect(await payments(null)).toEqual([])
  })

  test('[W2] cards of which nobody knows, and too many that were not taken', async () => {
    const insert = device.store.connection.raw.prepare(
      `INSERT INTO order_payment_intents (order_id, id, kind, state, amount_minor, tip_minor, payment_id,
         provider, terminal_id, device_id, cancel_asked, why, detail, at, actor)
       VALUES ('unseen', ?, 'payment', ?, 100, 0, NULL, 'simulated', 't', ?, 0, ?, NULL, ?, 'test')`,
    )
    const at = new Date(NOW - 60_000).toISOString()
    const { deviceId, connection } = device.store
    insert.run('i-1', 'unclear', deviceId, null, at)
    expect((await payments(null)).map(({ check }) => check)).toEqual(['payments'])
    connection.raw.exec("UPDATE order_payment_intents SET state = 'taken'")
    for (const n of [2, 3, 4, 5, 6]) insert.run(`i-${n}`, 'failed', deviceId, 'unreachable', at)
    const [found] = await payments(null)
    expect(found).toMatchObject({ check: 'cards_taken' })
    expect(found?.says).toBe(
      '5 of 6 cards of the last 24 hours were not taken. Why: 5 unreachable.',
    )
    connection.raw.exec('DELETE FROM order_payment_intents')
    expect(await payments(null)).toEqual([])
  })
})

test('[W2] a service of the restaurant’s own that nothing asks', () => {
  const { integrations } = defaultConfig()
  expect(wrong(lookAtSettings({ integrations }))).toEqual([])
  const set = { ...integrations, inventory_service_url: 'http://inventory:8003' }
  const [found, ...others] = wrong(lookAtSettings({ integrations: set }))
  expect(others).toEqual([])
  expect(found?.says).toContain('integrations.inventory_service_url is set, and nothing asks')
})
