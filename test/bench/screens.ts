import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { buildScreens } from '../../main/store-on-one-computer/screens-build.ts'
import { makeBigStore } from '../support/big-store.ts'
import { launchBrowser } from '../support/browser.ts'
import { createProcesses } from '../support/processes.ts'
import { openTill } from '../support/screens.ts'
import { ms, percentile, printRow, printTitle } from './figures.ts'

const STORED = 100_000
const OPEN_ORDERS = 40
const CATEGORIES = 20
const ITEMS_EACH = 50
const MANAGER = '2222'
const TAPS = 60
/** An order holds 50 lines: a new one is begun before that. */
const LINES_EACH = 30
/** What the browser does not report took no longer than this (its own threshold). */
const UNREPORTED_MS = 16

/**
 * `npm run bench -- screens`: from a tap to the next paint, by the browser's own event timing, and to
 * what the tap was for: the line, the items, the list. With 100,000 orders in the till's file and 1,000
 * items on its menu.
 */
export async function benchScreens(folder: string): Promise<void> {
  await buildScreens()
  const dir = join(folder, 'screens')
  mkdirSync(dir)
  await makeBigStore(dir, STORED - OPEN_ORDERS, OPEN_ORDERS)
  const processes = createProcesses()
  const browser = await launchBrowser()
  try {
    const menuFile = join(folder, 'menu.json')
    writeFileSync(menuFile, JSON.stringify(largeMenu()))
    const imported = await processes.run(['menu', 'import', '--data', dir, menuFile])
    if (imported.status !== 0) throw new Error(imported.stderr)
    const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
    const till = await processes.start(['terminal', '--data', dir, ...places])
    const page = await openTill(browser, { api: String(till.ready['api']) }, MANAGER)
    await watch(page)
    const stored = `${STORED.toLocaleString('en')} stored`
    printTitle(`A tap at the till, ${stored}`, 'taps', 'paint p95', 'slowest', 'shown p95')
    await measure(page, 'adds a line', '[aria-label="Order"]', itemTaps(page))
    await measure(page, 'switches the category', 'nav + div', categoryTaps(page))
    await measure(page, 'opens the order list', 'main', listTaps(page))
  } finally {
    await browser.close()
    await processes.close()
  }
}

const largeMenu = () => ({
  version: 1,
  categories: Array.from({ length: CATEGORIES }, (_, n) => ({
    id: `large-${n}`,
    name: `Large ${n}`,
    position: 100 + n,
    color: 'blue',
  })),
  items: Array.from({ length: CATEGORIES * ITEMS_EACH }, (_, n) => ({
    id: `large-item-${n}`,
    name: `Dish ${n}`,
    category: `large-${Math.floor(n / ITEMS_EACH)}`,
    price: 500 + n,
    tax_rate: 'sales',
    station: 'grill',
    position: n % ITEMS_EACH,
  })),
})

/** What is tapped, and what is done before the next tap, which does not count. */
type Taps = AsyncGenerator<Locator>

async function* itemTaps(page: Page): Taps {
  await category(page, 0).click()
  const items = page.getByRole('group', { name: /^Menu/ }).getByRole('button')
  const next = page.getByRole('banner').getByRole('button', { name: 'New order' })
  for (let n = 0; n < TAPS; n += 1) {
    if (n % LINES_EACH === 0 && n > 0) await next.click()
    yield items.nth(n % 12)
  }
}

async function* categoryTaps(page: Page): Taps {
  for (let n = 1; n <= TAPS; n += 1) yield category(page, n % CATEGORIES)
}

async function* listTaps(page: Page): Taps {
  const list = page.getByRole('button', { name: /^Open orders/ })
  for (let n = 0; n < TAPS / 2; n += 1) {
    yield list
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click()
  }
}

const category = (page: Page, n: number): Locator =>
  page
    .getByRole('navigation', { name: 'Categories' })
    .getByRole('button', { name: `Large ${n}`, exact: true })

interface Watching {
  /** The longest of each interaction, by the browser's id of it. */
  readonly painted: Map<number, number>
  shown: number | null
  start: (selector: string) => void
}
declare global {
  interface Window {
    watching: Watching
  }
}

/** In the page: what its event timing says, and when something under an element changed and was painted. */
const watch = (page: Page): Promise<void> =>
  page.evaluate((threshold) => {
    const painted = new Map<number, number>()
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        const { interactionId, duration } = entry
        if (interactionId > 0) {
          painted.set(interactionId, Math.max(painted.get(interactionId) ?? 0, duration))
        }
      }
    }).observe({ type: 'event', durationThreshold: threshold } as PerformanceObserverInit)
    let pressedAt = 0
    addEventListener('pointerup', ({ timeStamp }) => (pressedAt = timeStamp), true)
    window.watching = {
      painted,
      shown: null,
      start: (selector) => {
        window.watching.shown = null
        const element = document.querySelector(selector) ?? document.body
        const observer = new MutationObserver(() => {
          if (pressedAt === 0) return
          observer.disconnect()
          requestAnimationFrame(() =>
            setTimeout(() => (window.watching.shown = performance.now() - pressedAt)),
          )
        })
        pressedAt = 0
        observer.observe(element, { childList: true, subtree: true, characterData: true })
      },
    }
  }, UNREPORTED_MS)

async function measure(page: Page, name: string, selector: string, taps: Taps): Promise<void> {
  await page.evaluate(() => window.watching.painted.clear())
  const shown: number[] = []
  for await (const target of taps) {
    await page.evaluate((of) => window.watching.start(of), selector)
    await target.click()
    await page.waitForFunction(() => window.watching.shown !== null)
    shown.push(await page.evaluate(() => window.watching.shown ?? 0))
  }
  const reported = await page.evaluate(() => [...window.watching.painted.values()])
  const quick = Math.max(0, shown.length - reported.length)
  const painted = [...reported, ...Array.from({ length: quick }, () => UNREPORTED_MS)]
  const row = [percentile(painted, 0.95), Math.max(...painted), percentile(shown, 0.95)].map(ms)
  printRow(name, String(shown.length), ...row)
}
