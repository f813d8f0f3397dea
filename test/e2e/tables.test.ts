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
