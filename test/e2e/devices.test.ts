import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openMore, openTill } from '../support/screens.ts'
import { startWholeStore, type WholeStore } from '../support/whole-store.ts'

let store: WholeStore
let browser: Browser

beforeAll(async () => {
  ;[store, browser] = await Promise.all([startWholeStore(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await store?.close()
})

const CASHIER = '3333'
const MANAGER = '2222'

const stripOf = (page: Page) => page.getByRole('region', { name: 'Connections' })
const devicesOf = (page: Page) => page.getByRole('list', { name: 'Devices' }).getByRole('listitem')

test('[P1] [K3] a manager lets a third till in from the screen and removes it again', async () => {
  const cashier = await openTill(browser, store.till2, CASHIER)
  await cashier.getByRole('button', { name: 'More' }).click()
  await cashier.getByRole('button', { name: /^Cash drawer/ }).waitFor()
  expect(await cashier.getByRole('button', { name: /^Devices/ }).count()).toBe(0)

  const manager = await openTill(browser, store.till1, MANAGER)
  await openMore(manager, 'Devices')
  await manager.getByRole('button', { name: 'Let a device in' }).click()
  const sheet = manager.getByRole('dialog')
  const firstCode = await sheet.getByText(/^\d{4} \d{4}$/).innerText()
  await sheet.getByRole('button', { name: 'Show a new code' }).click()
  await sheet.getByText(firstCode).waitFor({ state: 'detached' })
  const shownCode = await sheet.getByText(/^\d{4} \d{4}$/).innerText()
  const peer = await sheet.getByRole('listitem').first().innerText()
  await sheet.getByText(/^Valid for 0[12]:\d\d/).waitFor()

  // The sheet closes by itself, and says so.
  const till3 = await store.join({ code: shownCode.replace(' ', ''), peer }, 'Till 3', 'terminal')
  await sheet.getByText('Till 3 has joined the store.').waitFor()
  expect(await sheet.getByText(shownCode).count()).toBe(0)
  await stripOf(manager).getByText('Till 3: now').waitFor()
  await stripOf(cashier).getByText('Till 3: now').waitFor()
  const row = devicesOf(manager).filter({ hasText: 'Till 3' })
  await row.getByText('Connected').waitFor()

  const newcomer = await openTill(browser, till3, CASHIER)
  await row.getByRole('button', { name: 'Revoke Till 3' }).click()
  await row.getByRole('button', { name: 'Keep it' }).click()
  await row.getByRole('group', { name: 'Revoke Till 3?' }).waitFor({ state: 'detached' })
  await row.getByRole('button', { name: 'Revoke Till 3' }).click()
  await row.getByText(/cut off from every device at once/).waitFor()
  await row.getByRole('button', { name: 'Revoke Till 3 for good' }).click()

  await row.getByText('Removed').waitFor()
  for (const page of [manager, cashier]) {
    await stripOf(page).getByText('Till 3').waitFor({ state: 'detached' })
  }
  await newcomer.getByText('This till was removed from the store').waitFor()
  await newcomer.getByRole('button', { name: /^Sign out/ }).click()
  await newcomer.getByText('This till was removed from the store').waitFor()
})
