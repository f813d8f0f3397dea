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
import { openKitchen, openTill, sendBurger } from '../support/screens.ts'

/** One till alone, with an alarm that nobody has to wait half a minute for. */
let processes: Processes
let browser: Browser
let terminal: SimulatedTerminal
/** What goes wrong with the next cards, one after the other. */
const faults: Fault[] = []
const PRESENT_MS = 1_500
let till: { readonly api: string }

const ALARM_SECONDS = 3
const CASHIER = '3333'

beforeAll(async () => {
  processes = createProcesses()
  const folder = await processes.folder('till')
  const dir = join(folder, 'data')
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
  await sheet.getByRole('button', { name: '10 % tip' }).click()
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
  await sheet.getByRole('button', { name: /^Exact/ }).click()
  await sheet.getByText(`${number} paid`).waitFor()
  await page.close()
})
