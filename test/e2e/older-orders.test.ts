import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { launchBrowser } from '../support/browser.ts'
import { ordersIn } from '../support/orders-in.ts'
import { openTill } from '../support/screens.ts'
import { waitUntil } from '../support/wait-until.ts'
import { startWholeStore, type WholeStore } from '../support/whole-store.ts'

let store: WholeStore
let browser: Browser
let page: Page
let central: Awaited<ReturnType<WholeStore['startCentral']>>
beforeAll(async () => {
  store = await startWholeStore({ config: 'orders:\n  keep_closed_days: 0\n' })
  ;[central, browser] = await Promise.all([store.startCentral(), launchBrowser()])
  page = await openTill(browser, store.till1, '1234')
})
afterAll(async () => {
  await browser?.close()
  await store?.close()
})

const WAIT = { timeout: 60_000 }
const LONG_MS = 100_000

test('[L7] the till finds an order that has left it, and says when it cannot look', async () => {
  const { till1 } = store
  const created = await till1.call('POST', '/api/v1/orders', {
    order_type: 'takeout',
    items: [{ menu_item_id: 'burger-classic', quantity: 3 }],
  })
  const { id, order_number: number } = (await created.json()) as RestOrder
  await till1.call('POST', `/api/v1/orders/${id}/cancel`, { reason: 'gone' })
  await waitUntil(() => ordersIn(till1).left === 1, LONG_MS)
  expect(ordersIn(till1).held).toBe(0)

  const closed = await showClosed()
  await closed.getByRole('button', { name: new RegExp(number) }).click(WAIT)
  const order = page.getByRole('complementary', { name: 'Order' })
  await order.getByRole('heading', { name: new RegExp(number) }).waitFor(WAIT)
  await order.getByText('Classic burger').waitFor(WAIT)

  await central.stop()
  await showClosed()
  await page.getByText(/may be missing: they are at the centre/).waitFor(WAIT)
})

async function showClosed() {
  await page.getByRole('button', { name: /^Open orders/ }).click()
  await page.getByRole('dialog').getByText('Closed', { exact: true }).click()
  return page.getByRole('list', { name: 'Closed orders' })
}
