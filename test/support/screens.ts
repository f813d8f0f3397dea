import { DEMO_STAFF } from '../../main/demo/house.ts'
import type { Browser, Locator, Page } from 'playwright-core'
import type { DeviceProcess } from './whole-store.ts'

/** What people do at the screens, in the words that stand on them. */

export async function openTill(
  browser: Browser,
  device: Pick<DeviceProcess, 'api'>,
  pin: string,
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.goto(`${device.api}/pos`)
  await signIn(page, pin)
  return page
}

export async function signIn(page: Page, pin: string): Promise<void> {
  await typePin(page, pin)
  await page.getByRole('button', { name: /^Open orders/ }).waitFor()
}

/** Chooses who it is, of the demo's staff, and types the PIN. */
export async function typePin(page: Page, pin: string): Promise<void> {
  const name = DEMO_STAFF.find((staff) => staff.pin === pin)?.name ?? ''
  const people = page.getByRole('group', { name: 'Who are you?' })
  await people.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  const pad = page.getByRole('group', { name: 'PIN' })
  for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click()
}

/** Opens what stands behind “More” in the bar of the till. */
export async function openMore(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^More/ }).click()
  const sheet = page.getByRole('dialog', { name: 'More' })
  await sheet.getByRole('button', { name: new RegExp(`^${name}`) }).click()
}

export async function openKitchen(
  browser: Browser,
  device: Pick<DeviceProcess, 'api'>,
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${device.api}/kitchen`)
  await page.getByRole('button', { name: 'Recall', exact: true }).waitFor()
  return page
}

/** Rings up a burger with two modifiers at a free table and sends it. Gives the order's number. */
export async function sendBurger(till: Page, table = '5'): Promise<string> {
  await till
    .getByRole('navigation', { name: 'Categories' })
    .getByRole('button', { name: 'Burgers' })
    .click()
  const order = till.getByRole('complementary', { name: 'Order' })
  await till
    .getByRole('group', { name: /^Menu/ })
    .getByRole('button', { name: /^Classic/ })
    .click()
  await order.getByRole('button', { name: /Classic burger/ }).click()
  const sheet = till.getByRole('dialog')
  await sheet.getByRole('button', { name: /^Extra cheese/ }).click()
  await sheet.getByRole('button', { name: /^No onions/ }).click()
  await sheet.getByRole('textbox', { name: 'Special instructions' }).fill('Well done')
  await sheet.getByRole('button', { name: /^Save/ }).click()
  await order.getByRole('button', { name: 'Choose table' }).click()
  await till.getByRole('button', { name: new RegExp(`^Table ${table},`) }).click()
  const number = await order.getByRole('heading', { name: /^[A-Z]+-\d+/ }).innerText()
  await order.getByRole('button', { name: 'Send', exact: true }).click()
  return number.trim()
}

export const ticketOf = (kitchen: Page, number: string): Locator =>
  kitchen.getByRole('article', { name: new RegExp(`^Ticket ${number} `) })

/** A screen whose terminal has just gone says that nothing was changed; then a cook taps again. */
export async function bump(kitchen: Page, number: string, taps = 6): Promise<void> {
  await kitchen.getByRole('button', { name: new RegExp(`^Bump ${number} `) }).click()
  const isGone = await ticketOf(kitchen, number)
    .waitFor({ state: 'detached', timeout: 5_000 })
    .then(
      () => true,
      () => false,
    )
  if (isGone) return
  if (taps === 1) throw new Error(`the ticket of ${number} stays`)
  await bump(kitchen, number, taps - 1)
}

/** Waits until the till shows the order as ready, and takes exactly what is due in cash. */
export async function payWhenReady(till: Page, number: string): Promise<void> {
  await till.getByRole('button', { name: /^Open orders/ }).click()
  const rows = till.getByRole('list', { name: 'Open orders' })
  await rows.getByRole('button', { name: new RegExp(`${number}.*ready`, 'is') }).click()
  const order = till.getByRole('complementary', { name: 'Order' })
  await order.getByRole('button', { name: /^Pay/ }).click()
  await till.getByRole('button', { name: /^Exact/ }).click()
  await till.getByRole('button', { name: 'Next order' }).click()
}
