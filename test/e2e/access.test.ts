import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  startSimulatedTerminal,
  type SimulatedTerminal,
} from '../../main/payments/simulated/terminal.ts'
import { faultsInBothThemes } from '../support/accessible.ts'
import { launchBrowser } from '../support/browser.ts'
import { HAND_MS, signInByKeys, walkTill } from '../support/every-screen.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { leaveWork } from '../support/waiting-work.ts'

/** One till with a printer that is not there, and a device that belongs to nobody yet. */
let processes: Processes
let browser: Browser
let api: string
let terminal: SimulatedTerminal
/** Nobody presents a card here: it is cancelled. */
const LONGER_THAN_ANY_MS = 600_000

beforeAll(async () => {
  processes = createProcesses()
  const dir = join(await processes.folder('till'), 'data')
  await processes.run(['store', 'create', '--data', dir, '--name', 'Test', '--demo'])
  const printer = ['--id', 'receipts', '--name', 'Receipts', '--address', '127.0.0.1:9']
  await processes.run(['printer', 'set', '--data', dir, ...printer, '--receipts-of', 'this'])
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  terminal = await startSimulatedTerminal({ presentMs: LONGER_THAN_ANY_MS })
  const config = join(dir, '..', 'orders.yaml')
  const cards = `card_terminal: { provider: simulated, address: '127.0.0.1:${terminal.port}' }`
  await writeFile(config, `payments:\n  ${cards}\n`)
  const running = await processes.start(['terminal', '--data', dir, '--config', config, ...places])
  api = String(running.ready['api'])
  const token = await processes.run([
    'token',
    '--data',
    dir,
    '--role',
    'manager',
    '--label',
    'test',
  ])
  await leaveWork((method, path, body) =>
    fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token.stdout.trim()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    }),
  )
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await terminal?.stop()
  await processes?.close()
})

const openPage = async (path: string, address = api): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.goto(`${address}/${path}`)
  return page
}

test('[X8] axe finds nothing serious on any screen or sheet of the till, in light and dark', async () => {
  const page = await openPage('pos')
  const found: Record<string, readonly string[]> = {}
  const seen: string[] = []
  await walkTill(page, async (name) => {
    seen.push(name)
    const faults = await faultsInBothThemes(page)
    if (faults.length > 0) found[name] = faults
  })
  expect(seen.length).toBeGreaterThan(30)
  const rare = ['clock', 'search', 'pay-card-asked', 'inbox', 'settle', 'more-vouchers', 'approval']
  expect(rare.filter((name) => !seen.includes(name))).toEqual([])
  expect(found).toEqual({})
  await page.close()
})

test('[X8] nor on the kitchen’s screen, the guest’s, or that of a device which is new', async () => {
  const dir = join(await processes.folder('new'), 'data')
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  const fresh = await processes.start(['terminal', '--data', dir, ...places, '--join-screen'])
  for (const [path, address, sign] of [
    ['kitchen', api, 'button'],
    ['display', api, 'main'],
    ['pos', String(fresh.ready['api']), 'button'],
  ] as const) {
    const page = await openPage(path, address)
    await page.getByRole(sign).first().waitFor()
    expect(await faultsInBothThemes(page)).toEqual([])
    await page.close()
  }
})

test('[X8] axe finds what is planted', async () => {
  const page = await openPage('display')
  await page.getByRole('main').waitFor()
  await page.evaluate(() => {
    const button = document.createElement('button')
    document.body.append(button)
  })
  expect((await faultsInBothThemes(page)).join()).toContain('button-name')
  await page.close()
})

test('[M1] the keypads of money fill up by the decimals of the currency: none in yen, three in dinars', async () => {
  const seen = await Promise.all(
    ['JPY', 'KWD'].map(async (currency) => {
      const dir = join(await processes.folder(currency), 'data')
      const store = ['--name', 'Test', '--currency', currency, '--demo']
      await processes.run(['store', 'create', '--data', dir, ...store])
      const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
      const running = await processes.start(['terminal', '--data', dir, ...places])
      const page = await openPage('pos', String(running.ready['api']))
      await signInByKeys(page, 'Maria Lopez', '2222')
      await page.getByRole('button', { name: 'Burgers' }).click()
      await page
        .getByRole('group', { name: /^Menu/ })
        .getByRole('button', { name: /^Classic/ })
        .click()
      await page.getByRole('button', { name: /^Pay / }).click()
      const dialog = page.getByRole('dialog', { name: /^Pay/ })
      const type = (keys: string) => page.keyboard.type(keys, { delay: HAND_MS })
      await dialog.getByRole('group', { name: 'Keypad fills' }).waitFor()
      await type('500000')
      const received = await dialog.getByRole('button', { name: /^Cash received/ }).innerText()
      await dialog.getByRole('button', { name: 'Take cash' }).click()
      const change = await page.getByRole('dialog', { name: /paid$/ }).innerText()
      await page.close()
      return [received, change].map((text) => text.replaceAll(/\s+/g, ' '))
    }),
  )
  const [[yen, yenBack], [dinars, dinarsBack]] = seen as [[string, string], [string, string]]
  expect(yen).toMatch(/¥500,000(?!\.)/)
  expect(yenBack).toMatch(/¥49\d,\d{3}(?!\.)/)
  expect(dinars).toMatch(/KWD\s?500\.000/)
  expect(dinarsBack).toMatch(/KWD\s?49\d\.\d{3}/)
})

test('[X9] a sale without a pointer: sign in, an item with modifiers, send, pay in cash, sign out', async () => {
  const page = await openPage('pos')
  const order = page.getByRole('complementary', { name: 'Order' })
  await reach(page, /^Maria Lopez/)
  await page.keyboard.press('Enter')
  await page.keyboard.type('2222', { delay: HAND_MS })
  await page.getByRole('button', { name: /^Open orders/ }).waitFor()
  await reach(page, /^Burgers/)
  await page.keyboard.press('Enter')
  await reach(page, /^Classic/)
  await page.keyboard.press('Enter')
  await order.getByRole('button', { name: /Classic burger/ }).waitFor()
  await reach(page, /^\d Classic burger/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Classic burger' }).waitFor()
  await reach(page, /^Extra cheese/)
  await page.keyboard.press('Space')
  await reach(page, /^Save/)
  await page.keyboard.press('Enter')
  await order.getByText('Extra cheese').waitFor()
  await reach(page, /^Send/)
  await page.keyboard.press('Enter')
  await order.getByText('Last sent from here').waitFor()
  await reach(page, /A-\d+/)
  await page.keyboard.press('Enter')
  await reach(page, /^Pay /)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: /^Pay/ }).waitFor()
  await page.keyboard.type('5000', { delay: HAND_MS })
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: /paid$/ }).waitFor()
  await reach(page, /^Next order/)
  await page.keyboard.press('Enter')
  await reach(page, /^Sign out/)
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: 'Who are you?' }).waitFor()
  expect(await order.count()).toBe(0)
  await page.close()
})

const MOST_STEPS = 120

/** Tabs on until what has the focus is called so; what has it is seen to have it. */
async function reach(page: Page, name: RegExp): Promise<void> {
  const told = () =>
    page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) {
        return { name: '', isRinged: false }
      }
      const isRinged = getComputedStyle(element).outlineStyle !== 'none'
      return { name: element.ariaLabel ?? element.innerText, isRinged }
    })
  const passed = new Set<string>()
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const focused = await told()
    passed.add(focused.name.replaceAll('\n', ' '))
    if (name.test(focused.name.replaceAll('\n', ' '))) {
      expect(focused, String(name)).toMatchObject({ isRinged: true })
      return
    }
    // As quick as it comes: no Tab is taken for a scanner's.
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${String(name)}, only ${[...passed].join(' | ')}`)
}
