import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { buildScreens } from '../../main/store-on-one-computer/screens-build.ts'
import { launchBrowser } from '../support/browser.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { ms, percentile, printRow, printTitle } from './figures.ts'

/**
 * The kitchen screen in a browser: so many tickets on it while so many orders a second come and as many
 * are bumped, so that it stays as full. What is told is the browser's own: the time between two frames,
 * and from a tap to the paint after it.
 */
const TICKETS = 60
const ORDERS_PER_SECOND = 10
const SECONDS = 20
const TAPS = 15
const FRAME_MS = 1_000 / 60

export async function benchKitchenScreen(folder: string): Promise<void> {
  await buildScreens()
  const processes = createProcesses()
  const browser = await launchBrowser()
  try {
    const { api, token } = await openStore(processes, join(folder, 'kitchen'))
    const order = createOrders(api, token)
    const waiting: RestOrder[] = []
    for (let n = 0; n < TICKETS; n += 1) waiting.push(await order.send(n))
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    const cpu = await cpuOf(page)
    await page.goto(`${api}/kitchen`)
    await page.getByText(`${TICKETS} tickets`).waitFor()

    printTitle('kitchen screen', 'frames/s', 'p50', 'p95', 'p99', 'worst', 'over 2 frames')
    printFrames(`${TICKETS} tickets, nothing comes`, await framesWhile(page, pause(3_000)))
    const busy = framesWhile(page, rush(order, waiting))
    const taps = tapsOn(page)
    const cpuBefore = await cpu()
    printFrames(`${TICKETS} tickets, ${ORDERS_PER_SECOND} orders/s`, await busy)
    const cpuAfter = await cpu()
    const toPaint = await taps
    printTitle('tap to paint, while they come', 'taps', 'p50', 'p95', 'worst')
    printRow(
      'page turned by a key',
      String(toPaint.length),
      ...[0.5, 0.95, 1].map((share) => ms(percentile(toPaint, share))),
    )
    printTitle('the page at work', 'a second', 'an order')
    for (const [name, seconds] of cpuAfter) {
      const usedMs = 1_000 * (seconds - (cpuBefore.get(name) ?? 0))
      printRow(name, ms(usedMs / SECONDS), ms(usedMs / SECONDS / ORDERS_PER_SECOND))
    }
  } finally {
    await browser.close()
    await processes.close()
  }
}

/** What the page's main thread was busy with so far, in seconds: of this, other processes take nothing. */
async function cpuOf(page: Page): Promise<() => Promise<Map<string, number>>> {
  const session = await page.context().newCDPSession(page)
  // By the thread's own clock: a busy machine makes it no longer.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return new Map(
      metrics.flatMap(({ name, value }) =>
        /^(Task|Script|Layout|RecalcStyle)Duration$/.test(name) ? [[name, value]] : [],
      ),
    )
  }
}

async function openStore(processes: Processes, dir: string) {
  await processes.run(['store', 'create', '--data', dir, '--name', 'Bench', '--demo'])
  const made = ['token', '--data', dir, '--role', 'manager', '--label', 'bench']
  const token = (await processes.run(made)).stdout.trim()
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  const { ready } = await processes.start(['terminal', '--data', dir, ...places])
  return { api: String(ready['api']), token }
}

const ITEMS = ['burger-classic', 'burger-bacon', 'garlic-bread'] as const

interface Orders {
  readonly send: (n: number) => Promise<RestOrder>
  readonly bump: (order: RestOrder) => Promise<void>
}

function createOrders(api: string, token: string): Orders {
  async function ask(method: string, path: string, body: unknown): Promise<RestOrder> {
    const answer = await fetch(`${api}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as RestOrder
  }
  return {
    async send(n) {
      const items = ITEMS.slice(0, 1 + (n % ITEMS.length)).map((menu_item_id, i) => ({
        menu_item_id,
        quantity: 1 + ((n + i) % 3),
        modifiers: menu_item_id === 'garlic-bread' ? [] : ['no_onions'],
      }))
      const body = { order_type: 'dine_in', table_number: String(1 + (n % 20)), items }
      const { id } = await ask('POST', '/orders', body)
      return ask('PUT', `/orders/${id}/status`, { status: 'confirmed' })
    },
    async bump({ id, tickets }) {
      for (const ticket of tickets) {
        await ask('POST', `/kitchen/orders/${id}/bump`, { ticket_id: ticket.id })
      }
    },
  }
}

/** Each order that comes lets the oldest go. */
async function rush(order: Orders, waiting: RestOrder[]): Promise<void> {
  const began = performance.now()
  for (let n = 0; n < SECONDS * ORDERS_PER_SECOND; n += 1) {
    const late = began + (n * 1_000) / ORDERS_PER_SECOND - performance.now()
    if (late > 0) await pause(late)
    const oldest = waiting.shift()
    const [sent] = await Promise.all([order.send(n), oldest && order.bump(oldest)])
    waiting.push(sent)
  }
}

const pause = (forMs: number) => new Promise<void>((resolve) => void setTimeout(resolve, forMs))

/** Times between frames, in milliseconds, as the page's own frames tell them. */
async function framesWhile(page: Page, doing: Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const bench = window as unknown as { gaps: number[]; isCounting: boolean }
    bench.gaps = []
    bench.isCounting = true
    let before = 0
    const frame = (atMs: number) => {
      if (before > 0) bench.gaps.push(atMs - before)
      before = atMs
      if (bench.isCounting) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  await doing
  return page.evaluate(() => {
    const bench = window as unknown as { gaps: number[]; isCounting: boolean }
    bench.isCounting = false
    return bench.gaps
  })
}

/** By the browser's event timing: from the key until what it did was painted. */
async function tapsOn(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const bench = window as unknown as { taps: number[] }
    bench.taps = []
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) {
        if (name === 'keydown') bench.taps.push(duration)
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
  for (let tap = 0; tap < TAPS; tap += 1) {
    await pause(1_000)
    await page.keyboard.press(tap % 2 === 0 ? 'ArrowRight' : 'ArrowLeft')
  }
  return page.evaluate(() => (window as unknown as { taps: number[] }).taps)
}

function printFrames(name: string, gaps: readonly number[]): void {
  const allMs = gaps.reduce((sum, gap) => sum + gap, 0)
  const long = gaps.filter((gap) => gap > 2 * FRAME_MS).length
  printRow(
    name,
    ((gaps.length * 1_000) / allMs).toFixed(1),
    ...[0.5, 0.95, 0.99, 1].map((share) => ms(percentile(gaps, share))),
    `${((100 * long) / gaps.length).toFixed(1)} %`,
  )
}
