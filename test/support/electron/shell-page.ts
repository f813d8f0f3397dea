import { readFileSync } from 'node:fs'
import type { BrowserContext, CDPSession, Page, Route } from 'playwright-core'
import type { Calls } from './calls.ts'

/**
 * One window of the shell as a page of Chromium. A browser knows no `app:` addresses, so the page
 * lies at an https address of its own whose every request the shell's protocol handler answers.
 */
export interface ShellPage {
  /** The page as it is now: a crashed one is replaced by the next load. */
  readonly page: () => Page
  /** The address it has loaded; empty while it is on its way, or has crashed. */
  readonly loaded: () => string
  readonly load: (url: string) => Promise<void>
  readonly deliver: (
    what: 'post' | 'port' | 'portClosed' | 'answered',
    ...args: unknown[]
  ) => Promise<void>
  readonly crash: () => Promise<void>
  readonly close: () => Promise<void>
}

interface PageOptions {
  readonly id: number
  readonly context: BrowserContext
  readonly call: Calls['call']
  readonly preload: string
  readonly onDenied: (url: string) => void
}

interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

const WORLD = 'electron-preload'
const here = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const PAGE_WORLD = here('./page-world.js')
const PRELOAD_WORLD = here('./preload-world.js')

const DOMAIN = '.app.invalid'
const toBrowser = (url: string): string => url.replace(/^app:\/\/([^/]+)/, `https://$1${DOMAIN}`)
const toShell = (url: string): string =>
  url.replace(new RegExp(`^https://([^/]+)\\${DOMAIN}`), 'app://$1')

export async function openPage(options: PageOptions): Promise<ShellPage> {
  const { id, call } = options
  let current = await start(options, () => loading)
  let loading: string | null = null
  let url = ''
  let isClosed = false
  let isCrashed = false

  return {
    page: () => current.page,
    loaded: () => url,
    async load(asked) {
      if (isClosed) return
      if (isCrashed) {
        isCrashed = false
        await current.page.close().catch(() => undefined)
        current = await start(options, () => loading)
      }
      url = ''
      loading = asked
      // A page that goes away while it loads has nothing more to load.
      await current.page.goto(toBrowser(asked)).then(
        () => (url = asked),
        () => undefined,
      )
      loading = null
    },
    async deliver(what, ...args) {
      if (isClosed || isCrashed) return
      await current.deliver(what, args)
    },
    async crash() {
      isCrashed = true
      url = ''
      const gone = new Promise((resolve) => current.page.once('crash', resolve))
      void current.session.send('Page.crash').catch(() => undefined)
      await gone
      await call('window.crashed', id)
    },
    async close() {
      isClosed = true
      await current.page.close().catch(() => undefined)
    },
  }
}

async function start(options: PageOptions, loading: () => string | null) {
  const { id, context, call } = options
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  const world = await openWorld(session, options.preload, (message) => heard(message))
  await page.route('**/*', (route) => answer(route, page, options, loading()))
  page.on('load', () => void call('window.loaded', id).catch(() => undefined))
  page.on('popup', (popup) => void popup.close())
  session.on('Page.windowOpen', ({ url }) => {
    void call('window.mayOpen', id, toShell(url)).then((may) => {
      options.onDenied(may === true ? `allowed: ${url}` : url)
    })
  })
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) void call('window.left', id).catch(() => undefined)
  })

  function heard(message: Record<string, unknown>): void {
    if ('invoke' in message) {
      call('window.invoke', id, toShell(page.url()), message['invoke'], message['args']).then(
        (value) => world.run('answered', [{ id: message['id'], value }]),
        (error: unknown) => world.run('answered', [{ id: message['id'], error: String(error) }]),
      )
    } else if (message['isClosed'] === true) void call('window.portClosed', id, message['port'])
    else void call('window.port', id, message['port'], message['data'])
  }

  return { page, session, deliver: world.run }
}

/** The preload in a world of its own, started before the page's scripts in every document. */
async function openWorld(
  session: CDPSession,
  preload: string,
  onMessage: (message: Record<string, unknown>) => void,
) {
  let contextId: number | undefined
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === WORLD) contextId = context.id
  })
  session.on('Runtime.bindingCalled', ({ payload }) => {
    onMessage(JSON.parse(payload) as Record<string, unknown>)
  })
  await session.send('Page.enable')
  await session.send('Runtime.enable')
  await session.send('Runtime.addBinding', {
    name: 'standInSend',
    executionContextName: WORLD,
  })
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: PAGE_WORLD })
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    source: `${PRELOAD_WORLD}\n${preload}`,
    worldName: WORLD,
  })
  return {
    async run(what: string, args: unknown[]): Promise<void> {
      if (contextId === undefined) return
      const list = args.map((one) => JSON.stringify(one) ?? 'undefined').join(', ')
      await session
        .send('Runtime.evaluate', { expression: `standIn.${what}(${list})`, contextId })
        // The document was replaced meanwhile; its ports went with it.
        .catch(() => undefined)
    },
  }
}

async function answer(
  route: Route,
  page: Page,
  { id, call, onDenied }: PageOptions,
  loading: string | null,
): Promise<void> {
  const request = route.request()
  const url = toShell(request.url())
  if (request.isNavigationRequest() && url !== loading) {
    const isMainFrame = request.frame() === page.mainFrame()
    if ((await call('window.mayGo', id, url, isMainFrame)) !== true) {
      onDenied(url)
      return route.abort('aborted')
    }
  }
  const answered = (await call('request', url, request.method())) as Answer | null
  if (answered === null) {
    onDenied(url)
    return route.abort('blockedbyclient')
  }
  const { status, headers, body } = answered
  await route.fulfill({ status, headers, body })
}
