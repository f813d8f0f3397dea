import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  startSimulatedTerminal,
  type Fault,
  type SimulatedTerminal,
} from '../../main/payments/simulated/terminal.ts'
import { launchBrowser } from '../support/browser.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { startPrinter, textsOf } from '../support/printer-simulator.ts'
import {
  openKitchen,
  openMore,
  openTill,
  sendBurger,
  ticketOf,
  typePin,
} from '../support/screens.ts'
import { waitUntil } from '../support/wait-until.ts'

/** One till alone, with an alarm that nobody has to wait half a minute for. */
let processes: Processes
let browser: Browser
let terminal: SimulatedTerminal
/** What goes wrong with the next cards, one after the other. */
const faults: Fault[] = []
const PRESENT_MS = 1_500
let till: { readonly api: string }
let dir: string

const ALARM_SECONDS = 3
const CASHIER = '3333'
const WAIT_MS = 30_000

beforeAll(async () => {
  processes = createProcesses()
  const folder = await processes.folder('till')
  dir = join(folder, 'data')
  const config = join(folder, 'orders.yaml')
  terminal = await startSimulatedTerminal({
    presentMs: PRESENT_MS,
    faultAt: (step) => (step === 'pay: asked' ? (faults.shift() ?? 'none') : 'none'),
  })
  const cards = `card_terminal: { provider: simulated, address: '127.0.0.1:${terminal.port}' }`
  await writeFile(
    config,
    `orders:\n  kitchen_alarm_seconds: ${ALARM_SECONDS}\npayments:\n  ${cards}\n`,
  )
  await processes.run(['store', 'create', '--data', dir, '--name', 'Test', '--demo'])
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  const running = await processes.start(['terminal', '--data', dir, '--config', config, ...places])
  till = { api: String(running.ready['api']) }
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await terminal?.stop()
  await processes?.close()
})

const shots = process.env['AURA_SHOTS']
async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  await mkdir(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`) })
}

test('[K2] a ticket that no kitchen screen shows raises an alarm on its till, until one does', async () => {
  const page = await openTill(browser, till, CASHIER)
  const number = await sendBurger(page)
  const alarm = page.getByRole('region', { name: 'Not seen by the kitchen' })
  await alarm.getByText(`No kitchen screen has seen ${number}`).waitFor()
  await alarm.getByText(/Table 5 · Grill/).waitFor()
  await shoot(page, 'unseen')
  await alarm.getByRole('button', { name: `Open ${number}` }).click()
  await page
    .getByRole('complementary', { name: 'Order' })
    .getByRole('heading', { name: number })
    .waitFor()

  const kitchen = await openKitchen(browser, till)
  await alarm.waitFor({ state: 'detached' })
  expect(await page.getByText('No kitchen screen has seen').count()).toBe(0)
  await kitchen.close()
  await page.close()
})

test('[K2] a till prints what no kitchen screen has shown, and a receipt that is looked at first', async () => {
  const printer = await startPrinter()
  const papers = () => printer.papers().map((paper) => textsOf(paper).join(' | '))
  const setUp = ['--id', 'kitchen', '--name', 'Kitchen', '--address', printer.address]
  const uses = ['--fallback-for', 'grill', '--receipts-of', 'this', '--drawer']
  const set = await processes.run(['printer', 'set', '--data', dir, ...setUp, ...uses])
  expect(set.status, set.stderr).toBe(0)

  const page = await openTill(browser, till, CASHIER)
  const number = await sendBurger(page, '9')
  const sent = page.getByRole('region', { name: 'Last sent' })
  await sent.getByText('✓ Printed as fallback on Kitchen').waitFor({ timeout: WAIT_MS })
  const kitchen = await openKitchen(browser, till)
  await ticketOf(kitchen, number)
    .getByText(/^PRINTED AS FALLBACK/)
    .waitFor()
  await shoot(kitchen, 'fallback')
  await kitchen.close()

  const order = page.getByRole('complementary', { name: 'Order' })
  const receipt = order.getByRole('button', { name: 'Receipt' })
  await sent.getByRole('button', { name: new RegExp(number) }).click()
  await receipt.click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('article', { name: 'Receipt' }).getByText('BILL - NOT PAID').waitFor()
  await shoot(page, 'receipt')
  await sheet.getByRole('button', { name: 'Print receipt' }).click()
  await page.getByText(`${number} goes to the printer`).waitFor()
  await receipt.click()
  await sheet.getByRole('button', { name: 'Reprint as DUPLICATE' }).click()
  await page.getByText(`Duplicate of ${number} goes to the printer`).waitFor()
  await waitUntil(() => papers().length === 3, WAIT_MS)
  const [fallback, first, second] = papers()
  expect(fallback).toMatch(new RegExp(`^FALLBACK .*${number}.*1 Cl.*Well done`))
  expect(first).toMatch(new RegExp(`${number} .* BILL - NOT PAID .*1 Classic burger`))
  expect([first, second].map((paper) => paper?.includes('DUPLICATE'))).toEqual([false, true])

  await openMore(page, 'Printers')
  await page
    .getByRole('dialog')
    .getByText(/^Ready, printed/)
    .waitFor()
  await shoot(page, 'printers')
  await page.close()
  await processes.run(['printer', 'remove', '--data', dir, '--id', 'kitchen'])
  await printer.close()
})

test('[S1] items are chosen and moved to another open order, and what cannot go is not offered', async () => {
  const page = await openTill(browser, till, CASHIER)
  const order = page.getByRole('complementary', { name: 'Order' })
  const menu = page.getByRole('group', { name: /^Menu/ })
  const newOrder = async (channel: string): Promise<string> => {
    await order.getByRole('heading', { name: 'New order' }).waitFor()
    await order.getByText(channel, { exact: true }).click()
    await menu.getByRole('button', { name: /^Classic/ }).click()
    return (await order.getByRole('heading', { name: /^[A-Z]+-\d+/ }).innerText()).trim()
  }
  await page.getByRole('button', { name: 'Burgers' }).click()
  const from = await newOrder('Takeout')
  await order.getByRole('button', { name: 'Send', exact: true }).click()
  const to = await newOrder('Dine-in')

  await page.getByRole('button', { name: /^Open orders/ }).click()
  const rows = page.getByRole('list', { name: 'Open orders' })
  await rows.getByRole('button', { name: new RegExp(from) }).click()
  await order.getByRole('button', { name: 'Move items' }).click()
  const sheet = page.getByRole('dialog')
  const targets = sheet.getByRole('region', { name: 'To which order' })
  expect(await targets.getByRole('button', { name: new RegExp(from) }).count()).toBe(0)
  await sheet.getByRole('button', { name: 'Choose what to move' }).waitFor()
  await sheet.getByRole('button', { name: /Classic burger/ }).click()
  await sheet.getByRole('button', { name: 'Move 1 item: choose an order' }).waitFor()
  await targets.getByRole('button', { name: new RegExp(to) }).click()
  await shoot(page, 'move')
  await sheet.getByRole('button', { name: `Move 1 item to ${to}` }).click()

  await page.getByText(`1 item moved to ${to}`).waitFor()
  await sheet.waitFor({ state: 'detached' })
  expect(await order.getByRole('button', { name: /Classic burger/ }).count()).toBe(0)
  expect(await order.getByRole('button', { name: 'Move items' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: /^Open orders/ }).click()
  await rows.getByRole('button', { name: new RegExp(to) }).click()
  await order.getByRole('button', { name: /Classic burger.*Queued/s }).waitFor()
  expect(await order.getByRole('button', { name: /Classic burger/ }).count()).toBe(2)
  await shoot(page, 'moved')
})

test('[M3] a bill is split in two: a card that is declined, approved in part, and cash for the rest', async () => {
  const page = await openTill(browser, till, CASHIER)
  const order = page.getByRole('complementary', { name: 'Order' })
  await order.getByText('Takeout', { exact: true }).click()
  await page.getByRole('button', { name: 'Burgers' }).click()
  for (const name of [/^Classic/, /^Bacon/, /^Cheeseburger/]) {
    await page.getByRole('group', { name: /^Menu/ }).getByRole('button', { name }).click()
  }
  const number = (await order.getByRole('heading', { name: /^[A-Z]+-\d+/ }).innerText()).trim()
  await order.getByRole('button', { name: /Cheeseburger/ }).waitFor()
  await order.getByRole('button', { name: /^Pay/ }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Split' }).click()
  await shoot(page, 'pay-split')
  await sheet.getByRole('button', { name: /^2 ×/ }).click()
  await sheet.getByRole('button', { name: 'Card', exact: true }).click()
  await sheet.getByRole('button', { name: '10% tip' }).click()
  await shoot(page, 'pay-card')
  faults.push('declined', 'partial')
  await sheet.getByRole('button', { name: /^Ask for card/ }).click()
  await sheet.getByText('Present the card at the terminal').waitFor()
  await shoot(page, 'pay-card-asked')
  await sheet.getByText('The card was declined').waitFor()
  await shoot(page, 'pay-card-declined')
  await sheet.getByRole('button', { name: /^Try again/ }).click()
  await sheet.getByRole('button', { name: /^Ask for card/ }).click()
  await sheet.getByText(/^Approved for less/).waitFor()
  await shoot(page, 'pay-card-partial')
  await sheet.getByRole('button', { name: 'Pay the rest' }).click()
  await sheet.getByRole('button', { name: 'Cash', exact: true }).click()
  const small = await sheet
    .getByRole('button')
    .evaluateAll((buttons) => buttons.filter((b) => b.getBoundingClientRect().height < 56).length)
  expect(small).toBe(0)
  // What the card did not bring of the first part, and then the second one.
  await sheet.getByText(/part 1 of 2/).waitFor()
  await sheet.getByRole('button', { name: /^Exact/ }).click()
  await sheet.getByRole('button', { name: 'Pay the rest' }).click()
  await sheet.getByText(/part 2 of 2/).waitFor()
  await sheet.getByRole('button', { name: /^Exact/ }).click()
  await sheet.getByText(`${number} paid`).waitFor()
  await page.close()
})

test('[A3] a manager comes to a cashier’s till and approves there, and the cashier stays signed in', async () => {
  const page = await openTill(browser, till, CASHIER)
  const number = await sendBurger(page, '11')
  await page.getByRole('button', { name: /^Open orders/ }).click()
  const rows = page.getByRole('list', { name: 'Open orders' })
  await rows.getByRole('button', { name: new RegExp(number) }).click()
  await page.getByRole('button', { name: 'Discount', exact: true }).click()
  await page.getByRole('button', { name: '20%' }).click()
  await page.getByRole('button', { name: 'Long wait' }).click()
  await page.getByRole('button', { name: 'Take 20% off, with a manager' }).click()
  const sheet = page.getByRole('dialog', { name: 'A manager has to approve this' })
  await sheet.getByText(`Discount above the limit · ${number}`).waitFor()
  expect(await sheet.getByRole('button', { name: /^Sam/ }).count()).toBe(0)
  const type = async (pin: string) => {
    const pad = sheet.getByRole('group', { name: 'PIN' })
    for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click()
  }
  await sheet.getByRole('button', { name: /^Maria/ }).click()
  await type('0000')
  await sheet.getByText('Wrong PIN. 4 tries left.').waitFor()
  await shoot(page, 'approval')
  await type('2222')
  await sheet.waitFor({ state: 'detached' })
  const order = page.getByRole('complementary', { name: 'Order' })
  await order.getByText('-$2.80').waitFor()
  await page.getByRole('button', { name: /Sam Chen/ }).waitFor()
  await page.close()
})

test('[A2] [A5] too many wrong PINs: the till says how long, a manager lifts it, and the journal has it', async () => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.goto(`${till.api}/pos`)
  await page
    .getByRole('group', { name: 'Who are you?' })
    .getByRole('button', { name: /^Sam/ })
    .click()
  const type = async (pin: string) => {
    const pad = page.getByRole('group', { name: 'PIN' })
    for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click()
  }
  for (const left of ['4 tries', '3 tries', '2 tries', '1 try']) {
    await type('0000')
    await page.getByText(`Wrong PIN. ${left} left.`).waitFor()
  }
  await type('0000')
  await page.getByText(/Too many wrong PINs\. Try again in 0:\d\d/).waitFor()
  await shoot(page, 'locked-out')
  await page.getByRole('button', { name: 'A manager lifts it' }).click()
  const managers = page.getByRole('group', { name: 'Which manager lets Sam Chen try again?' })
  await managers.getByRole('button', { name: /^Maria/ }).click()
  await type('2222')
  await typePin(page, CASHIER)
  await page.getByRole('button', { name: /^Open orders/ }).waitFor()
  expect(await page.getByRole('button', { name: /Sam Chen/ }).count()).toBe(1)
  await page.getByRole('button', { name: /Sam Chen/ }).click()
  await typePin(page, '2222')
  await openMore(page, 'Devices')
  await page.getByRole('button', { name: 'Journal', exact: true }).click()
  const journal = page.getByRole('list', { name: 'Journal' })
  await journal.getByText('Sign-in freed by a manager').first().waitFor()
  await page.getByRole('button', { name: 'People, settings, drawer' }).click()
  await journal.getByText('Too many wrong PINs').first().waitFor()
  await shoot(page, 'journal')
  await page.close()
})

test('[D2] the day is for managers', async () => {
  const page = await openTill(browser, till, CASHIER)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: /^Cash drawer/ }).waitFor()
  expect(await page.getByRole('button', { name: /^Reports/ }).count()).toBe(0)
  await page.close()
})
