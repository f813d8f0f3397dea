import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPrintJobs } from '../../db/sqlite/print-jobs.ts'
import type { Printer } from '../../domain/catalog.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import { fallbackOf } from '../../domain/paper-tickets.ts'
import { assert } from '../../domain/result.ts'
import {
  startPrinter,
  textsOf,
  type PrinterSimulator,
} from '../../test/support/printer-simulator.ts'
import { waitUntil } from '../../test/support/wait-until.ts'
import { openDevice, sync, type TestDevice } from '../api/test-store.ts'
import { MAX_WAITING } from './limits.ts'

const WAIT_MS = 15_000
const ALARM_MS = 400

let dir: string
let device: TestDevice
let printer: PrinterSimulator
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'aura-print-'))
  device = await openDevice(dir, { name: 'A', founds: true, kitchenAlarmAfterMs: ALARM_MS })
})
afterAll(async () => {
  await device.close()
  rmSync(dir, { recursive: true, force: true })
})
beforeEach(async () => {
  printer = await startPrinter()
})
/** Nothing of one test is printed in the next. */
afterEach(async () => {
  await printer.close()
  for (const id of device.store.catalog().printer.keys()) {
    const command = [{ type: 'record.set', kind: 'printer', id, value: null }] as const
    device.store.setRecords({ ...stamp(), command })
  }
  for (const { id } of device.store.openOrders()) {
    run({ type: 'cancelOrder', orderId: id, reason: 'the test is over' })
  }
  device.store.connection.raw.exec('DELETE FROM print_jobs')
  await restart()
})

let commands = 0
const stamp = () => ({
  id: `c-${(commands += 1)}`,
  at: new Date().toISOString(),
  actor: 'staff:test',
})

function setUp(change: Partial<Printer>, id = 'main', on: TestDevice = device): void {
  const value: Printer = {
    name: 'Main',
    address: printer.address,
    columns: 42,
    codepage: 'cp858',
    receiptsOf: [],
    slipsOf: [],
    fallbackFor: [],
    drawer: false,
    ...change,
  }
  on.store.setRecords({
    ...stamp(),
    command: [{ type: 'record.set', kind: 'printer', id, value }],
  })
}

function run(command: OrderCommand, on: TestDevice = device) {
  const result = on.store.execute({ ...stamp(), command })
  assert(result.ok, `${command.type} was refused`)
  return result.value
}

/** A burger for the grill and a salad for the cold station, sent. */
function send(orderId: string, on: TestDevice = device) {
  const line = (itemId: string, quantity: number) => ({
    itemId,
    quantity,
    modifierIds: [],
    instructions: null,
  })
  run(
    {
      type: 'createOrder',
      orderId,
      channel: 'dine_in',
      table: '7',
      customerId: null,
      customer: null,
      locationId: null,
      scheduledFor: null,
      notes: null,
      lines: [line('burger-classic', 2), line('soup-of-the-day', 1)],
    },
    on,
  )
  return run({ type: 'sendToKitchen', orderId }, on)
}

const order = (orderId: string) => {
  const found = device.store.order(orderId)
  assert(found, `order ${orderId} is here`)
  return found
}
const papers = (): string[] => printer.papers().map((paper) => textsOf(paper).join(' | '))
const comeOut = (count: number) => waitUntil(() => printer.papers().length >= count, WAIT_MS)
const quiet = (ms = 300) => new Promise((resolve) => setTimeout(resolve, ms))
const stateOf = (id = 'main') => device.printing.states().find(({ printerId }) => printerId === id)

async function restart(): Promise<void> {
  const { tokenOf, keys } = device
  await device.close()
  device = await openDevice(dir, {
    name: 'A',
    founds: true,
    kitchenAlarmAfterMs: ALARM_MS,
    tokenOf,
    keys,
  })
}

test('[K2] a ticket that no kitchen screen has shown is printed once as a fallback, and says so', async () => {
  setUp({ fallbackFor: ['grill'] })
  setUp({ fallbackFor: ['grill'] }, 'spare')
  const { number } = send('late-0')
  run({
    type: 'seeTickets',
    orderId: send('seen-0').id,
    ticketIds: [order('seen-0').tickets[0]?.id ?? ''],
    deviceId: 'kitchen-1',
  })
  await comeOut(1)
  expect(papers()).toEqual([expect.stringMatching(`FALLBACK.*Grill.*${number}.*Table 7.*2 Cl`)])
  await waitUntil(() => order('late-0').tickets.every((t) => fallbackOf(t) !== null), WAIT_MS)
  expect(order('late-0').tickets[0]?.seenBy).toMatchObject([{ deviceId: 'fallback:main' }])
  await restart()
  await quiet()
  expect(printer.papers()).toHaveLength(1)
})

test('[K2] only the till that fired a ticket prints it, however many hold it', async () => {
  setUp({ fallbackFor: ['grill'], slipsOf: [] })
  const other = await openDevice(dir, { name: 'B', founds: false, kitchenAlarmAfterMs: ALARM_MS })
  sync(device.store, other.store)
  send('one-1')
  sync(device.store, other.store)
  await comeOut(1)
  await quiet()
  expect(printer.papers()).toHaveLength(1)
  await other.close()
})

test('[K2] what came out before a crash is told to the log after it, and not printed again', async () => {
  setUp({ fallbackFor: ['grill'] })
  printer.behave({ isOutOfPaper: true })
  send('one-2')
  await waitUntil(() => stateOf()?.waiting === 1, WAIT_MS)
  await device.printing.stop()
  // As if the process had ended between the printer's word and the log's.
  const jobs = createPrintJobs(device.store.connection)
  const job = jobs.next('main')
  assert(job, 'the fallback waits')
  jobs.finish(job.id, { state: 'done', confirmed: true, finishedMs: Date.now() })
  expect(fallbackOf(order('one-2').tickets[0]!)).toBeNull()
  printer.behave({ isOutOfPaper: false })
  await restart()
  await waitUntil(() => fallbackOf(order('one-2').tickets[0]!) !== null, WAIT_MS)
  expect(printer.papers()).toEqual([])
})

test('[R1] a station with a printer gets each ticket at once, add-ons and voids after it', async () => {
  setUp({ slipsOf: ['grill'] })
  const sent = send('one-3')
  await comeOut(1)
  await waitUntil(() => order('one-3').tickets[0]?.seenBy[0]?.deviceId === 'slip:main', WAIT_MS)
  const [burger] = sent.lines
  run({ type: 'voidLine', orderId: 'one-3', lineId: burger?.id ?? '', reason: 'dropped' })
  await comeOut(2)
  run({
    type: 'addLines',
    orderId: 'one-3',
    lines: [{ itemId: 'burger-classic', quantity: 4, modifierIds: [], instructions: 'rare' }],
  })
  run({ type: 'sendToKitchen', orderId: 'one-3' })
  await comeOut(3)
  run({ type: 'cancelOrder', orderId: 'one-3', reason: 'guest left' })
  await comeOut(5)
  await quiet()
  const [slip, voided, added, ...cancelled] = papers()
  expect(slip).toMatch(/Grill.*Table 7.*2 Cl/)
  expect(slip).not.toMatch(/VOID|FALLBACK|ADD-ON/)
  expect(voided).toMatch(/^VOID.*VOID 2 Cl/)
  expect(added).toMatch(/^ADD-ON.*4 Cl.*!! rare/)
  expect(cancelled).toHaveLength(2)
  for (const one of cancelled) expect(one).toMatch(/^CANCELLED/)
})

test('[R2] a dead printer holds up nobody, is seen, and prints in order once it is back', async () => {
  const { address } = printer
  await printer.close()
  setUp({ slipsOf: ['grill'], receiptsOf: ['A'] })
  const sent = [send('one-4'), send('two-4')]
  await waitUntil(() => stateOf()?.trouble === 'unreachable', WAIT_MS)
  expect(stateOf()).toMatchObject({ waiting: 2, lastPrintedMs: null })
  await restart()
  printer = await startPrinter(Number(address.split(':')[1]))
  await comeOut(2)
  expect(papers()).toEqual(
    sent.map(({ number }) => expect.stringMatching(new RegExp(`^Grill.*${number}`))),
  )
  await waitUntil(() => stateOf()?.trouble === null && stateOf()?.waiting === 0, WAIT_MS)
})

test('[R2] what may have come out is printed again, and says so', async () => {
  printer.behave({ breaksAfterLines: 3 })
  setUp({ slipsOf: ['grill'] })
  send('one-5')
  await waitUntil(() => stateOf()?.trouble === 'broke_off', WAIT_MS)
  printer.behave({ breaksAfterLines: null })
  await waitUntil(() => printer.papers().some(({ wasCut }) => wasCut), WAIT_MS)
  // On a slow machine it may have broken off more than once.
  const [half] = papers()
  const whole = papers().at(-1)
  expect(half).not.toContain('MAYBE PRINTED BEFORE')
  expect(whole).toMatch(/^MAYBE PRINTED BEFORE \| Grill/)
})

test('[R2] the queue of a printer is bounded: receipts go first, slips stay', async () => {
  await printer.close()
  setUp({ slipsOf: ['grill'], receiptsOf: ['A'] })
  const sent = send('one-6')
  device.store.connection.raw.transaction(() => {
    for (let count = 0; count < MAX_WAITING + 5; count += 1) {
      device.printing.printReceipt(sent, `r-${count}`)
    }
  })()
  await waitUntil(() => (stateOf()?.dropped ?? 0) > 0, WAIT_MS)
  await waitUntil(() => (stateOf()?.waiting ?? 0) <= MAX_WAITING, WAIT_MS)
  const jobs = createPrintJobs(device.store.connection)
  expect(jobs.oldest('main', ['slip'])).not.toBeNull()
  expect(device.logged.join('\n')).toContain('a print job was dropped')
  printer = await startPrinter()
})

test('[R5] [K1] a check is a duplicate by itself; slips asked for again are marked, and are news to nobody', async () => {
  setUp({ slipsOf: ['grill'], receiptsOf: ['A'] })
  send('one-8')
  await comeOut(1)
  run({ type: 'splitOrder', orderId: 'one-8', split: { kind: 'equal', parts: 2 } })
  const isDuplicate = (key: string, part?: number) => {
    const asked = device.printing.printReceipt(order('one-8'), key, { part })
    return asked.ok ? asked.value.isDuplicate : asked.error
  }
  expect([isDuplicate('all'), isDuplicate('p1', 1), isDuplicate('p2', 2)]).toEqual([
    false,
    false,
    false,
  ])
  expect([isDuplicate('p1', 1), isDuplicate('p1-again', 1), isDuplicate('p3', 3)]).toEqual([
    false,
    true,
    'check_not_found',
  ])
  const seen = () => order('one-8').tickets.map(({ seenBy }) => seenBy.length)
  // Paper comes out a moment before the log has it.
  await waitUntil(() => seen()[0] === 1, WAIT_MS)
  const before = seen()
  expect(device.printing.copySlips(order('one-8'), 'again')).toEqual({ ok: true, value: 1 })
  expect(device.printing.copySlips(order('one-8'), 'again')).toEqual({ ok: true, value: 1 })
  await comeOut(6)
  expect(papers().filter((paper) => paper.startsWith('DUPLICATE | Grill'))).toHaveLength(1)
  expect(seen()).toEqual(before)
  setUp({ slipsOf: ['bar'], receiptsOf: ['A'] })
  expect(device.printing.copySlips(order('one-8'), 'none')).toMatchObject({
    error: 'no_kitchen_printer',
  })
})

test('[R3] cash opens the drawer of the till that took it, once; a drawer never opens late', async () => {
  setUp({ receiptsOf: ['A'], drawer: true })
  const { totals } = send('one-7')
  const pay = (amountMinor: number): OrderCommand => ({
    type: 'takePayment',
    orderId: 'one-7',
    method: 'cash',
    amountMinor,
    tipMinor: 0,
    tenderedMinor: null,
  })
  run(pay(totals.dueMinor - 100))
  await waitUntil(() => printer.pulses() === 1, WAIT_MS)
  printer.behave({ isOutOfPaper: true })
  device.printing.openDrawer('asked')
  await waitUntil(() => stateOf()?.trouble === 'paper_out', WAIT_MS)
  await device.printing.stop()
  device.store.connection.raw.exec('UPDATE print_jobs SET created_ms = created_ms - 60000')
  printer.behave({ isOutOfPaper: false })
  await restart()
  await quiet()
  expect(printer.pulses()).toBe(1)
})
