import { EventEmitter } from 'node:events'
import { app, remembered } from './app.ts'
import { ipcMain } from './ipc.ts'
import { safeStorage } from './keychain.ts'
import { MessageChannelMain } from './ports.ts'
import { ask, serve } from './shell-side.ts'
import { UtilityProcess } from './utility-process.ts'
import { BrowserWindow } from './windows.ts'

/**
 * Stands in for the module `electron` in the shell's main process. What it does not have, the shell
 * does not use. Windows are pages of a real Chromium on the other side of `ask` and `serve`; what
 * has no effect outside Electron (a tray, a menu, a blocker) is remembered for the test to look at.
 */
export { app, BrowserWindow, ipcMain, MessageChannelMain, safeStorage }

type Serve = (request: Request) => Response | Promise<Response>
const schemes = new Map<string, Serve>()
export const protocol = {
  registerSchemesAsPrivileged: (list: unknown) => void (remembered['schemes'] = list),
  handle: (scheme: string, work: Serve) => void schemes.set(scheme, work),
}
serve('request', async (url: string, method: string) => {
  const work = schemes.get(new URL(url).protocol.slice(0, -1))
  if (work === undefined) return null
  const answer = await work(new Request(url, { method }))
  const body = Buffer.from(await answer.arrayBuffer())
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body }
})

type Answerer = (...args: unknown[]) => unknown
const permissions: {
  request?: Answerer | null
  check?: Answerer | null
  device?: Answerer | null
} = {}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (work: Answerer) => void (permissions.request = work),
    setPermissionCheckHandler: (work: Answerer) => void (permissions.check = work),
    setDevicePermissionHandler: (work: Answerer) => void (permissions.device = work),
  },
}
/** As Electron does, whoever sets no handler grants. */
serve('permission', async (permission: string) => ({
  request: await new Promise((resolve) => {
    if (permissions.request) permissions.request({}, permission, resolve, {})
    else resolve(true)
  }),
  check: permissions.check?.({}, permission, '', {}) ?? true,
  device: permissions.device?.({ deviceType: permission }) ?? true,
}))

export const dialog = {
  showErrorBox: (title: string, content: string) =>
    void ask('shown', { kind: 'error', title, content }),
  async showMessageBox(...args: unknown[]): Promise<{ response: number }> {
    void ask('shown', { kind: 'message', ...(args.at(-1) as object) })
    return { response: 0 }
  },
}

export const utilityProcess = {
  fork(entry: string, args: string[], options: object): UtilityProcess {
    const child = new UtilityProcess(entry, args, options)
    utilities.add(child)
    child.once('exit', () => utilities.delete(child))
    return child
  },
}
const utilities = new Set<UtilityProcess>()
serve('utilities', () => [...utilities].map(({ pid }) => pid))

interface Item {
  readonly label?: string
  readonly role?: string
  readonly accelerator?: string
  readonly checked?: boolean
  readonly submenu?: readonly Item[]
  readonly click?: (...args: unknown[]) => void
}
class BuiltMenu {
  readonly items: readonly Item[]
  constructor(items: readonly Item[]) {
    this.items = items
  }
}
let applicationMenu: BuiltMenu | null = null
export const Menu = {
  buildFromTemplate: (items: readonly Item[]) => new BuiltMenu(items),
  setApplicationMenu: (menu: BuiltMenu | null) => void (applicationMenu = menu),
}
const everyItem = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...everyItem(item.submenu ?? [])])
const shown = ({ label, role, accelerator }: Item) => ({ label, role, accelerator })
serve('menu', () => everyItem(applicationMenu?.items ?? []).map(shown))
serve('tray', () => ({ toolTip: tray.toolTip, items: tray.menu?.items.map(shown) }))
serve('click', (label: string) => {
  const all = [...(applicationMenu?.items ?? []), ...(tray.menu?.items ?? [])]
  const item = everyItem(all).find((one) => one.label === label)
  if (item?.click === undefined) throw new Error(`no menu has ${label}`)
  item.click({ ...item, checked: item.checked !== true })
})

const tray = { toolTip: '', menu: null as BuiltMenu | null }
export class Tray extends EventEmitter {
  constructor(image: unknown) {
    super()
    remembered['trayImage'] = image
  }
  setToolTip = (text: string) => void (tray.toolTip = text)
  setContextMenu = (menu: BuiltMenu) => void (tray.menu = menu)
  isDestroyed = () => false
}
export const nativeImage = { createFromPath: (path: string) => ({ path }) }

export const powerMonitor = new EventEmitter()
const emitters: Readonly<Record<string, EventEmitter>> = { app, powerMonitor }
serve('emit', (target: string, event: string, ...args: unknown[]) => {
  emitters[target]?.emit(event, { preventDefault: () => undefined }, ...args)
})

const blockers = new Map<number, string>()
export const powerSaveBlocker = {
  start(type: string): number {
    blockers.set(blockers.size + 1, type)
    return blockers.size
  },
  stop: (id: number) => blockers.delete(id),
  isStarted: (id: number) => blockers.has(id),
}
serve('blockers', () => [...blockers.values()])

const primary = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1366, height: 768 },
  workArea: { x: 0, y: 0, width: 1366, height: 740 },
}
const displays = [
  primary,
  {
    id: 2,
    bounds: { x: 1366, y: 0, width: 1920, height: 1080 },
    workArea: { x: 1366, y: 0, width: 1920, height: 1080 },
  },
]
export const screen = {
  getAllDisplays: () => displays,
  getPrimaryDisplay: () => primary,
}

export const shell = {
  openExternal: async (url: string) => void ask('opened', url),
  openPath: async (path: string) => {
    void ask('opened', path)
    return ''
  },
}
export const crashReporter = {
  start: (options: unknown) => void (remembered['crashReporter'] = options),
}
