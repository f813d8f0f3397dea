import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildScreens } from '../main/store-on-one-computer/screens-build.ts'
import { launchBrowser } from './support/browser.ts'
import {
  goToPlace,
  openOffice,
  openOfficeHouse,
  sell,
  signInToOffice,
} from './support/office-page.ts'
import { playDays } from './support/office-story.ts'
import { openKitchen, openTill, sendBurger } from './support/screens.ts'
import { startWholeStore } from './support/whole-store.ts'

/** `npm run screenshots`: the screens of a store at work, into `shots/`, which git ignores. */
const FOLDER = join(import.meta.dirname, '../shots')
const SETTLE_MS = 600

const orders = [
  [
    '2',
    'dine_in',
    [
      ['burger-bacon', 2, ['extra_cheese']],
      ['burger-classic', 1, ['no_onions']],
    ],
  ],
  ['9', 'dine_in', [['burger-classic', 2, ['extra_cheese', 'no_pickles']]]],
  [null, 'takeout', [['burger-classic', 3, []]]],
] as const

mkdirSync(FOLDER, { recursive: true })
await buildScreens()
const store = await startWholeStore()
const browser = await launchBrowser()
try {
  await store.startCentral()
  const till = await openTill(browser, store.till1, '2222')
  const kitchen = await openKitchen(browser, store.kitchen)
  for (const [table_number, order_type, lines] of orders) {
    const items = lines.map(([menu_item_id, quantity, modifiers]) => ({
      menu_item_id,
      quantity,
      modifiers,
    }))
    const body = { order_type, ...(table_number !== null && { table_number }), items }
    const created = await store.till2.call('POST', '/api/v1/orders', body)
    if (created.status !== 201) throw new Error(await created.text())
    const { id } = (await created.json()) as { id: string }
    await store.till2.call('PUT', `/api/v1/orders/${id}/status`, { status: 'confirmed' })
  }
  await sendBurger(till)
  const shoot = async (page: typeof till, name: string) => {
    await page.waitForTimeout(SETTLE_MS)
    await page.screenshot({ path: join(FOLDER, `${name}.png`) })
  }
  await shoot(kitchen, 'kitchen-1920')
  await kitchen.setViewportSize({ width: 1366, height: 768 })
  await shoot(kitchen, 'kitchen-1366')
  const menu = till.getByRole('group', { name: /^Menu/ })
  for (const name of [/^Bacon burger/, /^Cheeseburger/, /^Kids burger/]) {
    await menu.getByRole('button', { name }).click()
  }
  await shoot(till, 'till-1366')
  await till.setViewportSize({ width: 1920, height: 1080 })
  await shoot(till, 'till-1920')
  await till.emulateMedia({ colorScheme: 'dark' })
  await shoot(till, 'till-1920-dark')
  await shootOffice()
  process.stdout.write(`Look into ${FOLDER}\n`)
} finally {
  await browser.close()
  await store.close()
}

/** The back office of a store that has sold for a week and a day, at every size and in both themes. */
async function shootOffice(): Promise<void> {
  const house = await openOfficeHouse()
  try {
    const { till, central, storeId } = house
    playDays(till, daysBefore(8), 30)
    const order = sell(till, { items: [['burger-bacon', 2]], table: '3', isPaid: false })
    sell(till, { items: [['burger-classic', 1]] })
    await till.uploaded()
    const page = await openOffice(browser, central)
    await signInToOffice(page)
    await page.getByRole('navigation', { name: 'Back office' }).waitFor()
    const at = `#/s/${storeId}`
    const yesterday = daysBefore(1)[0] ?? ''
    const week = `from=${daysBefore(8)[0] ?? ''}&to=${yesterday}`
    const places = {
      day: `${at}?day=${yesterday}`,
      days: `${at}/reports/sales?by=day&${week}`,
      items: `${at}/reports/sales?by=item&${week}`,
      preparation: `${at}/reports/preparation?${week}`,
      exceptions: `${at}/reports/exceptions?${week}`,
      orders: `${at}/orders?${week}`,
      order: `${at}/orders/${order.id}`,
      devices: `${at}/devices`,
      menu: `${at}/menu`,
      settings: `${at}/settings`,
    }
    for (const [width, height] of [
      [1366, 768],
      [1920, 1080],
      [1024, 768],
    ] as const) {
      await page.setViewportSize({ width, height })
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme })
        await page.reload()
        for (const [name, hash] of Object.entries(places)) {
          await page.evaluate((next) => window.location.assign(next), hash)
          await page.waitForLoadState('networkidle')
          await page.getByText('Asking the centre').first().waitFor({ state: 'detached' })
          await page.waitForTimeout(SETTLE_MS)
          await page.screenshot({ path: join(FOLDER, `office-${name}-${width}-${theme}.png`) })
        }
      }
    }
    await goToPlace(page, 'Menu')
    await page.getByRole('button', { name: 'Bacon burger' }).click()
    await page.getByLabel('Price').fill('17.25')
    await page.getByRole('button', { name: 'Put in the draft' }).click()
    await goToPlace(page, 'Changes')
    await page.getByRole('button', { name: 'Make them valid now' }).waitFor()
    await page.screenshot({ path: join(FOLDER, 'office-changes.png') })
  } finally {
    await house.close()
  }
}

/** So many days that are over, the earliest first. */
function daysBefore(count: number): string[] {
  const todayMs = Date.now()
  return Array.from({ length: count }, (_, place) =>
    new Date(todayMs - (count - place) * 86_400_000).toISOString().slice(0, 10),
  )
}
