import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { createCalls } from './calls.ts'
import { openPage, type ShellPage } from './shell-page.ts'

/**
 * The built shell in a process of its own, its windows as pages of a real browser: the unmodified
 * main and preload, with a stand-in for the module `electron` alone.
 *
 *     test ── calls ──▶ main (stand-in `electron`) ── fork ──▶ terminal (a real process)
 *      └─ Chromium ── pages: preload in an isolated world ── ports through main ──┘
 */
export interface Shell {
  /** The window that shows this page of ours, once it has loaded. */
  readonly window: (screen: string) => Promise<ShellPage>
  readonly call: <T>(method: string, ...args: unknown[]) => Promise<T>
  /** Addresses and files that were given to the system to open. */
  readonly opened: readonly unknown[]
  /** What stood in a dialog. */
  readonly shown: readonly unknown[]
  /** Addresses outside the program that a page asked for and did not get. */
  readonly denied: readonly string[]
  readonly output: () => string
  readonly exited: Promise<number | null>
  readonly close: () => Promise<void>
}

export interface ShellOptions {
  readonly browser: Browser
  /** The folder with `main.mjs` and its preload. */
  readonly bundle: string
  readonly args: readonly string[]
  readonly userData: string
  /** Whose keychain it is; without a name there is none. */
  readonly person?: string
}

const HOOKS = new URL('./hooks.ts', import.meta.url).href
const OPEN_MS = 30_000
const POLL_MS = 20

export async function launchShell(options: ShellOptions): Promise<Shell> {
  const child = fork(join(options.bundle, 'main.mjs'), [...options.args], {
    execArgv: ['--import', HOOKS],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      STAND_IN_USER_DATA: options.userData,
      STAND_IN_PERSON: options.person ?? '',
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  const { call, serve, end } = createCalls({
    send: (message) => {
      if (child.connected) child.send(message as object)
    },
    onMessage: (listener) => void child.on('message', listener),
  })
  const exited = once(child, 'exit').then(([code]) => {
    end(`the shell has ended: ${output}`)
    return code as number | null
  })

  const context: BrowserContext = await options.browser.newContext({
    viewport: { width: 1366, height: 768 },
  })
  // A page that the shell knows answers by itself; any other comes nowhere.
  await context.route('**/*', (route) => route.abort('blockedbyclient'))
  const pages = new Map<number, ShellPage>()
  const opened: unknown[] = []
  const shown: unknown[] = []
  const denied: string[] = []
  const making = new Map<number, Promise<ShellPage>>()
  const pageOf = async (id: number): Promise<ShellPage | undefined> => making.get(id)

  serve('window.create', async (id: number, preload: string | null) => {
    const made = openPage({
      id,
      context,
      call,
      preload: preload === null ? '' : readFileSync(preload, 'utf8'),
      onDenied: (url) => denied.push(url),
    })
    making.set(id, made)
    pages.set(id, await made)
  })
  serve('window.load', async (id: number, url: string) => (await pageOf(id))?.load(url))
  serve('window.post', async (id: number, channel: string, message: unknown, ports: string[]) =>
    (await pageOf(id))?.deliver('post', channel, message, ports),
  )
  serve('window.port', async (id: number, port: string, data: unknown) =>
    (await pageOf(id))?.deliver('port', port, data),
  )
  serve('window.portClosed', async (id: number, port: string) =>
    (await pageOf(id))?.deliver('portClosed', port),
  )
  serve('window.close', async (id: number) => {
    const page = await pageOf(id)
    making.delete(id)
    pages.delete(id)
    await page?.close()
  })
  serve('opened', (what: unknown) => void opened.push(what))
  serve('shown', (what: unknown) => void shown.push(what))

  return {
    async window(screen) {
      const endMs = performance.now() + OPEN_MS
      for (;;) {
        const found = [...pages.values()].find(({ loaded }) => loaded().endsWith(`/${screen}.html`))
        if (found !== undefined) return found
        if (performance.now() > endMs) throw new Error(`no window shows ${screen}: ${output}`)
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    },
    call: (method, ...args) => call(method, ...args) as Promise<never>,
    opened,
    shown,
    denied,
    output: () => output,
    exited,
    async close() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await exited
      await context.close()
    },
  }
}
