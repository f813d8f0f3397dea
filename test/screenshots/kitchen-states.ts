import type { Browser, Page } from 'playwright-core'
import { openKitchen } from '../support/screens.ts'
import { startLoneTill, type LoneTill } from './lone-till.ts'
import type { Shoot } from './shoot.ts'

/** A kitchen from its first minute to its worst: nothing to do, changes, a rush, too much, and cut off. */
export async function shootKitchenStates(browser: Browser, shoot: Shoot): Promise<void> {
  const till = await startLoneTill('kitchen')
  try {
    const page = await openKitchen(browser, till)
    const take = (name: string) => shoot('kitchen', name, page)
    await page.getByText('No tickets').first().waitFor()
    await take('empty')
    await changes(till, page)
    await take('changed')
    await rush(till, page)
    await take('rushed')
    for (let table = 1; table <= 20; table += 1) await till.send(dinner(table))
    await page.getByText(/not shown · oldest/).waitFor()
    await take('full')
    await page.keyboard.press('a')
    await page.getByRole('list', { name: 'All day' }).waitFor()
    await take('full-all-day')
    await page.keyboard.press('a')
    await page.keyboard.press('s')
    await page.getByRole('button', { name: /^Putting together/ }).click()
    await page.keyboard.press('Escape')
    await take('full-expo')
    await till.kill()
    await page.getByText(/^Not connected to this screen’s terminal/).waitFor({ timeout: 60_000 })
    await take('cut-off')
    await page.close()
  } finally {
    await till.close()
  }
}

const burger = { menu_item_id: 'burger-classic', quantity: 2, modifiers: ['no_onions'] }
const bacon = { menu_item_id: 'burger-bacon', quantity: 1, modifiers: ['extra_cheese'] }
const salad = { menu_item_id: 'shrimp-cocktail', quantity: 1 }

/** A line is taken back, and another one is for somebody who must not have sesame. */
async function changes({ ask, send }: LoneTill, page: Page): Promise<void> {
  const allergy = { ...bacon, special_instructions: 'Allergic to sesame' }
  const first = await send({ order_type: 'dine_in', table_number: '7', items: [burger, allergy] })
  await send({
    order_type: 'takeout',
    items: [{ ...bacon, quantity: 3, special_instructions: 'Well done, sauce on the side please' }],
    notes: 'Guest waits at the door',
  })
  await page.getByRole('article').nth(1).waitFor()
  await new Promise((seen) => setTimeout(seen, 1_500))
  await ask('DELETE', `/orders/${first.id}/items/${first.items[0]?.id ?? ''}?reason=mind%20changed`)
  await page.locator('[data-changed="true"]').first().waitFor()
}

async function rush({ ask, send }: LoneTill, page: Page): Promise<void> {
  const { id } = await send({
    order_type: 'dine_in',
    table_number: '12',
    items: [burger, salad],
    notes: 'Nut allergy at seat 2',
  })
  await ask('POST', `/kitchen/orders/${id}/rush`, {})
  await page.getByText('RUSH', { exact: true }).first().waitFor()
}

const dinner = (table: number): object => ({
  order_type: 'dine_in',
  table_number: String(table),
  items: [burger, ...(table % 2 === 0 ? [bacon, salad] : []), ...(table % 3 === 0 ? [salad] : [])],
})
