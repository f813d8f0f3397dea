import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { setTheme } from '../support/accessible.ts'
import { openOffice, openOfficeHouse, signInToOffice } from '../support/office-page.ts'
import { openMore, openTill } from '../support/screens.ts'
import { waitUntil } from '../support/wait-until.ts'
import { startWholeStore, type DeviceProcess } from '../support/whole-store.ts'
import { daysBefore } from './days-before.ts'
import { live, ORDERS } from './evening.ts'
import { playWeek } from './week.ts'

const IMAGES = join(import.meta.dirname, '../../docs/images')
const SETTLE_MS = 400
const WAIT_MS = 60_000

/** The six pictures in README and docs: a busy evening, and the day before as the office sees it. */
export async function shootDocuments(browser: Browser): Promise<void> {
  await shootEvening(browser)
  await shootDay(browser)
}

async function shootDay(browser: Browser): Promise<void> {
  const house = await openOfficeHouse()
  try {
    const till = await house.openStore('quay-street', 'Harbour Grill')
    const days = daysBefore(8)
    playWeek(till, days)
    await till.uploaded()
    const page = await openOffice(browser, house.central)
    await signInToOffice(page)
    await page.getByRole('navigation', { name: 'Back office' }).waitFor()
    const day = `#/s/quay-street?day=${days.at(-1) ?? ''}`
    await page.evaluate((next) => window.location.assign(next), day)
    await page.getByText('Top items').waitFor()
    await page.waitForLoadState('networkidle')
    await take(page, 'office')
  } finally {
    await house.close()
  }
}

async function shootEvening(browser: Browser): Promise<void> {
  const store = await startWholeStore()
  try {
    await store.startCentral()
    await live(store.till1)
    // What is there when a screen begins did not come late.
    await waitUntil(async () => (await ordersAt(store.kitchen)) === ORDERS, WAIT_MS)
    const kitchen = await openKitchenOf(browser, store.kitchen.api)
    const till = await openTill(browser, store.till1, '2222')
    await till.getByText('All saved on two').waitFor({ timeout: WAIT_MS })
    const settled = (page: Page) => page.getByText('All upstream').waitFor({ timeout: WAIT_MS })
    await settled(kitchen)
    await take(kitchen, 'kitchen', 'dark')
    await settled(till)
    await till.getByRole('button', { name: 'Tables', exact: true }).click()
    await take(till, 'tables')
    await till.getByRole('button', { name: /^Table 6,/ }).click()
    await ringUp(till)
    await settled(till)
    await take(till, 'till')
    await openMore(till, 'العربية')
    await till.getByRole('dialog').getByRole('button').first().waitFor()
    await till.keyboard.press('Escape')
    await take(till, 'till-arabic-dark', 'dark')
    await kitchen.keyboard.press('s')
    await kitchen.getByRole('button', { name: /^Putting together/ }).click()
    await kitchen.keyboard.press('Escape')
    await settled(kitchen)
    await take(kitchen, 'expo', 'dark')
  } finally {
    await store.close()
  }
}

async function ordersAt({ call }: DeviceProcess): Promise<number> {
  const { data } = (await (await call('GET', '/api/v1/orders?limit=50')).json()) as {
    readonly data: readonly unknown[]
  }
  return data.length
}

async function openKitchenOf(browser: Browser, api: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${api}/kitchen`)
  await page.getByRole('article').nth(8).waitFor({ timeout: WAIT_MS })
  return page
}

async function ringUp(page: Page): Promise<void> {
  const order = page.getByRole('complementary', { name: 'Order' })
  await page
    .getByRole('navigation', { name: 'Categories' })
    .getByRole('button', { name: 'Coffee & soft drinks' })
    .click()
  for (const name of ['Espresso', 'Pot of tea']) {
    await page
      .getByRole('group', { name: /^Menu/ })
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click()
    await order.getByRole('button', { name: new RegExp(name) }).waitFor()
  }
  // The order from its beginning.
  await order.getByText(/^Sent/).last().scrollIntoViewIfNeeded()
}

/** As large as it is shown there. */
async function take(page: Page, name: string, theme: 'light' | 'dark' = 'light'): Promise<void> {
  await setTheme(page, theme)
  await page.waitForTimeout(SETTLE_MS)
  await page.screenshot({ path: join(IMAGES, `${name}.png`) })
}
