import { rmSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { chooseLanguage } from '../../renderer/words/say.ts'
import type { Language } from '../../renderer/words/languages.ts'
import { buildScreens } from '../../main/store-on-one-computer/screens-build.ts'
import { launchBrowser } from '../support/browser.ts'
import { walkKitchen, walkTill } from '../support/every-screen.ts'
import { createProcesses } from '../support/processes.ts'
import { leaveWork } from '../support/waiting-work.ts'
import { startWholeStore, type WholeStore } from '../support/whole-store.ts'
import { shootOffice } from './office.ts'
import { createShoot, FOLDER, SIZES } from './shoot.ts'

/**
 * `npm run screenshots`: every screen and sheet of a store at work, in three sizes, light and dark, some
 * in German and Arabic, into `shots/`, which git ignores. `npm run screenshots -- till` takes one part:
 * till, german, arabic, kitchen, new, office.
 */
const parts: Readonly<Record<string, (browser: Browser, store: WholeStore) => Promise<void>>> = {
  till: (browser, store) => shootTill(browser, store, 'en', 'till', createShoot()),
  german: (browser, store) =>
    shootTill(
      browser,
      store,
      'de',
      'german',
      createShoot({ sizes: [[1024, 600]], themes: ['light'] }),
    ),
  arabic: (browser, store) =>
    shootTill(
      browser,
      store,
      'ar',
      'arabic',
      createShoot({ sizes: [[1366, 768]], themes: ['light'] }),
    ),
  kitchen: shootKitchen,
  new: shootNew,
  office: (browser) => shootOffice(browser, createShoot()),
}

const wanted = process.argv.slice(2)
const chosen = Object.keys(parts).filter((part) => wanted.length === 0 || wanted.includes(part))
for (const part of chosen) rmSync(`${FOLDER}/${part}`, { recursive: true, force: true })
await buildScreens()
const store = await startWholeStore()
const browser = await launchBrowser()
try {
  const printer = ['--id', 'receipts', '--name', 'Receipts', '--address', '127.0.0.1:9']
  await store.aura('printer', 'set', '--data', store.till1.dir, ...printer, '--receipts-of', 'this')
  await sendOrders(store)
  await leaveWork(store.till1.call)
  for (const part of chosen) await parts[part]?.(browser, store)
  process.stdout.write(`Look into ${FOLDER}\n`)
} finally {
  await browser.close()
  await store.close()
}

async function openScreen(from: Browser, address: string, language: Language): Promise<Page> {
  const [width, height] = SIZES[1]
  const context = await from.newContext({ viewport: { width, height } })
  const page = await context.newPage()
  await page.addInitScript((chosenOne) => {
    localStorage.setItem('aura.language', chosenOne)
  }, language)
  await page.goto(address)
  return page
}

async function shootTill(
  from: Browser,
  { till1 }: WholeStore,
  language: Language,
  part: string,
  shoot: ReturnType<typeof createShoot>,
): Promise<void> {
  const page = await openScreen(from, `${till1.api}/pos`, language)
  const display = await page.context().newPage()
  await display.goto(`${till1.api}/display`)
  await chooseLanguage(language)
  await walkTill(page, async (name) => {
    await shoot(part, name, page)
    if (name === 'order' || name === 'paid') await shoot(part, `display-${name}`, display)
  })
  await chooseLanguage('en')
  await page.context().close()
}

async function shootKitchen(from: Browser, { kitchen }: WholeStore): Promise<void> {
  const page = await openScreen(from, `${kitchen.api}/kitchen`, 'en')
  const shoot = createShoot({ sizes: [[1920, 1080]] })
  await walkKitchen(page, (name) => shoot('kitchen', name, page))
}

/** A device that belongs to no store yet. */
async function shootNew(from: Browser): Promise<void> {
  const processes = createProcesses()
  try {
    const dir = await processes.folder('new')
    const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
    const fresh = await processes.start(['terminal', '--data', dir, ...places, '--join-screen'])
    const page = await openScreen(from, `${String(fresh.ready['api'])}/pos`, 'en')
    await page.getByRole('button').first().waitFor()
    await createShoot()('new', 'first-run', page)
  } finally {
    await processes.close()
  }
}

/** What others have sent before. */
async function sendOrders({ till2 }: WholeStore): Promise<void> {
  const burger = { menu_item_id: 'burger-bacon', quantity: 2, modifiers: ['extra_cheese'] }
  const classic = { menu_item_id: 'burger-classic', quantity: 1, modifiers: ['no_onions'] }
  const orders = [
    { order_type: 'dine_in', table_number: '2', items: [burger, classic] },
    { order_type: 'dine_in', table_number: '9', items: [classic, burger, classic] },
    { order_type: 'takeout', items: [{ ...classic, quantity: 3, modifiers: [] }] },
  ]
  for (const body of orders) {
    const created = await till2.call('POST', '/api/v1/orders', body)
    if (created.status !== 201) throw new Error(await created.text())
    const { id } = (await created.json()) as { id: string }
    await till2.call('PUT', `/api/v1/orders/${id}/status`, { status: 'confirmed' })
  }
}
