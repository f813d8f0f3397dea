import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildScreens } from '../main/store-on-one-computer/screens-build.ts'
import { launchBrowser } from './support/browser.ts'
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
  await till.getByRole('button', { name: /dark theme/ }).click()
  await shoot(till, 'till-1920-dark')
  process.stdout.write(`Look into ${FOLDER}\n`)
} finally {
  await browser.close()
  await store.close()
}
