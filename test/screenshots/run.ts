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
import { shootKitchenStates } from './kitchen-states.ts'
import { shootDocuments } from './documents.ts'
import { createShoot, FOLDER, SIZES } from './shoot.ts'
import { shootStates } from './states.ts'

/**
 * `npm run screenshots`: every screen and sheet of a store at work, in three sizes, light and dark, some
 * in German and Arabic, into `shots/`, which git ignores. `npm run screenshots -- till` takes one part:
 * till, states, german, arabic, kitchen, new, office. `-- documents` makes the pictures in README and docs anew.
 */
type Part = (browser: Browser, store: () => Promise<WholeStore>) => Promise<void>
const parts: Readonly<Record<string, Part>> = {
  till: async (browser, store) => shootTill(browser, await store(), 'en', 'till', createShoot()),
  states: (browser) => shootStates(browser, createShoot()),
  german: async (browser, store) =>
    shootTill(
      browser,
      await store(),
      'de',
      'german',
      createShoot({ sizes: [[1024, 600]], themes: ['light'] }),
    ),
  arabic: async (browser, store) =>
    shootTill(
      browser,
      await store(),
      'ar',
      'arabic',
      createShoot({ sizes: [[1366, 768]], themes: ['light'] }),
    ),
  kitchen: async (browser, store) => shootKitchen(browser, await store()),
  new: shootNew,
  office: (browser) => shootOffice(browser, createShoot()),
}

/** Asked for by name alone: they write into `docs`. */
const documents: Readonly<Record<string, Part>> = {
  documents: shootDocuments,
}

const wanted = process.argv.slice(2)
const all = { ...parts, ...documents }
const chosen = wanted.length === 0 ? Object.keys(parts) : wanted.filter((part) => part in all)
for (const part of chosen) rmSync(`${FOLDER}/${part}`, { recursive: true, force: true })
await buildScreens()
let atWork: Promise<WholeStore> | undefined
/** One store for all parts that want one. */
const storeAtWork = () => (atWork ??= openStoreAtWork())
const browser = await launchBrowser()
try {
  for (const part of chosen) {
    // One that fails is told, and the others are taken.
    await all[part]?.(browser, storeAtWork).catch((error: unknown) => {
      process.exitCode = 1
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.stderr.write(`${part}: ${told}\n`)
    })
  }
  process.stdout.write(`Look into ${FOLDER}\n`)
} finally {
  await browser.close()
  await (await atWork)?.close()
}

async function openStoreAtWork(): Promise<WholeStore> {
  const store = await startWholeStore()
  const printer = ['--id', 'receipts', '--name', 'Receipts', '--address', '127.0.0.1:9']
  await store.aura('printer', 'set', '--data', store.till1.dir, ...printer, '--receipts-of', 'this')
  await sendOrders(store)
  await leaveWork(store.till1.call)
  return store
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
  { till1, kitchen }: WholeStore,
  language: Language,
  part: string,
  shoot: ReturnType<typeof createShoot>,
): Promise<void> {
  // A cook sees what is sent: the alarm over the till is a picture of its own.
  const seen = await from.newPage()
  await seen.goto(`${kitchen.api}/kitchen`)
  const page = await openScreen(from, `${till1.api}/pos`, language)
  const display = await page.context().newPage()
  await display.goto(`${till1.api}/display`)
  await chooseLanguage(language)
  await walkTill(page, async (name) => {
    await shoot(part, name, page)
    if (name === 'order' || name === 'paid') await shoot(part, `display-${name}`, display)
    if (name === 'empty') await shoot(part, 'display-rest', display)
  })
  await chooseLanguage('en')
  await page.context().close()
  await seen.close()
}

async function shootKitchen(from: Browser, { kitchen }: WholeStore): Promise<void> {
  const page = await openScreen(from, `${kitchen.api}/kitchen`, 'en')
  const shoot = createShoot()
  await walkKitchen(page, (name) => shoot('kitchen', name, page))
  await page.context().close()
  await shootKitchenStates(from, shoot)
}

/** A device that belongs to no store yet. */
async function shootNew(from: Browser): Promise<void> {
  const processes = createProcesses()
  try {
    const dir = await processes.folder('new')
    const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
    const fresh = await processes.start(['terminal', '--data', dir, ...places, '--join-screen'])
    const page = await openScreen(from, `${String(fresh.ready['api'])}/pos`, 'en')
    const shoot = createShoot()
    await page.getByRole('button').first().waitFor()
    await shoot('new', 'first-run', page)
    await page.getByRole('button', { name: 'Open the store' }).click()
    await page.getByText('Give the store its name.').waitFor()
    await shoot('new', 'first-run-fault', page)
    await page.getByRole('button', { name: 'Join a store' }).click()
    await shoot('new', 'join', page)
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await page.getByRole('alert').first().waitFor()
    await shoot('new', 'join-fault', page)
    await shoot('new', 'logs', await openLogs(page))
  } finally {
    await processes.close()
  }
}

/** The window of the logs, as the desktop opens it: with some of them. */
async function openLogs(page: Page): Promise<Page> {
  await page.addInitScript(
    (text) => {
      Object.assign(window, { aura: { readLogs: () => Promise.resolve(text) } })
    },
    Array.from(
      { length: 40 },
      (_, n) => `2026-11-23T18:${String(n).padStart(2, '0')}:00.000Z info order A-0${n} was sent`,
    ).join('\n'),
  )
  await page.goto(new URL('/logs.html', page.url()).href)
  await page.getByText('40 lines').waitFor()
  return page
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
