import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPictureTable } from '../../db/sqlite/pictures.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { pictureOfBase64 } from '../../main/pictures/pictures.ts'
import { STORE_HEADER } from '../../protocol/office/paths.ts'
import { faultsInBothThemes } from '../support/accessible.ts'
import { launchBrowser } from '../support/browser.ts'
import {
  goToPlace,
  OFFICE_VIEWER,
  openOffice,
  openOfficeHouse,
  sell,
  signInToOffice,
  type OfficeHouse,
} from '../support/office-page.ts'
import { waitUntil } from '../support/wait-until.ts'

/** One centre, one store, one person at one page, who goes from one thing to the next. */
let house: OfficeHouse
let browser: Browser
let page: Page
let sold: readonly OrderView[]
const complaints: string[] = []

const WAIT_MS = 30_000

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openOfficeHouse(), launchBrowser()])
  const { till } = house
  const first = sell(till, { items: [['burger-bacon', 2]], table: '3', isPaid: false })
  till.run({
    type: 'setDiscount',
    orderId: first.id,
    discount: { kind: 'percent', ratePpm: 100_000 },
    reason: 'Regular guest',
  })
  sell(till, {
    items: [
      ['burger-classic', 1],
      ['burger-bacon', 1],
    ],
  })
  const third = sell(till, { items: [['soup-of-the-day', 3]], table: '4', isPaid: false })
  till.run({
    type: 'addLines',
    orderId: third.id,
    lines: [{ itemId: 'cola-bottle', quantity: 1, modifierIds: [], instructions: null }],
  })
  sold = [first.id, third.id, 'sale-2'].map((id) => till.store.order(id) as OrderView)
  await till.uploaded()
  page = await openOffice(browser, house.central)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text())
  })
})
afterAll(async () => {
  await browser?.close()
  await house?.close()
})

const usd = (minor: number): string =>
  `$${(minor / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/, ',')}`
const soldMinor = (): number => sold.reduce((sum, { totals }) => sum + totals.totalMinor, 0)
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const rowOf = (name: string | RegExp) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

test('[O2] [B3] who signs in wrong is told what to do, and who signs in right sees the day', async () => {
  await signInToOffice(page, 'not the password')
  await page
    .getByRole('alert')
    .getByText(/E-mail or password is wrong/)
    .waitFor()
  expect(await page.getByLabel('Password').inputValue()).toBe('')

  await signInToOffice(page)
  // With one store there is nothing to choose.
  await heading('Enrolled').waitFor()
  const day = page.locator('dl[aria-label="The day in numbers"]')
  await day.getByText(usd(soldMinor())).waitFor()
  await rowOf('Dine-in').waitFor()
  expect(await page.title()).toBe('Enrolled · Back office')
})

test('[O4] [O5] a report adds up to what was sold, and its file holds the same', async () => {
  await goToPlace(page, 'Reports')
  await page.getByLabel('By', { exact: true }).selectOption('item')
  await heading('Sales by item').waitFor()
  const table = page.getByRole('table', { name: /^Sales by item/ })
  await table.getByRole('row', { name: /^Bacon burger 3 / }).waitFor()
  const netMinor = sold.reduce(
    (sum, { totals }) => sum + totals.subtotalMinor - totals.discountMinor,
    0,
  )
  expect(await table.locator('tfoot').innerText()).toContain(usd(netMinor))

  await page.getByRole('button', { name: 'Item', exact: true }).click()
  expect(await table.getByRole('columnheader', { name: 'Item' }).getAttribute('aria-sort')).toBe(
    'ascending',
  )
  expect(await table.locator('tbody th').first().innerText()).toBe('Bacon burger')
  await page.getByLabel('Find an item').fill('soup')
  expect(await table.locator('tbody tr').count()).toBe(1)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/sales-by-item/)
  const rows: Record<string, string>[] = parse(await readFile(await download.path(), 'utf8'), {
    columns: true,
    bom: true,
  })
  const quantities = rows.map(({ quantity }) => Number(quantity))
  expect(quantities.reduce((sum, quantity) => sum + quantity, 0)).toBe(8)
})

test('[B2] an order is found and tells who did what and when', async () => {
  const [first] = sold
  await goToPlace(page, 'Orders')
  await page.getByLabel('Table', { exact: true }).fill('3')
  await rowOf(first?.number ?? '').waitFor()
  // What one searches by stands in no address.
  expect(page.url()).not.toContain('=3')
  await page.getByRole('link', { name: first?.number ?? '' }).click()
  await heading(`Order ${first?.number ?? ''}`).waitFor()
  const history = page.getByRole('region', { name: 'History' }).getByRole('listitem')
  await history.filter({ hasText: '2 × Bacon burger added' }).waitFor()
  await history
    .filter({ hasText: 'Discount of 10 %' })
    .filter({ hasText: 'Regular guest' })
    .waitFor()
  await history.filter({ hasText: 'Sent to the kitchen' }).first().waitFor()
  expect(await history.first().innerText()).toContain('Till')
})

test('[B4] [B5] a price is changed with a preview, survives a session that ended, and arrives at the till', async () => {
  await goToPlace(page, 'Menu')
  await page.getByRole('button', { name: 'Bacon burger' }).click()
  const form = page.getByRole('region', { name: 'Bacon burger' })
  await form.getByRole('textbox', { name: 'Price' }).fill('a lot')
  await form.getByRole('button', { name: 'Put in the draft' }).click()
  await form.getByText(/^An amount in USD/).waitFor()
  await form.getByRole('textbox', { name: 'Price' }).fill('17.25')
  await form.getByRole('button', { name: 'Put in the draft' }).click()

  await page.context().clearCookies()
  await page.getByRole('link', { name: /1 change in the draft/ }).click()
  await page.getByText(/Your session has ended/).waitFor()
  await signInToOffice(page)
  // Back where one was, with what one had begun.
  await heading('Changes').waitFor()
  const change = page.getByRole('article', { name: 'Item Bacon burger' })
  await change.getByRole('row', { name: /^Price \$15\.50 \$17\.25$/ }).waitFor()
  expect(priceAtTill()).toBe(1550)

  await page.getByRole('button', { name: 'Make them valid now' }).click()
  await page
    .getByRole('status')
    .getByText(/1 change is valid/)
    .waitFor()
  await waitUntil(() => priceAtTill() === 1725, WAIT_MS)
})

test('[B5] a change for later is scheduled and taken back', async () => {
  await goToPlace(page, 'Tables')
  await page.getByRole('button', { name: '12', exact: true }).click()
  await page.getByLabel('Seats').fill('6')
  await page.getByRole('button', { name: 'Put in the draft' }).click()
  await goToPlace(page, 'Changes')
  await page.getByLabel('Valid').selectOption('later')
  await page.getByRole('button', { name: /^Schedule from / }).click()
  const scheduled = page.getByRole('list', { name: 'Scheduled changes' })
  await scheduled.getByRole('row', { name: /^Seats 4 6$/ }).waitFor()
  await scheduled.getByRole('button', { name: 'Take back' }).click()
  await page.getByText('Nothing is scheduled.').waitFor()
  expect(await scheduled.count()).toBe(0)
  expect(house.till.store.catalog().dining_table.get('table-12')?.seats).toBe(4)
})

const PHOTOGRAPH = join(import.meta.dirname, '../../main/desktop/icons/png/256x256.png')
const catalogAtTill = () => house.till.store.catalog()
const tab = (name: string) => page.getByRole('link', { name, exact: true }).click()
const toDraft = () => page.getByRole('button', { name: 'Put in the draft' }).click()
const makeValid = async () => {
  await goToPlace(page, 'Changes')
  await page.getByRole('button', { name: 'Make them valid now' }).click()
  await page
    .getByRole('status')
    .getByText(/changes? (is|are) valid/)
    .waitFor()
}

test('[G2] [B4] a happy hour, a breakfast and a combo are made in one draft, and the till sells by them', async () => {
  await goToPlace(page, 'Prices and times')
  await page.getByRole('button', { name: 'New price level' }).click()
  await page.getByLabel('Name').fill('Happy hour')
  await page.getByRole('button', { name: 'Add a stretch of hours' }).click()
  const hours = page.getByRole('group', { name: 'stretch of hours 1' })
  await hours.getByRole('button', { name: 'Sunday' }).click()
  await hours.getByRole('textbox', { name: /^From/ }).fill('16')
  await page.getByRole('button', { name: 'Add a price' }).click()
  const price = page.getByRole('group', { name: 'price 1' })
  await price.getByRole('combobox').selectOption('cola-bottle')
  await price.getByRole('textbox').fill('2.00')
  await toDraft()
  // Refused beside the field that was left out, with all that was typed still there.
  await hours.getByText('A time, such as 17:30.').waitFor()
  await hours.getByRole('textbox', { name: /^To/ }).fill('18:30')
  await toDraft()
  await rowOf('Happy hour').getByText('Mon–Sat 16:00–18:30').waitFor()

  await tab('Sale times')
  await page.getByRole('button', { name: 'New sale times' }).click()
  await page.getByLabel('Name').fill('Soup until three')
  await page.getByRole('button', { name: 'Add a stretch of hours' }).click()
  await hours.getByRole('textbox', { name: /^From/ }).fill('11')
  await hours.getByRole('textbox', { name: /^To/ }).fill('15')
  await page.getByLabel('Items: add item').selectOption('soup-of-the-day')
  await toDraft()

  await goToPlace(page, 'Menu')
  await tab('Combos')
  await page.getByRole('button', { name: 'New combo' }).click()
  const combo = page.getByRole('region', { name: 'New combo' })
  await combo.getByLabel('Name', { exact: true }).fill('Lunch')
  await combo.getByRole('textbox', { name: 'Price' }).fill('13.5')
  await combo.getByLabel('Category').selectOption('burgers')
  await combo.getByRole('button', { name: 'Add a slot' }).click()
  await combo.getByLabel('Name of slot 1').fill('Burger')
  for (const [place, item] of ['burger-classic', 'burger-bacon'].entries()) {
    await combo.getByRole('button', { name: 'Add a choice' }).click()
    const choice = combo.getByRole('group', { name: `choice ${place + 1}` })
    await choice.getByRole('combobox').selectOption(item)
    if (place > 0) await choice.getByRole('textbox').fill('1.5')
  }
  await toDraft()

  await goToPlace(page, 'Changes')
  await page
    .getByRole('article', { name: 'Combo Lunch' })
    .getByRole('row', { name: 'Slots – Burger 0 to 1: Classic burger, Bacon burger $1.50' })
    .waitFor()
  await makeValid()
  await waitUntil(() => catalogAtTill().combo.size > 0, WAIT_MS)
  const [level] = [...catalogAtTill().price_level.values()]
  expect(level).toMatchObject({
    name: 'Happy hour',
    windows: [{ days: [1, 2, 3, 4, 5, 6], fromMinutes: 960, toMinutes: 1110 }],
    prices: [{ itemId: 'cola-bottle', priceMinor: 200 }],
  })
  expect([...catalogAtTill().sale_times.values()]).toMatchObject([{ itemIds: ['soup-of-the-day'] }])

  // The tests after this one sell at every hour.
  house.till.store.setRecords({
    id: 'no-hours',
    at: new Date().toISOString(),
    actor: 'test',
    command: [...catalogAtTill().sale_times.keys()].map((id) => ({
      type: 'record.set',
      kind: 'sale_times',
      id,
      value: null,
    })),
  })
})

test('[I1] [B5] an ingredient and the recipe that needs it, a course, a room and the promises go in one draft', async () => {
  await goToPlace(page, 'Stock')
  await page.getByRole('button', { name: 'New ingredient' }).click()
  await page.getByLabel('Name').fill('Pickled onion')
  await page.getByLabel('Unit').fill('g')
  await toDraft()
  await tab('Recipes')
  await page.getByRole('button', { name: 'Soup of the day' }).click()
  await page.getByRole('button', { name: 'Add an ingredient' }).click()
  const use = page.getByRole('group', { name: 'ingredient 1' })
  await use.getByRole('combobox').selectOption({ label: 'Pickled onion' })
  await use.getByRole('textbox').fill('12.5')
  await use.getByText('g', { exact: true }).waitFor()
  await toDraft()

  await goToPlace(page, 'Tables')
  await tab('Rooms')
  await page.getByRole('rowheader').getByRole('button').first().click()
  await page.getByLabel('Name').fill('Under the roof')
  await toDraft()
  await goToPlace(page, 'Store settings')
  await tab('Promises')
  await page.getByLabel('Orders in a quarter of an hour').fill('6')
  await toDraft()
  await tab('Receipts')
  await page.getByLabel('Under the order').fill('Thank you\n\nwww.harbour-grill.example')
  await toDraft()

  await goToPlace(page, 'Changes')
  await page
    .getByRole('article', { name: 'Recipe Soup of the day' })
    .getByText('Pickled onion 12.5 g')
    .waitFor()
  await makeValid()
  await waitUntil(() => catalogAtTill().pacing.size > 0, WAIT_MS)
  const [[onion] = []] = [...catalogAtTill().ingredient].filter(
    ([, { name }]) => name === 'Pickled onion',
  )
  expect(catalogAtTill().item_recipe.get('soup-of-the-day')?.uses).toEqual([
    { ingredientId: onion, amountMilli: 12_500 },
  ])
  expect([...catalogAtTill().room.values()].map(({ name }) => name)).toContain('Under the roof')
  expect(catalogAtTill().pacing.get('store')?.maxOrders).toBe(6)
  expect(catalogAtTill().receipt_text.get('store')?.footer).toEqual([
    'Thank you',
    '',
    'www.harbour-grill.example',
  ])
})

test('[G8] a photograph is made small, previewed, and shown by the item on every device from then on', async () => {
  await goToPlace(page, 'Menu')
  await page.getByRole('button', { name: 'Veggie burger' }).click()
  const picture = page.getByRole('group', { name: 'Picture' })
  const choose = page.getByLabel('Picture of Veggie burger')
  await choose.setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('none') })
  await picture.getByText(/cannot read this file as a picture/).waitFor()
  await choose.setInputFiles(PHOTOGRAPH)
  await picture.getByRole('img', { name: /Veggie burger/ }).waitFor()
  await goToPlace(page, 'Changes')
  const change = page.getByRole('article', { name: 'Picture Veggie burger' })
  await change.getByRole('img', { name: 'Picture of Veggie burger' }).waitFor()
  await makeValid()
  const shownAtTill = () => catalogAtTill().item_picture.get('burger-veggie')?.pictureId ?? ''
  await waitUntil(() => shownAtTill() !== '', WAIT_MS)
  const held = createPictureTable(house.till.store.connection).get(shownAtTill())
  const shape = pictureOfBase64(held?.base64 ?? '')
  expect(shape).toMatchObject({ ok: true, value: { id: shownAtTill(), shape: { height: 240 } } })
  // The centre gives the same bytes to those who may see the store, and to nobody else.
  const at = `${house.central.api}/api/v1/menu/pictures/${shownAtTill()}`
  const got = await page.request.get(at, { headers: { [STORE_HEADER]: house.storeId } })
  expect([got.status(), got.headers()['x-content-type-options']]).toEqual([200, 'nosniff'])
  expect((await got.body()).toString('base64')).toBe(held?.base64)
  expect((await fetch(at)).status).toBe(401)
})

test('[V1] what is marked sold out here is sold out at the till, and on sale again when that is said', async () => {
  const availableAtTill = () =>
    house.till.store.catalog().availability.get('soup-of-the-day')?.available ?? true
  await goToPlace(page, 'Menu')
  await page.getByRole('link', { name: 'Sold out' }).click()
  await heading('Sold out').waitFor()
  await page.getByRole('button', { name: 'Soup of the day: mark as sold out' }).click()
  await page.getByRole('status').getByText('Soup of the day: sold out.').waitFor()
  await rowOf('Soup of the day').getByText('Sold out', { exact: true }).waitFor()
  await waitUntil(() => !availableAtTill(), WAIT_MS)
  const buttons = page.getByRole('button', { name: /put back on sale$/ })
  expect(await buttons.count()).toBe(1)
  await buttons.click()
  await waitUntil(availableAtTill, WAIT_MS)
})

test('[U2] [U4] devices say what is missing, and a store is added with a code of eight digits', async () => {
  await goToPlace(page, 'Devices')
  await rowOf('Till').getByText('All here').waitFor()
  await goToPlace(page, 'Add a store')
  await page.getByLabel('Name of the store').fill('Canal Street')
  await page.getByRole('button', { name: 'Make a code' }).click()
  await page.getByText(/^\d{4} \d{4}$/).waitFor()
  await page.getByText(/^Valid for \d\d:\d\d, once$/).waitFor()
  expect(complaints).toEqual([])
})

test('[X8] axe finds nothing serious or critical on the pages of the back office, in light and dark', async () => {
  const way = page.getByRole('navigation', { name: 'Back office' })
  const names = await way.getByRole('link').allInnerTexts()
  expect(names.length).toBeGreaterThan(6)
  const found: Record<string, readonly string[]> = {}
  const check = async (name: string) => {
    await page.waitForLoadState('networkidle')
    await page.getByText('Asking the centre').first().waitFor({ state: 'detached' })
    const faults = await faultsInBothThemes(page)
    if (faults.length > 0) found[name] = faults
  }
  for (const name of names) {
    await way.getByRole('link', { name, exact: true }).click()
    await check(name)
  }
  for (const report of ['preparation', 'exceptions', 'taxes']) {
    await page.evaluate(
      (to) => window.location.assign(to),
      `#/s/${house.storeId}/reports/${report}`,
    )
    await check(report)
  }
  expect(found).toEqual({})
})

test('[O6] [B1] an accountant sees all stores and their numbers, and no way to change anything', async () => {
  const canal = await house.openStore('canal-street', 'Canal Street')
  const cooked = sell(canal, { items: [['soup-of-the-day', 2]] })
  canal.run({ type: 'startPreparing', orderId: cooked.id })
  canal.run({ type: 'markReady', orderId: cooked.id })
  await canal.uploaded()
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const theirs = await context.newPage()
  theirs.on('pageerror', (error) => complaints.push(error.message))
  await theirs.goto(`${house.central.api}/office/`)
  await signInToOffice(theirs, undefined, OFFICE_VIEWER)
  const line = (name: string) =>
    theirs.getByRole('row').filter({ has: theirs.getByRole('rowheader', { name }) })
  await line('Canal Street').getByText(usd(cooked.totals.totalMinor), { exact: true }).waitFor()
  await line('Canal Street')
    .getByText(/\d s \(90 %: \d+ s\)/)
    .waitFor()
  await line('Enrolled').waitFor()

  await theirs.getByRole('link', { name: 'Canal Street' }).click()
  await theirs.getByRole('heading', { level: 1, name: 'Canal Street' }).waitFor()
  const places = theirs.getByRole('navigation', { name: 'Back office' }).getByRole('link')
  expect(await places.allInnerTexts()).toEqual(['Today', 'Day', 'Reports', 'Devices', 'Sam Okafor'])
  await goToPlace(theirs, 'Reports')
  await theirs.getByRole('heading', { level: 1, name: /^Sales/ }).waitFor()
  // Neither by its address.
  await theirs.goto(`${house.central.api}/office/#/s/canal-street/menu`)
  await theirs.getByText('This is not for the role Accountant.').waitFor()
  expect(await theirs.getByText('Soup of the day').count()).toBe(0)
  await context.close()
  expect(complaints).toEqual([])
})

test('[O4] what is printed is the report: no way around, no buttons, no line cut off', async () => {
  await goToPlace(page, 'Reports')
  const table = page.getByRole('table')
  await table.first().waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('navigation', { name: 'Back office' }).isVisible()).toBe(false)
  expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
  expect(await page.getByRole('main').getByText('Enrolled', { exact: true }).isVisible()).toBe(true)
  expect(await table.first().isVisible()).toBe(true)
  // Paper does not scroll: whatever would, here, is cut off there.
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main, main *')]
      .filter((one) => /auto|scroll|hidden/.test(getComputedStyle(one).overflowY))
      .filter((one) => one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 1)
      .map((one) => one.className),
  )
  expect(cut).toEqual([])
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  await page.emulateMedia({ media: null })
})

const priceAtTill = (): number | undefined =>
  house.till.store.catalog().menu_item.get('burger-bacon')?.priceMinor
