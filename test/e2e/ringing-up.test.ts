import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { openMore, openTill } from '../support/screens.ts'

/** One till alone, and a hurry at it: what makes ringing up fast. */
let processes: Processes
let browser: Browser
let page: Page
let api: string
let manager: string

const MANAGER = '2222'

beforeAll(async () => {
  processes = createProcesses()
  const dir = join(await processes.folder('till'), 'data')
  await processes.run(['store', 'create', '--data', dir, '--name', 'Test', '--demo'])
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  const running = await processes.start(['terminal', '--data', dir, ...places])
  api = String(running.ready['api'])
  const token = ['token', '--data', dir, '--role', 'manager', '--label', 'test', '--json']
  manager = String(JSON.parse((await processes.run(token)).stdout).token)
  browser = await launchBrowser()
  page = await openTill(browser, { api }, MANAGER)
  page.setDefaultTimeout(10_000)
})
afterAll(async () => {
  await browser?.close()
  await processes?.close()
})

const shots = process.env['AURA_SHOTS']
async function shoot(name: string): Promise<void> {
  if (shots === undefined) return
  await mkdir(shots, { recursive: true })
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme)
    for (const [width, height] of [
      [1366, 768],
      [1920, 1080],
      [1024, 600],
    ] as const) {
      if (theme === 'dark' && width !== 1366) continue
      await page.setViewportSize({ width, height })
      await page.waitForTimeout(150)
      await page.screenshot({ path: join(shots, `lines-${name}-${width}-${theme}.png`) })
    }
  }
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'))
  await page.setViewportSize({ width: 1366, height: 768 })
}

async function rest(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${api}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${manager}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(answer.ok, await answer.clone().text()).toBe(true)
  return answer.json()
}

const order = () => page.getByRole('complementary', { name: 'Order' })
const menu = () => page.getByRole('group', { name: /^Menu/ })
const lineOf = (name: RegExp) => order().getByRole('button', { name })

/** As a scanner in keyboard mode does it: a row of keys, and Enter. */
/** A scanner's keys come within milliseconds of one another, however busy this machine is. */
const scan = (code: string, end = 'Enter') =>
  page.evaluate(
    (keys) => {
      for (const key of keys) {
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        )
      }
    },
    [...code, end],
  )

test('[Y3] a digit before an item is its quantity, the last line comes once more, and a search finds by a part of a name', async () => {
  await page.getByRole('button', { name: 'Burgers' }).click()
  await page.keyboard.press('3')
  await page.getByText('3 of the next item').waitFor()
  await shoot('quantity')
  await menu()
    .getByRole('button', { name: /^Classic/ })
    .click()
  await lineOf(/^3\s*Classic burger/).waitFor()
  await page.getByRole('button', { name: 'Repeat last: Classic burger' }).click()
  await lineOf(/^4\s*Classic burger/).waitFor()

  await page.getByRole('group', { name: 'Quantity' }).getByRole('button', { name: '2' }).click()
  await page.keyboard.press('c')
  const find = page.getByRole('dialog', { name: 'Find an item' })
  await page.keyboard.type('OL')
  await find.getByRole('button', { name: /^Cola/ }).first().waitFor()
  await shoot('find')
  await page.keyboard.press('Enter')
  await find.waitFor({ state: 'detached' })
  await lineOf(/^2\s*Cola/).waitFor()
  expect(await lineOf(/burger|Cola/).count()).toBe(2)
})

test('[Y2] a scanned code rings its item up, an unknown one says so and offers the search', async () => {
  const cola = (await rest('GET', '/menu/items/cola-bottle')) as Record<string, unknown>
  await rest('POST', '/menu/changes', {
    changes: [
      {
        kind: 'menu_item',
        id: 'cola-bottle',
        value: {
          name: cola['name'],
          category_id: cola['category_id'],
          price: cola['price'],
          tax_rate_id: cola['tax_rate_id'],
          station_id: cola['station_id'],
          modifier_group_ids: cola['modifier_group_ids'],
          position: cola['position'],
          barcodes: ['5449000000996'],
        },
      },
    ],
  })
  await page.keyboard.press('3')
  // Longer than a scanner leaves between two keys.
  await page.waitForTimeout(100)
  await scan('5449000000996')
  await lineOf(/^5\s*Cola/).waitFor()
  await scan('4006381333931', 'Tab')
  const find = page.getByRole('dialog', { name: 'Find an item' })
  await find.getByText('No item has the barcode 4006381333931.').waitFor()
  await shoot('unknown-code')
  await find.getByRole('button', { name: 'Close' }).click()
  expect(await lineOf(/Cola/).count()).toBe(1)
  // What lies over the menu stays: nobody scans into a payment.
  await page.getByRole('button', { name: /^Pay/ }).click()
  const pay = page.getByRole('dialog', { name: /^Pay/ })
  await pay.waitFor()
  await scan('4006381333931')
  await page.waitForTimeout(600)
  expect(await find.count()).toBe(0)
  await pay.getByRole('button', { name: 'Close' }).click()
  await lineOf(/^5\s*Cola/).waitFor()
})

test('[Y4] an item is put among the favourites and counted down from where it is sold', async () => {
  const burger = menu().getByRole('button', { name: /^Bacon burger/ })
  await burger.click({ button: 'right' })
  const cell = page.getByRole('dialog', { name: 'Bacon burger' })
  await cell.getByRole('button', { name: 'Put among the favourites' }).click()
  await cell.getByRole('button', { name: 'Take from the favourites' }).waitFor()
  await shoot('cell')
  await cell.getByRole('button', { name: /^Count down from/ }).click()
  await cell.waitFor({ state: 'detached' })
  await page
    .getByRole('navigation', { name: 'Categories' })
    .getByRole('button', { name: 'Favourites' })
    .click()
  await menu()
    .getByRole('button', { name: /^Bacon burger.*10 left/s })
    .waitFor()
  expect(await menu().getByRole('button').count()).toBe(1)
  await shoot('favourites')
})

const newOrder = () => page.getByRole('banner').getByRole('button', { name: 'New order' }).click()

async function change(kind: string, id: string, value: object): Promise<void> {
  await rest('POST', '/menu/changes', { changes: [{ kind, id, value }] })
}

test('[G6] [G7] a modifier is left out or had on the side, an open item gets its name and price, and both can be repeated', async () => {
  await change('modifier_group', 'toppings', {
    name: 'Toppings',
    position: 9,
    min: 0,
    max: 3,
    preparations: ['no', 'extra', 'side'],
    modifiers: [
      { id: 'lettuce', name: 'Lettuce', price: 0, standard: true },
      { id: 'top_sauce', name: 'House sauce', price: 50 },
      { id: 'top_cheese', name: 'Blue cheese', price: 150, extra_price: 100 },
    ],
  })
  const common = { category_id: 'burgers', tax_rate_id: 'sales', station_id: 'grill', position: 30 }
  const burger = { ...common, name: 'House burger', price: 1_400, modifier_group_ids: ['toppings'] }
  await change('menu_item', 'house-burger', burger)
  const open = { ...common, name: 'Open food', price: 0, modifier_group_ids: [], open: true }
  await change('menu_item', 'open-food', { ...open, position: 31 })
  await newOrder()
  await page.getByRole('button', { name: 'Burgers' }).click()
  await menu()
    .getByRole('button', { name: /^House burger/ })
    .click({ button: 'right' })
  await page.getByRole('button', { name: 'Add with options' }).click()
  const sheet = page.getByRole('dialog')
  const toppings = sheet.getByRole('group', { name: 'Toppings' })
  await toppings.getByRole('button', { name: /Lettuce/ }).click()
  await toppings.getByRole('button', { name: 'On the side' }).click()
  await toppings.getByRole('button', { name: /House sauce/ }).click()
  await toppings.getByRole('button', { name: 'Extra', exact: true }).click()
  await toppings.getByRole('button', { name: /Blue cheese/ }).click()
  await shoot('preparations')
  await sheet.getByRole('button', { name: 'Add $17.00' }).click()
  const said = /No Lettuce, House sauce on the side, Extra Blue cheese/
  await lineOf(said).waitFor()
  await page.getByRole('button', { name: /^Repeat last/ }).click()
  await lineOf(/^2\s*House burger/).waitFor()

  await menu()
    .getByRole('button', { name: /^Open food/ })
    .click()
  await sheet.getByRole('textbox', { name: 'What is it?' }).fill('Birthday cake')
  const keys = sheet.getByRole('group', { name: 'Price' })
  for (const key of ['2', '5', '00'])
    await keys.getByRole('button', { name: key, exact: true }).click()
  await shoot('open-item')
  await sheet.getByRole('button', { name: /^Add \$25.00/ }).click()
  await lineOf(/Birthday cake/).waitFor()
  expect(await lineOf(/\$25.00/).count()).toBe(1)
})

test('[Y6] a line that was removed comes back for five seconds; a sent one is comped, and the charge is set by hand', async () => {
  await lineOf(/Birthday cake/).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('Birthday cake removed').waitFor()
  await shoot('undo')
  await page.getByRole('button', { name: 'Undo' }).click()
  await lineOf(/Birthday cake.*New/s).waitFor()

  await order().getByRole('button', { name: 'Details' }).click()
  const details = page.getByRole('dialog')
  await details.getByRole('textbox', { name: 'Note for the kitchen' }).fill('Birthday at nine')
  await details.getByRole('button', { name: '18 %' }).click()
  await details.getByRole('textbox', { name: 'Why' }).fill('Party of nine')
  await shoot('details')
  await details.getByRole('button', { name: 'Set the service charge' }).click()
  await order().getByText('Service charge').waitFor()

  const number = (
    await order()
      .getByRole('heading', { name: /^[A-Z]+-\d+/ })
      .innerText()
  ).trim()
  await order().getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('button', { name: /^Open orders/ }).click()
  await page
    .getByRole('list', { name: 'Open orders' })
    .getByRole('button', { name: new RegExp(number) })
    .click()
  await lineOf(/Birthday cake.*\$25.00/s).click()
  const sent = page.getByRole('dialog')
  await sent.getByRole('button', { name: 'On the house', exact: true }).click()
  await sent.getByRole('button', { name: 'Long wait' }).click()
  await shoot('comp')
  await sent.getByRole('button', { name: 'Serve it for nothing' }).click()
  await lineOf(/Birthday cake.*On the house: Long wait.*\$0.00/s).waitFor()
  await shoot('comped')
  const orders = (await rest('GET', '/orders?limit=1')) as { data: { items: unknown[] }[] }
  expect(orders.data[0]?.items).toContainEqual(
    expect.objectContaining({
      comp: { reason: 'Long wait', value: { amount: 2_500, currency: 'USD' } },
    }),
  )
})

test('[Y7] over a counter: an item, one tap for exact cash, and the next order is open', async () => {
  await openMore(page, 'Quick service')
  await shoot('mode')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await newOrder()
  await order().getByRole('button', { name: 'Name or pager' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name or pager' }).fill('42')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await menu()
    .getByRole('button', { name: /^Classic/ })
    .click()
  await lineOf(/Classic burger/).waitFor()
  await shoot('quick')
  await order()
    .getByRole('button', { name: /^Exact cash/ })
    .click()
  const paid = order().getByRole('status', { name: 'Paid' })
  await paid.getByText('42').waitFor()
  await order().getByRole('heading', { name: 'New order' }).waitFor()
  await shoot('quick-paid')
  const orders = (await rest('GET', '/orders?limit=1')) as { data: object[] }
  expect(orders.data[0]).toMatchObject({
    pager: '42',
    order_type: 'takeout',
    table_number: null,
    status: 'confirmed',
    due: { amount: 0 },
  })
})

/** As an office's browser makes it of a photograph. */
const paint = (color: string) =>
  page.evaluate((fill) => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 240
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('nothing can be painted here')
    context.fillStyle = fill
    context.fillRect(0, 0, 320, 240)
    context.fillStyle = '#fff'
    context.fillRect(60, 40, 200, 160)
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
  }, color)

test('[G8] a picture stands beside its item’s name, and this screen can do without', async () => {
  for (const [id, color] of [
    ['burger-classic', '#8a4b1f'],
    ['burger-bacon', '#b3541e'],
    ['burger-veggie', '#3f7d3a'],
  ] as const) {
    const { id: picture_id } = (await rest('POST', '/menu/pictures', {
      data: await paint(color),
    })) as { id: string }
    await rest('POST', '/menu/changes', {
      changes: [{ kind: 'item_picture', id, value: { picture_id } }],
    })
  }
  await page
    .getByRole('navigation', { name: 'Categories' })
    .getByRole('button', { name: 'Burgers' })
    .click()
  const button = menu().getByRole('button', { name: /^Veggie burger/ })
  const shown = button.locator('img[src^="data:image/jpeg;base64,"]')
  await shown.waitFor()
  const [text, image] = [
    await button.getByText('Veggie burger').boundingBox(),
    await shown.boundingBox(),
  ]
  // Beside, never behind.
  expect((text?.x ?? 0) + (text?.width ?? 0)).toBeLessThanOrEqual(image?.x ?? 0)
  await shoot('pictures')
  await page.getByRole('button', { name: /^More/ }).click()
  const sheet = page.getByRole('dialog', { name: 'More' })
  await sheet.getByRole('button', { name: 'Pictures in the menu' }).click()
  await page.keyboard.press('Escape')
  await shown.waitFor({ state: 'detached' })
})
