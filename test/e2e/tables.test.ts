import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { openTill } from '../support/screens.ts'

/** A waiter's day at one till. */
let processes: Processes
let browser: Browser
let page: Page

const MANAGER = '2222'

beforeAll(async () => {
  processes = createProcesses()
  const dir = join(await processes.folder('till'), 'data')
  await processes.run(['store', 'create', '--data', dir, '--name', 'Test', '--demo'])
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  const running = await processes.start(['terminal', '--data', dir, ...places])
  browser = await launchBrowser()
  page = await openTill(browser, { api: String(running.ready['api']) }, MANAGER)
})
afterAll(async () => {
  await browser?.close()
  await processes?.close()
})

const shots = process.env['AURA_SHOTS']
async function shoot(name: string): Promise<void> {
  if (shots === undefined) return
  await mkdir(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`) })
}

const order = () => page.getByRole('complementary', { name: 'Order' })
const menu = () => page.getByRole('group', { name: /^Menu/ })
const sheet = () => page.getByRole('dialog')
const choice = (name: RegExp) => () => sheet().getByRole('button', { name })
const table = (number: string, state: RegExp | string = '') =>
  page.getByRole('button', {
    name: new RegExp(`^Table ${number}, ${typeof state === 'string' ? state : state.source}`),
  })
const openPlan = () => page.getByRole('button', { name: 'Tables', exact: true }).click()

/** Each tap, counted. */
async function tapping(taps: readonly (() => Locator)[]): Promise<number> {
  for (const tap of taps) await tap().click()
  return taps.length
}
const category = (name: string) => () =>
  page.getByRole('navigation', { name: 'Categories' }).getByRole('button', { name })
const item = (name: RegExp) => () => menu().getByRole('button', { name })
const send = () => order().getByRole('button', { name: 'Send', exact: true })

test('[Q3] from the floor plan: a burger in four taps, with modifiers in seven, cash in three', async () => {
  await openPlan()
  const plain = await tapping([
    () => table('4', 'Free'),
    category('Burgers'),
    item(/^Classic/),
    send,
  ])
  expect(plain).toBeLessThanOrEqual(4)
  // The plan is there again, and shows it.
  await table('4', 'In kitchen').waitFor()
  await shoot('plan-after-sending')

  const cash = await tapping([
    () => table('4', 'In kitchen'),
    () => order().getByRole('button', { name: /^Pay/ }),
    () => page.getByRole('button', { name: /^Exact/ }),
  ])
  expect(cash).toBeLessThanOrEqual(3)
  await page.getByRole('button', { name: 'Next order' }).click()
  await table('4', 'In kitchen').waitFor()

  const special = await tapping([
    () => table('8', 'Free'),
    category('Burgers'),
    item(/^Classic/),
    () => order().getByRole('button', { name: /Classic burger/ }),
    choice(/^Extra cheese/),
    choice(/^No onions/),
    send,
  ])
  expect(special).toBeLessThanOrEqual(7)
  await table('8', 'In kitchen').click()
  await order().getByText('Extra cheese, No onions').waitFor()
})

test('[Q1] a course is held while the rest is sent, shown at its table, and fired with one tap', async () => {
  await openPlan()
  await table('6', 'Free').click()
  const course = (name: string) =>
    order().getByRole('group', { name: 'Course' }).getByRole('button', { name })
  await course('Starters').click()
  await category('Burgers')().click()
  await item(/^Classic/)().click()
  await course('Mains').click()
  await order().getByRole('button', { name: 'Choose a seat' }).click()
  await order().getByRole('button', { name: 'Seat 2' }).click()
  await item(/^Bacon/)().click()
  await order()
    .getByRole('button', { name: /Bacon burger.*Seat 2/ })
    .waitFor()
  await order().getByRole('button', { name: 'Hold Mains' }).click()
  await order().getByRole('region', { name: 'Mains' }).getByText('held').waitFor()
  await shoot('courses-held')
  await send().click()
  await table('6', 'In kitchen, .*, Mains held').click()
  await shoot('courses-to-fire')
  // Both the course's own button and the one in Send's place say it.
  await order().getByRole('button', { name: 'Fire Mains' }).last().click()
  await page.getByText(/: Mains fired$/).waitFor()
  await table('6', 'In kitchen').click()
  await order().getByText('Bacon burger').waitFor()
  expect(await order().getByRole('region', { name: 'Not sent' }).count()).toBe(0)
})

test('[Q4] a bill is split by seats, paid check by check, and is one again', async () => {
  await openPlan()
  await table('10', 'Free').click()
  await category('Burgers')().click()
  for (const seat of ['Seat 1', 'Seat 2']) {
    await order().getByRole('button', { name: 'Choose a seat' }).click()
    await order().getByRole('button', { name: seat, exact: true }).click()
    await item(/^Classic/)().click()
    await order()
      .getByRole('button', { name: new RegExp(seat) })
      .waitFor()
  }
  await order().getByRole('button', { name: /^Pay/ }).click()
  await sheet().getByRole('button', { name: 'Split' }).click()
  await sheet().getByRole('button', { name: 'By seat: 2 guests' }).click()
  await sheet().getByRole('button', { name: 'Pay Seat 2' }).click()
  await sheet()
    .getByRole('button', { name: /^Exact/ })
    .click()
  await sheet().getByRole('button', { name: 'Pay the rest' }).click()
  const checks = sheet().getByRole('region', { name: 'Checks' }).getByRole('listitem')
  await checks.filter({ hasText: 'Seat 2' }).getByText('✓ Paid').waitFor()
  expect(await checks.count()).toBe(2)
  await shoot('checks')
  await sheet().getByRole('button', { name: 'One bill again' }).click()
  await sheet().getByRole('button', { name: 'By seat: 1 guest' }).waitFor()
  await shoot('split-ways')
  await sheet().getByRole('button', { name: 'Close' }).click()
})

test('[Q2] two tables become one: the order moves into the other, which is in hand then', async () => {
  await openPlan()
  await table('1', 'Free').click()
  await category('Burgers')().click()
  await item(/^Classic/)().click()
  await order().getByRole('button', { name: 'Table 1', exact: true }).click()
  await table('8', 'In kitchen').click()
  await shoot('table-choice')
  await sheet()
    .getByRole('button', { name: /^One bill with/ })
    .click()
  await order().getByRole('button', { name: 'Table 8', exact: true }).waitFor()
  await openPlan()
  await table('1', 'Free').waitFor()
  expect(
    await order()
      .getByRole('button', { name: /Classic burger/ })
      .count(),
  ).toBe(2)
})

test('[Q3] a manager draws the plan: with the arrow keys, by dragging, and a table more', async () => {
  await sheet().getByRole('button', { name: 'Edit plan' }).click()
  const place = (number: string) =>
    page.getByRole('button', { name: new RegExp(`^Table ${number}, column`) })
  await place('2').click()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('button', { name: 'Table 2, column 8, row 2' }).waitFor()
  const box = await place('12').boundingBox()
  if (box === null) throw new Error('table 12 is not on the plan')
  await page.mouse.move(box.x + 10, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 10 + box.width, box.y + 10, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('button', { name: 'Table 12, column 18, row 16' }).waitFor()
  await sheet().getByRole('button', { name: 'Add table' }).click()
  await shoot('plan-editor')
  await sheet().getByRole('button', { name: 'Save plan' }).click()
  // Typed, as soon as no other number begins so.
  await table('21', 'Free').waitFor()
  await page.keyboard.type('21')
  await order().getByRole('button', { name: 'Table 21', exact: true }).waitFor()
  expect(await sheet().count()).toBe(0)
})
