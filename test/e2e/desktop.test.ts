import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildDesktop } from '../../main/desktop/build.ts'
import { launchBrowser } from '../support/browser.ts'
import { launchShell, type Shell } from '../support/electron/launch-shell.ts'
import { createProcesses, findReadyLine, type Processes } from '../support/processes.ts'
import { sendBurger, signIn } from '../support/screens.ts'
import { waitUntil } from '../support/wait-until.ts'

/**
 * The shell as it is built, without Electron's binary: see `test/support/electron`. What Electron
 * itself does with what it is told (sandboxing, fuses, a tray) is not shown here.
 */
const WAIT_MS = 30_000
const PERMISSIONS = ['media', 'geolocation', 'notifications', 'usb', 'serial', 'openExternal']

let processes: Processes
let browser: Browser
let root: string
let data: string
let shell: Shell
let token: string

const launch = (...args: string[]): Promise<Shell> =>
  launchShell({
    browser,
    bundle: join(root, 'desktop'),
    userData: join(data, 'user'),
    args: ['--data', data, '--peer', '127.0.0.1:0', '--no-discovery', ...args],
  })

beforeAll(async () => {
  processes = createProcesses()
  data = join(await processes.folder('desktop'), 'till')
  await mkdir('dist', { recursive: true })
  // Inside the house, so that the bundle finds the packages it leaves beside.
  root = await mkdtemp(join(process.cwd(), 'dist', 'shell-'))
  await symlink(join('..', 'renderer'), join(root, 'renderer'))
  const create = ['store', 'create', '--data', data, '--name', 'Corner', '--demo']
  ;[browser] = await Promise.all([
    launchBrowser(),
    buildDesktop(join(root, 'desktop')),
    processes.run(create),
  ])
  const label = ['--role', 'manager', '--label', 'test']
  token = (await processes.run(['token', '--data', data, ...label])).stdout.trim()
  shell = await launch()
})
afterAll(async () => {
  await shell?.close()
  await browser?.close()
  await processes?.close()
  await rm(root, { recursive: true, force: true })
})

/** Where the terminal of the shell says that it serves. */
const apiOf = (of: Shell): string => String(findReadyLine(of.output())?.['api'])

async function sendTakeout(page: Page): Promise<void> {
  const categories = page.getByRole('navigation', { name: 'Categories' })
  await categories.getByRole('button', { name: 'Burgers' }).click()
  const menu = page.getByRole('group', { name: /^Menu/ })
  await menu.getByRole('button', { name: /^Classic/ }).click()
  const order = page.getByRole('complementary', { name: 'Order' })
  await order.getByText('Takeout', { exact: true }).click()
  await order.getByRole('button', { name: 'Send', exact: true }).click()
}

const till = async (): Promise<Page> => (await shell.window('pos')).page()
const terminals = () => shell.call<number[]>('utilities')
const windows = () => shell.call<Record<string, unknown>[]>('windows')
const digest = async () => (await processes.run(['digest', '--data', data])).stdout

describe('the desktop shell', () => {
  test('opens the till, signs in, rings up and sends an order', async () => {
    const page = await till()
    expect(await page.evaluate('window.aura')).toEqual({ isDesktop: true })
    await signIn(page, '1234')
    expect(await sendBurger(page)).toBe('A-001')
    await page.getByText(/A-001/).first().waitFor()
  })

  test('[L5] loads a crashed window anew, while the terminal goes on', async () => {
    const before = await terminals()
    await (await shell.window('pos')).crash()
    // Sold while there is no window.
    const sold = await fetch(`${apiOf(shell)}/api/v1/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        order_type: 'takeout',
        items: [{ menu_item_id: 'burger-classic', quantity: 1 }],
      }),
    })
    expect(sold.status).toBe(201)
    const page = await till()
    await signIn(page, '1234')
    await page.getByRole('button', { name: /^Open orders/ }).click()
    await page.getByRole('list', { name: 'Open orders' }).getByText('A-002').waitFor()
    await page.keyboard.press('Escape')
    expect(await terminals()).toEqual(before)
  })

  test('starts a killed terminal again, and the window goes on by itself', async () => {
    const [pid] = await terminals()
    const held = await digest()
    process.kill(pid!, 'SIGKILL')
    await waitUntil(async () => {
      const [now] = await terminals()
      return now !== undefined && now !== pid
    }, WAIT_MS)
    const page = await till()
    await page.getByRole('group', { name: 'PIN' }).waitFor({ timeout: WAIT_MS })
    await signIn(page, '1234')
    await sendTakeout(page)
    await expect.poll(digest, { timeout: WAIT_MS }).not.toBe(held)
  })

  test('a second one on the same store goes, and the first comes to the front', async () => {
    const [first] = await windows()
    await shell.call('window.do', first!['id'], 'minimize')
    const second = await launch()
    expect(await second.exited).toBe(0)
    await second.close()
    await waitUntil(async () => (await windows())[0]?.['isMinimized'] === false, WAIT_MS)
    expect(await windows()).toMatchObject([{ isFocused: true }])
  })

  test('leads to no other page, and opens none', async () => {
    const page = await till()
    for (const url of ['https://example.invalid/', 'https://screens.evil.invalid/pos.html']) {
      await page.evaluate(`void (location.href = ${JSON.stringify(url)})`)
      await waitUntil(() => shell.denied.includes(url), WAIT_MS)
      await page.evaluate(`void window.open(${JSON.stringify(`${url}?popup`)})`)
      await waitUntil(() => shell.denied.includes(`${url}?popup`), WAIT_MS)
    }
    expect(shell.denied.filter((url) => url.startsWith('allowed'))).toEqual([])
    expect(page.url()).toMatch(/\/pos\.html$/)
    expect(await windows()).toHaveLength(1)
  })

  test('denies every permission', async () => {
    const denied = { request: false, check: false, device: false }
    for (const permission of PERMISSIONS)
      expect(await shell.call('permission', permission), permission).toEqual(denied)
  })
})
