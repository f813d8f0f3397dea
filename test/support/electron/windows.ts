import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { invokeFrom } from './ipc.ts'
import { ask, serve } from './shell-side.ts'
import { closedAt, placeGone, placePort, postedAt, type Place } from './ports.ts'

/** Electron's `BrowserWindow`, over a page of the Chromium that the test holds. */
interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface WindowOptions extends Partial<Bounds> {
  readonly show?: boolean
  readonly kiosk?: boolean
  readonly webPreferences?: { readonly preload?: string; readonly [name: string]: unknown }
}

const windows = new Map<number, BrowserWindow>()
let drawn = 0
type OpenHandler = (details: { readonly url: string }) => { readonly action: string }

class WebContents extends EventEmitter {
  readonly id: number
  readonly #place: Place
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  url = ''
  mainFrame = { url: '' }
  constructor(id: number) {
    super()
    this.id = id
    this.#place = {
      deliver: (port, data) => void ask('window.port', id, port, data),
      close: (port) => void ask('window.portClosed', id, port),
    }
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }
  mayOpen = (url: string): boolean => this.#openHandler({ url }).action === 'allow'
  postMessage(channel: string, message: unknown, ports: readonly { readonly id: string }[] = []) {
    const ids = ports.map(({ id }) => id)
    void ask('window.post', this.id, channel, message, ids).then(() => {
      for (const id of ids) placePort(id, this.#place)
    })
  }
  send = (channel: string, message: unknown) => this.postMessage(channel, message)
  reload = () => void ask('window.load', this.id, this.url)
  getURL = () => this.url
  isDestroyed = () => !windows.has(this.id)
  /** The page's end of every channel is gone with its document. */
  left = () => placeGone(this.#place)
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [...windows.values()]
  static getFocusedWindow = () => windows.get(focusedId) ?? null
  static fromWebContents = ({ id }: { readonly id: number }) => windows.get(id) ?? null

  readonly id = ++drawn
  readonly options: WindowOptions
  readonly webContents: WebContents
  #bounds: Bounds
  #isMinimized = false

  constructor(options: WindowOptions) {
    super()
    this.options = options
    this.#bounds = { x: 0, y: 0, width: 800, height: 600, ...options }
    this.webContents = new WebContents(this.id)
    windows.set(this.id, this)
    app.emit('web-contents-created', {}, this.webContents)
    void ask('window.create', this.id, options.webPreferences?.preload ?? null)
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.url = url
    this.webContents.mainFrame = { url }
    await ask('window.load', this.id, url)
    this.emit('ready-to-show')
  }
  show = () => this.focus()
  focus(): void {
    focusedId = this.id
    this.emit('focus')
  }
  minimize = () => void (this.#isMinimized = true)
  restore = () => void (this.#isMinimized = false)
  isMinimized = () => this.#isMinimized
  isMaximized = () => false
  isFullScreen = () => this.options.kiosk === true
  isDestroyed = () => !windows.has(this.id)
  maximize = () => undefined
  getNormalBounds = () => {
    const { x, y, width, height } = this.#bounds
    return { x, y, width, height }
  }
  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.emit('resize')
  }
  close(): void {
    let goesOn = true
    this.emit('close', { preventDefault: () => (goesOn = false) })
    if (goesOn) this.destroy()
  }
  destroy(): void {
    windows.delete(this.id)
    this.webContents.left()
    this.webContents.emit('destroyed')
    this.emit('closed')
    void ask('window.close', this.id)
    if (windows.size === 0) app.emit('window-all-closed')
  }
}
let focusedId = 0

serve('windows', () =>
  [...windows.values()].map((window) => ({
    id: window.id,
    url: window.webContents.url,
    isFocused: window.id === focusedId,
    isMinimized: window.isMinimized(),
    bounds: window.getNormalBounds(),
    options: window.options,
  })),
)
serve('window.do', (id: number, what: 'minimize' | 'close' | 'setBounds', ...args: never[]) => {
  const window = windows.get(id) as unknown as Record<string, (...args: never[]) => unknown>
  window[what]?.(...args)
})

const contentsOf = (id: number) => windows.get(id)?.webContents
serve('window.loaded', (id: number) => void contentsOf(id)?.emit('did-finish-load'))
serve('window.left', (id: number) => contentsOf(id)?.left())
serve('window.crashed', (id: number) => {
  contentsOf(id)?.left()
  contentsOf(id)?.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 })
})
serve('window.mayAttach', (id: number) => {
  let goesOn = true
  contentsOf(id)?.emit('will-attach-webview', { preventDefault: () => (goesOn = false) }, {}, {})
  return goesOn
})
serve('window.mayOpen', (id: number, url: string) => contentsOf(id)?.mayOpen(url) ?? false)
serve('window.mayGo', (id: number, url: string, isMainFrame: boolean) => {
  let goesOn = true
  const event = { url, isMainFrame, preventDefault: () => (goesOn = false) }
  contentsOf(id)?.emit('will-frame-navigate', event)
  if (isMainFrame) contentsOf(id)?.emit('will-navigate', event)
  return goesOn
})
serve('window.port', (_id: number, port: string, data: unknown) => postedAt(port, data))
serve('window.portClosed', (_id: number, port: string) => closedAt(port))
serve('window.invoke', (id: number, url: string, channel: string, args: unknown[]) => {
  const sender = contentsOf(id)
  if (sender !== undefined) sender.mainFrame.url = url
  return invokeFrom({ sender, senderFrame: sender?.mainFrame }, channel, args)
})
