import type { Browser } from 'playwright-core'
import {
  goToPlace,
  openOffice,
  openOfficeHouse,
  sell,
  signInToOffice,
} from '../support/office-page.ts'
import { playDays } from '../support/office-story.ts'
import type { Shoot } from './shoot.ts'

/** The back office of a store that has sold for a week and a day, at every size and in both themes. */
export async function shootOffice(browser: Browser, shoot: Shoot): Promise<void> {
  const house = await openOfficeHouse()
  try {
    const { till, central, storeId } = house
    playDays(till, daysBefore(8), 30)
    const order = sell(till, { items: [['burger-bacon', 2]], table: '3', isPaid: false })
    sell(till, { items: [['burger-classic', 1]] })
    await till.uploaded()
    const page = await openOffice(browser, central)
    await shoot('office', 'sign-in', page)
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
    for (const [name, hash] of Object.entries(places)) {
      await page.evaluate((next) => window.location.assign(next), hash)
      await page.waitForLoadState('networkidle')
      await page.getByText('Asking the centre').first().waitFor({ state: 'detached' })
      await shoot('office', name, page)
    }
    await goToPlace(page, 'Menu')
    await page.getByRole('button', { name: 'Bacon burger' }).click()
    await page.getByRole('textbox', { name: 'Price' }).fill('17.25')
    await page.getByRole('button', { name: 'Put in the draft' }).click()
    await goToPlace(page, 'Changes')
    await page.getByRole('button', { name: 'Make them valid now' }).waitFor()
    await shoot('office', 'changes', page)
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
