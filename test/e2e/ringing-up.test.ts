import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { openTill } from '../support/screens.ts'

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

const sheet = () => page.getByRole('dialog')
const choice = (name: RegExp) => () => sheet().getByRole('button', { name })
const table = (number: string, state: RegExp | string = '') =>
  page.getByRole('button', {
    name: new RegExp(`^Table ${number}, ${typeof state === 'string' ? state : state.source}`),
  })
const openPlan = () => page.getByRole('button', { name: 'Tables', exact: true }).click()

/** Each tap, counted. */
async function tapping(taps: readonly (() => Locator)[]): Promise<number> {
  for (const tap of taps) await tap().click()
  return taps.length
}
const category = (name: string) => () =>
  page.getByRole('navigation', { name: 'Categories' }).getByRole('button', { name })
const item = (name: RegExp) => () => menu().getByRole('button', { name })
const send = () => order().getByRole('button', { name: 'Send', exact: true })

test('[Q3] from the floor plan: a burger in four taps, with modifiers in seven, cash in three', async () => {
  await page.getByRole('banner').getByRole('button', { name: 'New order' }).click()
  await openPlan()
  const plain = await tapping([
    () => table('4', 'Free'),
    category('Burgers'),
    item(/^Classic/),
    send,
  ])
  expect(plain).toBeLessThanOrEqual(4)
  // The plan is there again, and shows it.
  await table('4', 'In kitchen').waitFor()

  const cash = await tapping([
    () => table('4', 'In kitchen'),
    () => order().getByRole('button', { name: /^Pay/ }),
    () => page.getByRole('button', { name: /^Exact/ }),
  ])
  expect(cash).toBeLessThanOrEqual(3)
  await page.getByRole('button', { name: 'Next order' }).click()
  await table('4', 'In kitchen').waitFor()

  const special = await tapping([
    () => table('8', 'Free'),
    category('Burgers'),
    item(/^Classic/),
    () => order().getByRole('button', { name: /Classic burger/ }),
    choice(/^Extra cheese/),
    choice(/^No onions/),
    send,
  ])
  expect(special).toBeLessThanOrEqual(7)
  await table('8', 'In kitchen').click()
  await order().getByText('Extra cheese, No onions').waitFor()
})
