import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { launchBrowser } from '../support/browser.ts'
import { createProcesses } from '../support/processes.ts'
import { openTill, typePin } from '../support/screens.ts'
import { waitUntil } from '../support/wait-until.ts'
import { startWholeStore, type DeviceProcess, type WholeStore } from '../support/whole-store.ts'

let store: WholeStore
let browser: Browser
let page: Page
beforeAll(async () => {
  store = await startWholeStore()
  browser = await launchBrowser()
  page = await openTill(browser, store.till1, '1234')
})
afterAll(async () => {
  await browser?.close()
  await store?.close()
})

const WAIT = { timeout: 60_000 }
const order = () => page.getByRole('complementary', { name: 'Order' })

test('[L1] an order shows whether a second device has it, while devices go and come back', async () => {
  await page.getByRole('group', { name: /^Menu/ }).getByRole('button').first().click()
  await order().getByText('Saved on 2').waitFor(WAIT)

  await Promise.all([store.till2.kill(), store.kitchen.kill()])
  await page.getByRole('button', { name: 'New order' }).click()
  await page.getByRole('group', { name: /^Menu/ }).getByRole('button').first().click()
  await order().getByText('Saved here').waitFor(WAIT)
  await page.getByRole('button', { name: /^Open orders/ }).click()
  const rows = page.getByRole('list', { name: 'Open orders' }).getByRole('listitem')
  expect(await rows.filter({ hasText: 'Saved here' }).count()).toBe(1)
  expect(await rows.filter({ hasText: 'Saved on 2' }).count()).toBe(1)

  await store.till2.restart()
  await order().getByText('Saved on 2').waitFor(WAIT)
  await rows.filter({ hasText: 'Saved here' }).waitFor({ ...WAIT, state: 'detached' })
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click()
  await store.kitchen.restart()
})

test('[F4] cancelled here while an item was moved to it there: one tap puts it back', async () => {
  const takeOne = () =>
    post<RestOrder>(store.till2, '/api/v1/orders', {
      order_type: 'takeout',
      items: [{ menu_item_id: 'burger-classic', quantity: 1 }],
    })
  const [home, other] = [await takeOne(), await takeOne()]
  await waitUntil(async () => (await ordersOf(store.till1)).includes(other.id), WAIT.timeout)

  await Promise.all([store.till1.kill(), store.kitchen.kill()])
  const item = home.items[0]!.id
  const move = `/api/v1/orders/${home.id}/items/${item}/move`
  expect((await store.till2.call('POST', move, { to_order_id: other.id })).status).toBe(200)
  await store.till2.kill()
  await store.till1.restart()
  const cancel = `/api/v1/orders/${other.id}/cancel`
  expect((await store.till1.call('POST', cancel, { reason: 'guest left' })).status).toBe(200)
  await store.till2.restart()

  await signInAgain()
  await page.getByRole('button', { name: /^To settle 1/ }).click(WAIT)
  const found = page.getByRole('article', { name: new RegExp(`^${other.order_number}: Cancelled`) })
  await found.getByRole('button', { name: `Put back to ${home.order_number}` }).click()
  await allSettled()
  await waitUntil(async () => {
    const { items } = await get<RestOrder>(store.till2, `/api/v1/orders/${home.id}`)
    return items.some(({ id }) => id === item)
  }, WAIT.timeout)
})

test('[P1] [F4] what a removed till sold meanwhile is shown, and accepted with one tap', async () => {
  const { data: devices } = await get<{ data: { id: string; this_device: boolean }[] }>(
    store.till2,
    '/api/v1/devices',
  )
  const removed = devices.find((device) => device.this_device)!
  await store.kitchen.restart()
  await waitUntil(async () => {
    const [till, kitchen] = [await ordersOf(store.till1), await ordersOf(store.kitchen)]
    return till.length > 0 && till.length === kitchen.length
  }, WAIT.timeout)

  // Till 1 removes it while nobody hears that; the kitchen goes on taking its orders.
  await store.till1.kill()
  const processes = createProcesses()
  const unpair = ['unpair', '--data', store.till1.dir, '--device', removed.id]
  expect(await processes.run(unpair)).toMatchObject({ status: 0 })
  await processes.close()
  const late = await post<RestOrder>(store.till2, '/api/v1/orders', {
    order_type: 'takeout',
    items: [{ menu_item_id: 'burger-classic', quantity: 1 }],
  })
  await waitUntil(async () => (await ordersOf(store.kitchen)).includes(late.id), WAIT.timeout)
  await store.till1.restart()

  await signInAgain()
  await page.getByRole('button', { name: /^To settle 1/ }).click(WAIT)
  const found = page.getByRole('article', { name: /Removed, and 1 change came/ })
  await found.getByRole('button', { name: late.order_number }).waitFor(WAIT)
  await found.getByRole('button', { name: 'It is right' }).click()
  await allSettled()
  expect(await ordersOf(store.till1)).toContain(late.id)
})

/** The sheet says so, and is put away. */
async function allSettled(): Promise<void> {
  await page.getByText('Nothing to settle.').waitFor(WAIT)
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click()
}

async function signInAgain(): Promise<void> {
  await page.getByRole('group', { name: 'PIN' }).waitFor(WAIT)
  await typePin(page, '1234')
}

async function post<T>(device: DeviceProcess, path: string, body: unknown): Promise<T> {
  const response = await device.call('POST', path, body)
  expect([path, response.status]).toEqual([path, 201])
  return (await response.json()) as T
}

async function get<T>(device: DeviceProcess, path: string): Promise<T> {
  return (await (await device.call('GET', path)).json()) as T
}

const ordersOf = async (device: DeviceProcess): Promise<string[]> =>
  (await get<{ data: RestOrder[] }>(device, '/api/v1/orders')).data.map(({ id }) => id)
