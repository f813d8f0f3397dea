import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { faultsOf } from '../support/accessible.ts'
import { launchBrowser } from '../support/browser.ts'
import { createProcesses, type Processes, type RunningProcess } from '../support/processes.ts'
import { openKitchen, ticketOf } from '../support/screens.ts'
import { waitUntil } from '../support/wait-until.ts'

/** The kitchen of one device: orders come over REST, and are worked on by taps and keys. */
let processes: Processes
let browser: Browser
let device: RunningProcess
let api: string
let token: string
let prep: Page

const WAIT_MS = 30_000
const shots = process.env['AURA_SHOTS']

beforeAll(async () => {
  processes = createProcesses()
  const dir = join(await processes.folder('kitchen'), 'data')
  await processes.run(['store', 'create', '--data', dir, '--name', 'Test', '--demo'])
  const made = await processes.run([
    ...['token', '--data', dir, '--role', 'manager', '--label', 'test'],
  ])
  token = made.stdout.trim()
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  device = await processes.start(['terminal', '--data', dir, ...places])
  api = String(device.ready['api'])
  browser = await launchBrowser()
  prep = await openKitchen(browser, { api })
  // What the screen makes of a tap, whatever the browser makes of it before.
  await prep.evaluate(() => {
    const counted = window as unknown as { taps: number }
    counted.taps = 0
    window.addEventListener('pointerdown', () => (counted.taps += 1), { capture: true })
  })
})
afterAll(async () => {
  await browser?.close()
  await processes?.close()
})

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${api}/api/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
  return (await answer.json()) as T
}

async function send(
  items: readonly (readonly [string, number?, string[]?, string?])[],
  more: object = { table_number: '7' },
): Promise<RestOrder> {
  const { id } = await ask<RestOrder>('POST', '/orders', {
    order_type: 'dine_in',
    ...more,
    items: items.map(([menu_item_id, quantity = 1, modifiers = [], note]) => ({
      menu_item_id,
      quantity,
      modifiers,
      ...(note !== undefined && { special_instructions: note }),
    })),
  })
  return ask('PUT', `/orders/${id}/status`, { status: 'confirmed' })
}

const read = ({ id }: RestOrder) => ask<RestOrder>('GET', `/orders/${id}`)
const cardOf = (page: Page, { order_number: number }: RestOrder): Locator =>
  page.getByRole('article', { name: `Order ${number}` })
const gone = { state: 'detached', timeout: WAIT_MS } as const

async function taps(doing: () => Promise<void>): Promise<number> {
  const count = () => prep.evaluate(() => (window as unknown as { taps: number }).taps)
  const before = await count()
  await doing()
  return (await count()) - before
}

async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  await mkdir(shots, { recursive: true })
  await page.waitForTimeout(700)
  await page.screenshot({ path: join(shots, `${name}.png`) })
}

/** With the touch that came before still on the screen nothing is bumped. */
const letGo = () => prep.waitForTimeout(450)

test('[K11] a ticket is bumped with one tap and comes back with two; the same by keys', async () => {
  const order = await send([['burger-classic']])
  const ticket = ticketOf(prep, order.order_number)
  await ticket.waitFor()
  const bumping = await taps(async () => {
    await prep.getByRole('button', { name: new RegExp(`^Bump ${order.order_number}`) }).click()
    await ticket.waitFor(gone)
  })
  const recalling = await taps(async () => {
    await prep.getByRole('button', { name: 'Recall', exact: true }).click()
    await prep.getByRole('button', { name: new RegExp(`^Recall ${order.order_number}`) }).click()
    await ticket.waitFor()
  })
  expect({ bumping, recalling }).toEqual({ bumping: 1, recalling: 2 })

  await letGo()
  await prep.keyboard.press('1')
  await ticket.waitFor(gone)
  await prep.keyboard.press('r')
  await prep.getByRole('dialog', { name: 'Recall' }).waitFor()
  await prep.keyboard.press('1')
  await ticket.waitFor()

  // Another key, as a bump bar sends it.
  await prep.keyboard.press('s')
  await prep.getByRole('button', { name: /^Bump ticket 1 / }).click()
  await prep.keyboard.press('F5')
  await prep.getByRole('button', { name: /^Bump ticket 1 F5/ }).waitFor()
  await shoot(prep, 'settings')
  expect(await faultsOf(prep)).toEqual([])
  await prep.keyboard.press('Escape')
  await prep.keyboard.press('F5')
  await ticket.waitFor(gone)
  await prep.keyboard.press('s')
  await prep.getByRole('button', { name: 'Keys as they were' }).click()
  await prep.keyboard.press('Escape')
})

test('[K7] what is voided flashes until the cook taps it, and stays struck through until it is bumped', async () => {
  const order = await send([['burger-classic', 2, ['no_onions']], ['burger-bacon']])
  const ticket = ticketOf(prep, order.order_number)
  await ticket.waitFor()
  await waitUntil(async () => (await read(order)).tickets[0]!.seen_by.length > 0, WAIT_MS)
  await ask('DELETE', `/orders/${order.id}/items/${order.items[1]!.id}?reason=mind%20changed`)
  const line = ticket.getByRole('button', { name: /Bacon/ })
  await ticket.locator('[data-changed="true"]').waitFor()
  await shoot(prep, 'voided')
  expect(await faultsOf(prep)).toEqual([])
  await line.click()
  await ticket.locator('[data-changed="true"]').waitFor(gone)
  expect((await read(order)).tickets[0]!.changes).toEqual([])
  expect(await line.locator('[class*=name]').first().innerText()).toMatch(/bacon/i)
  await letGo()
  await prep.keyboard.press('1')
  await ticket.waitFor(gone)
})

test('[K4] [K5] [K6] the expo sees all stations, rushes an order, and hands out what is made', async () => {
  const { id: _, ...station } = await ask<{ id: string }>('GET', '/stations/cold')
  const also = { ...station, also_makes_item_ids: ['burger-bacon'] }
  await ask('PUT', '/stations/cold', also)
  const expo = await openKitchen(browser, { api })
  await expo.keyboard.press('s')
  await expo.getByRole('button', { name: /^Putting together/ }).click()
  await expo.keyboard.press('Escape')
  const calm = await send([['burger-classic']], { table_number: '2' })
  const hasty = await send([['burger-bacon'], ['shrimp-cocktail', 2]], {
    table_number: '9',
    notes: 'Nut allergy at seat 2',
  })
  const card = cardOf(expo, hasty)
  await card.getByText('ALLERGY').waitFor()
  expect(await ticketOf(prep, hasty.order_number).count()).toBe(2)
  await expo.getByRole('button', { name: `Rush ${hasty.order_number}` }).click()
  const [first] = await prep.getByRole('article').all()
  await prep.getByText('RUSH', { exact: true }).first().waitFor()
  await waitUntil(async () => (await first!.innerText()).includes(hasty.order_number), WAIT_MS)
  await shoot(prep, 'rush')

  const handOver = card.getByRole('button', { name: `Hand over ${hasty.order_number}` })
  expect(await handOver.isDisabled()).toBe(true)
  await letGo()
  await prep.keyboard.press('1')
  await card.getByText('1 of 2', { exact: true }).waitFor()
  await shoot(expo, 'expo')
  expect(await faultsOf(expo)).toEqual([])
  await letGo()
  await prep.keyboard.press('1')
  await card.getByText('2 of 2', { exact: true }).waitFor()
  expect((await read(hasty)).status).toBe('ready')
  await handOver.click()
  await card.waitFor(gone)
  expect((await read(hasty)).tickets.every(({ handed_at }) => handed_at !== null)).toBe(true)
  // Handed to the wrong runner: two taps bring it back.
  await expo.getByRole('button', { name: 'Recall', exact: true }).click()
  await expo.getByRole('button', { name: `Take back ${hasty.order_number} Salads` }).click()
  await card.waitFor()
  await cardOf(expo, calm).waitFor()
  await expo.close()
  await letGo()
  await prep.keyboard.press('1')
  await ticketOf(prep, calm.order_number).waitFor(gone)
})

test('[K8] [K9] no ticket is lost beyond the page: they are counted, and turned to by keys', async () => {
  for (let n = 0; n < 24; n += 1) {
    await send(
      [
        ['burger-classic', (n % 3) + 1, ['no_onions', 'extra_cheese']],
        ['burger-bacon', 1, [], n === 3 ? 'Allergic to sesame' : undefined],
        ['shrimp-cocktail'],
      ].map((one) => one.filter((part) => part !== undefined)) as never,
    )
  }
  await prep.getByText('48 tickets', { exact: true }).waitFor()
  const hidden = prep.getByText(/\d+ not shown · oldest/)
  const onPage = async () => prep.getByRole('article').count()
  expect((await onPage()) + Number.parseInt(await hidden.innerText(), 10)).toBe(48)
  await shoot(prep, 'full')
  let seen = await onPage()
  const pages = Number((await prep.getByText(/^1 \/ \d+$/).innerText()).split('/')[1])
  for (let page = 2; page <= pages; page += 1) {
    await prep.keyboard.press('ArrowRight')
    await prep.getByText(`${page} / ${pages}`, { exact: true }).waitFor()
    seen += await onPage()
  }
  expect(seen).toBe(48)
  await prep.keyboard.press('a')
  const counts = prep.getByRole('list', { name: 'All day' })
  await counts.getByText('48', { exact: true }).first().waitFor()
  await shoot(prep, 'all-day')
  await prep.keyboard.press('Escape')
})

test('[K3] a screen that is cut off says so over its whole width, and changes nothing', async () => {
  await device.kill('SIGKILL')
  await prep.getByText(/^Not connected to this screen’s terminal/).waitFor({ timeout: WAIT_MS })
  const before = await prep.getByRole('article').count()
  await prep.keyboard.press('1')
  await prep.getByText(/Nothing was changed/).waitFor()
  expect(await prep.getByRole('article').count()).toBe(before)
  await shoot(prep, 'cut-off')
})
