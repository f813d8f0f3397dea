import type { Browser, Locator, Page } from 'playwright-core'
import type { Bill } from './bill.ts'
import { openKitchen } from '../../support/screens.ts'
import type { Station } from './card.ts'
import { shoot } from './shots.ts'

/**
 * Who works in the kitchen: a cook at the grill, another for salads and drinks, and a runner at the
 * pass, each at a screen, and each with one thing after the other in hand.
 */
export interface Crew {
  readonly grill: Page
  readonly side: Page
  readonly pass: Page
  /** Its tickets are made and handed out, as soon as there is a hand free. */
  readonly serve: (bill: Bill) => void
  /** Its tickets are made, and wait at the pass. */
  readonly make: (bill: Bill) => Promise<void>
  /** Over the whole width of the screen at the grill: orders of that till may be missing. */
  readonly missesOrdersOf: (till: string) => Promise<void>
  /** The cooks do nothing before the other word. */
  readonly rest: () => () => void
  /** Until everybody has nothing left in hand. */
  readonly done: () => Promise<void>
}

const PATIENCE_MS = 40_000
/** After a bump the next card slides under the finger: for so long the screen takes no second one. */
const HAND_MS = 450
const AGAIN_MS = 4_000

export async function openCrew(browser: Browser, api: string): Promise<Crew> {
  const [grill, side, pass] = await Promise.all([
    openScreen(browser, api, 'Grill & oven'),
    openScreen(browser, api, 'Salads & desserts', 'Bar'),
    openScreen(browser, api),
  ])
  const queues = new Map<Page, Promise<void>>()
  /** What one has in hand comes first; a fault is told by whoever waits for it. */
  const inTurn = (page: Page, work: () => Promise<void>): Promise<void> => {
    const next = (queues.get(page) ?? Promise.resolve())
      .then(work)
      .catch(async (fault: unknown) => {
        await shoot(page, 'kitchen-failed')
        throw fault
      })
    queues.set(page, next)
    next.catch(() => {})
    return next
  }
  const make = async (bill: Bill): Promise<void> => {
    await Promise.all(
      [...bill.tickets].map(([station, count]) => {
        bill.tickets.delete(station)
        const page = station === 'Grill & oven' ? grill : side
        return inTurn(page, () => bumpAll(page, bill.number, station, count))
      }),
    )
  }
  return {
    grill,
    side,
    pass,
    make,
    serve: (bill) => {
      if (bill.tickets.size === 0) return
      const made = make(bill)
      made.catch(() => {})
      void inTurn(pass, async () => {
        await made
        await handOver(pass, bill.number)
      })
    },
    missesOrdersOf: (till) =>
      grill
        .getByRole('alert')
        .getByText(new RegExp(`^${till} not heard for .* its orders may be missing`))
        .waitFor(),
    rest: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      for (const page of [grill, side]) void inTurn(page, () => promise)
      return resolve
    },
    done: async () => void (await Promise.all(queues.values())),
  }
}

/** Without a station it is the pass. */
async function openScreen(browser: Browser, api: string, ...stations: Station[]): Promise<Page> {
  const page = await openKitchen(browser, { api })
  page.setDefaultTimeout(PATIENCE_MS)
  for (const station of stations) {
    await page
      .getByRole('group', { name: 'Stations' })
      .getByRole('button', { name: station })
      .click()
  }
  if (stations.length > 0) return page
  await page.keyboard.press('s')
  await page.getByRole('button', { name: /^Putting together/ }).click()
  await page.keyboard.press('Escape')
  return page
}

async function bumpAll(page: Page, number: string, station: Station, count: number): Promise<void> {
  const tickets = page.getByRole('article', { name: `Ticket ${number} ${station}`, exact: true })
  const bump = page.getByRole('button', { name: `Bump ${number} ${station}`, exact: true })
  for (let left = count; left > 0; left -= 1) {
    await tickets.nth(left - 1).waitFor()
    await tapUntilGone(bump.first(), tickets.nth(left - 1))
  }
}

function handOver(page: Page, number: string): Promise<void> {
  const card = page.getByRole('article', { name: `Order ${number}`, exact: true })
  return tapUntilGone(card.getByRole('button', { name: `Hand over ${number}` }), card)
}

/** What changed just now has to be read first, and then a cook taps again. */
async function tapUntilGone(key: Locator, card: Locator, taps = 6): Promise<void> {
  await key.page().waitForTimeout(HAND_MS)
  await key.click()
  try {
    await card.waitFor({ state: 'detached', timeout: AGAIN_MS })
  } catch (fault) {
    if (taps === 1) throw fault
    await tapUntilGone(key, card, taps - 1)
  }
}
