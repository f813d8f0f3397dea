import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { restoreBackup } from '../../main/backup.ts'
import { buildDesktop } from '../../main/desktop/build.ts'
import { launchBrowser } from '../support/browser.ts'
import { digestIn, verifyIn } from '../support/device-files.ts'
import { launchShell, type Shell } from '../support/electron/launch-shell.ts'
import { createProcesses, findReadyLine, type Processes } from '../support/processes.ts'
import { unpackFixture } from '../support/fixtures.ts'
import { sendBurger, signIn } from '../support/screens.ts'
import { waitUntil } from '../support/wait-until.ts'
import { sellBurger } from '../support/sell-burger.ts'

/**
 * The shell as it is built, without Electron's binary: see `test/support/electron`. What Electron
 * itself does with what it is told (sandboxing, fuses, a tray) is not shown here.
 */
const WAIT_MS = 30_000
/** The oldest whose patches still came when this was written. */
const OLDEST_ELECTRON = 43
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

async function ringUpTakeout(page: Page): Promise<void> {
  const categories = page.getByRole('navigation', { name: 'Categories' })
  await categories.getByRole('button', { name: 'Burgers' }).click()
  const menu = page.getByRole('group', { name: /^Menu/ })
  await menu.getByRole('button', { name: /^Classic/ }).click()
  const order = page.getByRole('complementary', { name: 'Order' })
  await order.getByRole('button', { name: 'Takeout', exact: true }).click()
}

async function sendTakeout(page: Page): Promise<void> {
  await ringUpTakeout(page)
  const order = page.getByRole('complementary', { name: 'Order' })
  await order.getByRole('button', { name: 'Send', exact: true }).click()
}

const till = async (): Promise<Page> => (await shell.window('pos')).page()
const terminals = () => shell.call<number[]>('utilities')
interface WindowState {
  readonly id: number
  readonly url: string
  readonly isMinimized: boolean
  readonly options: { readonly webPreferences: Record<string, unknown> }
}
const windows = () => shell.call<WindowState[]>('windows')
const matching = ({ message }: { readonly message: RegExp }) => ({
  message: expect.stringMatching(message) as string,
})
const withContent = ({ content }: { readonly content: RegExp }) => ({
  content: expect.stringMatching(content) as string,
})
const digest = () => digestIn(data)

describe('the desktop shell', () => {
  test('opens the till, signs in, rings up and sends an order', async () => {
    const page = await till()
    await signIn(page, '1234')
    expect(await sendBurger(page)).toBe('A-001')
    await page.getByText(/A-001/).first().waitFor()
  })

  test('[L5] loads a crashed window anew, while the terminal goes on', async () => {
    const before = await terminals()
    await (await shell.window('pos')).crash()
    // Sold while there is no window.
    await sellBurger({ api: apiOf(shell), token })
    const page = await till()
    await signIn(page, '1234')
    await page.getByRole('button', { name: /^Open orders/ }).click()
    await page.getByRole('list', { name: 'Open orders' }).getByText('A-002').waitFor()
    await page.keyboard.press('Escape')
    expect(await terminals()).toEqual(before)
  })

  test('starts a killed terminal again, and the window goes on by itself', async () => {
    const [pid] = await terminals()
    if (process.platform === 'linux') {
      const started = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      expect(started).toContain('--max-semi-space-size=2')
    }
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
    await shell.call('window.do', first!.id, 'minimize')
    const second = await launch()
    expect(await second.exited).toBe(0)
    await second.close()
    await waitUntil(async () => (await windows())[0]?.isMinimized === false, WAIT_MS)
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

  test('shows the kitchen on the whole second display, and keeps it awake', async () => {
    await shell.call('click', 'Kitchen screen')
    const { page } = await shell.window('kitchen')
    await page().getByRole('button', { name: 'Recall', exact: true }).waitFor()
    const kitchen = (await windows()).find(({ url }) => url.endsWith('/kitchen.html'))!
    expect(kitchen).toMatchObject({ options: { kiosk: true }, bounds: { x: 1366, width: 1920 } })
    expect(await shell.call('blockers')).toEqual(['prevent-display-sleep'])
    await shell.call('window.do', kitchen.id, 'close')
    expect(await shell.call('blockers')).toEqual([])
  })

  test('[E1] shows the guest what is rung up, on the whole second display, and thanks who has paid', async () => {
    await shell.call('click', 'Customer display')
    const { page: display } = await shell.window('display')
    await display().getByText('Corner').waitFor()
    const window = (await windows()).find(({ url }) => url.endsWith('/display.html'))!
    expect(window).toMatchObject({ options: { kiosk: true }, bounds: { x: 1366, width: 1920 } })
    const page = await till()
    await ringUpTakeout(page)
    const lines = display().getByRole('list', { name: 'Your order' })
    await lines.getByText('Classic burger').waitFor()
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByRole('button', { name: /^Exact/ }).click()
    await display().getByText('Thank you').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click()
    await shell.call('window.do', window.id, 'close')
  })

  test('a link opens the logs, which say what happened, where their window stood', async () => {
    await shell.call('emit', 'powerMonitor', 'resume')
    const second = await launch('aura://logs')
    await second.exited
    await second.close()
    const logs = await shell.window('logs')
    const lines = logs.page().getByRole('list', { name: 'Log lines' })
    await lines.getByText('the computer has woken').waitFor()
    await lines.getByText('the window pos has crashed').waitFor()
    // Only that window may read them.
    const asked = `window.aura.readLogs().then(() => 'read', (error) => String(error))`
    expect(await logs.page().evaluate(asked)).toBe('read')
    expect(await (await till()).evaluate(asked)).toMatch(/refused: this page may not/)

    const place = { x: 40, y: 30, width: 700, height: 500 }
    const logsWindow = async () => (await windows()).find(({ url }) => url.endsWith('/logs.html'))
    await shell.call('window.do', (await logsWindow())!.id, 'setBounds', place)
    await shell.call('window.do', (await logsWindow())!.id, 'close')
    expect(await logsWindow()).toBeUndefined()
    await shell.call('click', 'Logs')
    expect(await logsWindow()).toMatchObject({ bounds: place })
    await shell.call('window.do', (await logsWindow())!.id, 'close')
  })

  test('has a tray, a menu with shortcuts, links, start at login, and local crash logs', async () => {
    await expect
      .poll(() => shell.call('tray'), { timeout: WAIT_MS })
      .toMatchObject({ toolTip: 'AuraConnect POS: 4 open orders' })
    const menu = await shell.call<{ label?: string; role?: string; accelerator?: string }[]>('menu')
    expect(menu.map(({ role }) => role)).toEqual(
      expect.arrayContaining(['copy', 'paste', 'reload', 'zoomIn', 'togglefullscreen', 'close']),
    )
    expect(menu.find(({ label }) => label === 'Quit')?.accelerator).toBe('CmdOrCtrl+Q')
    // Nobody opens the tools for developers on a till.
    expect(menu.map(({ role }) => role)).not.toContain('toggleDevTools')
    await shell.call('click', 'Start with this computer')
    expect(await shell.call('remembered')).toMatchObject({
      loginItem: { openAtLogin: true },
      protocolClient: 'aura',
      crashReporter: { uploadToServer: false },
    })
    await shell.call('click', 'Back office in the browser')
    await shell.call('click', 'Install the update now')
    await expect
      .poll(() => shell.shown)
      .toMatchObject([{ message: /no centre/ }, { message: /no update/ }].map(matching))
    expect(shell.opened).toEqual([])
  })
})

/** Each of the twenty items of Electron's own list, and that it is met in what was built. */
describe("Electron's security checklist", () => {
  const all = async <T>(of: (options: Record<string, unknown>) => T): Promise<T[]> =>
    (await windows()).map(({ options }) => of(options.webPreferences))
  const builder = parse(readFileSync('electron-builder.yml', 'utf8')) as {
    readonly electronFuses: Record<string, boolean>
  }
  const ours = globSync(['main/desktop/**/*.ts', 'renderer/**/*.{ts,tsx,html}'])
    .filter((path) => !path.includes('.test.'))
    .map((path) => readFileSync(path, 'utf8'))

  test('1. only load secure content', async () => {
    for (const { url } of await windows()) expect(url).toMatch(/^app:\/\/screens\//)
    expect(await shell.call('request', 'https://screens/pos.html', 'GET')).toBeNull()
  })
  test('2. no Node.js integration for remote content', async () => {
    expect(await all(({ nodeIntegration }) => nodeIntegration)).not.toContain(true)
    expect(await (await till()).evaluate('typeof require + typeof process')).toBe(
      'undefinedundefined',
    )
  })
  test('3. context isolation', async () => {
    expect(await all(({ contextIsolation }) => contextIsolation)).not.toContain(false)
    const page = await till()
    expect(await page.evaluate('Object.isFrozen(window.aura)')).toBe(true)
  })
  test('4. process sandboxing', async () => {
    expect(await all(({ sandbox }) => sandbox)).not.toContain(false)
    expect(await shell.call('remembered')).toMatchObject({ sandboxEverywhere: true })
  })
  test('5. session permission requests are handled', async () => {
    expect(await shell.call('permission', 'clipboard-read')).toMatchObject({ request: false })
  })
  test('6. webSecurity is not disabled', async () => {
    expect(await all(({ webSecurity }) => webSecurity)).not.toContain(false)
  })
  test('7. a Content-Security-Policy, under which no inline script runs', async () => {
    const page = await till()
    await page.evaluate(`{
      const script = document.createElement('script')
      script.textContent = 'window.ranInline = true'
      document.head.append(script)
    }`)
    expect(await page.evaluate('window.ranInline')).toBeUndefined()
  })
  test('8. allowRunningInsecureContent is off', async () => {
    expect(await all((preferences) => preferences['allowRunningInsecureContent'])).not.toContain(
      true,
    )
  })
  test('9. no experimental features', async () => {
    expect(await all(({ experimentalFeatures }) => experimentalFeatures)).not.toContain(true)
  })
  test('10. no enableBlinkFeatures', async () => {
    const asked = await all(({ enableBlinkFeatures }) => enableBlinkFeatures)
    expect(asked.every((features) => features === undefined)).toBe(true)
  })
  test('11. no WebView, so none with allowpopups', async () => {
    expect(ours.filter((text) => /<webview|allowpopups/i.test(text))).toEqual([])
    expect(await all(({ webviewTag }) => webviewTag)).not.toContain(true)
  })
  test('12. no WebView is attached', async () => {
    const [window] = await windows()
    expect(await shell.call('window.mayAttach', window!.id)).toBe(false)
  })
  test('13. navigation is limited', async () => {
    const [window] = await windows()
    const may = (url: string) => shell.call('window.mayGo', window!.id, url, true)
    expect(await may('app://screens/pos.html')).toBe(true)
    for (const url of ['https://screens/', 'file:///etc/passwd', 'app://other/pos.html'])
      expect(await may(url), url).toBe(false)
  })
  test('14. new windows are denied', async () => {
    const [window] = await windows()
    expect(await shell.call('window.mayOpen', window!.id, 'app://screens/pos.html')).toBe(false)
  })
  test('15. shell.openExternal is given our own address of the office alone', () => {
    const calls = ours.flatMap((text) => text.match(/openExternal\([^)]*\)/g) ?? [])
    // What `officeAddress` lets through has a test of its own.
    expect(calls).toEqual(['openExternal(address)'])
  })
  test('16. a current version of Electron, pinned', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly devDependencies: { readonly electron: string }
    }
    const { electron } = devDependencies
    expect(electron).toMatch(/^\d+\.\d+\.\d+$/)
    expect(Number(electron.split('.')[0])).toBeGreaterThanOrEqual(OLDEST_ELECTRON)
  })
  test('17. the sender of every IPC message is validated', async () => {
    const sender = { url: 'app://screens/logs.html' }
    const ask = (event: object) => shell.call('invoke', event, 'aura-shell', [{ type: 'readLogs' }])
    // A frame inside a page, a page of somebody else's, and no frame at all.
    await expect(ask({ sender: {}, senderFrame: sender })).rejects.toThrow(/refused/)
    const foreign = { url: 'https://evil.invalid/logs.html' }
    await expect(ask({ sender: {}, senderFrame: foreign })).rejects.toThrow(/refused/)
    await expect(ask({ sender: {}, senderFrame: null })).rejects.toThrow(/refused/)
    const handled = ours.flatMap((text) => text.match(/ipcMain\.(handle|on)\b/g) ?? [])
    expect(handled).toEqual(['ipcMain.handle'])
  })
  test('18. no file: addresses, a protocol of our own', async () => {
    expect(await shell.call('remembered')).toMatchObject({
      schemes: [{ scheme: 'app', privileges: { standard: true, secure: true } }],
    })
    expect(ours.filter((text) => /loadFile\(/.test(text))).toEqual([])
    expect(builder.electronFuses['grantFileProtocolExtraPrivileges']).toBe(false)
  })
  test('19. the fuses are set, each of them', () => {
    // `npm run dist:check` reads them back from a packed program.
    expect(builder.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
    // What a program without run-as-node cannot do.
    expect(ours.filter((text) => /child_process|ELECTRON_RUN_AS_NODE/.test(text))).toEqual([])
  })
  test("20. none of Electron's own interfaces is exposed to a page", async () => {
    const keys = await (await till()).evaluate('Object.keys(window.aura)')
    expect(keys).toEqual(['isDesktop', 'readLogs'])
  })
})

describe('the key of a device that is not the only one', () => {
  const start = (person: string, dir: string, ...args: string[]): Promise<Shell> =>
    launchShell({
      browser,
      bundle: join(root, 'desktop'),
      userData: join(dir, 'user'),
      person,
      args: ['--data', dir, '--peer', '127.0.0.1:0', '--no-discovery', ...args],
    })
  const serves = (of: Shell) => waitUntil(() => findReadyLine(of.output()) !== undefined, WAIT_MS)
  const keyOf = (dir: string, end = '') => existsSync(join(dir, `device.key${end}`))

  test('[P1] goes into the keychain of who runs it, with backups, a restart, and a way back', async () => {
    const folder = await processes.folder('keychain')
    const dir = join(folder, 'till')
    unpackFixture('data-0.1.0', 'till', dir)
    const key = readFileSync(join(dir, 'device.key'), 'utf8')
    let running = await start('ann', dir)
    await waitUntil(() => !keyOf(dir), WAIT_MS)
    expect(readFileSync(join(dir, 'device.key.sealed')).includes(key.split('\n')[1]!)).toBe(false)

    // The terminal is given it again; whoever calls beside it goes through it, or is told how.
    const before = running.output().length
    process.kill((await running.call<number[]>('utilities'))[0]!, 'SIGKILL')
    const again = () => findReadyLine(running.output().slice(before)) !== undefined
    await waitUntil(again, WAIT_MS)
    const file = join(folder, 'till.backup')
    expect(await processes.run(['backup', '--data', dir, '--to', file])).toMatchObject({
      status: 0,
    })
    await running.close()
    const late = await processes.run(['backup', '--data', dir, '--to', `${file}.2`])
    expect(late).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('desktop program') as string,
    })
    const restored = join(folder, 'restored')
    expect((await restoreBackup(file, restored)).ok).toBe(true)
    expect(readFileSync(join(restored, 'device.key'), 'utf8')).toBe(key)

    // A copied folder is nobody's device.
    const thief = await start('eve', dir)
    expect(await thief.exited).toBe(1)
    expect(thief.shown).toMatchObject([{ content: /keychain/ }].map(withContent))
    await thief.close()

    running = await start('ann', dir, '--key-in-file')
    await serves(running)
    expect([keyOf(dir), keyOf(dir, '.sealed')]).toEqual([true, false])
    await running.close()
    expect(readFileSync(join(dir, 'device.key'), 'utf8')).toBe(key)
  })
})

test('quits when it is told to, and leaves a sound store', async () => {
  await shell.call('click', 'Quit').catch(() => undefined)
  expect(await shell.exited).toBe(0)
  expect(await verifyIn(data)).toMatchObject({ ok: true })
})
