import { BrowserWindow, type Session, type WebContents } from 'electron'
import { isOwnPage, pageUrl, type PageName } from './pages.ts'
import type { Place } from './window-place.ts'

const BACKGROUND = {
  pos: '#f4f4f2',
  kitchen: '#101214',
  display: '#ffffff',
  logs: '#f4f4f2',
} as const
const RELOAD_AFTER_MS = 500

export interface WindowOptions {
  readonly page: PageName
  readonly preload: string
  readonly place: Place
  readonly icon: string
  readonly onCrash: (reason: string) => void
}

/** Makes the window of one page. It shows our own pages and can be led nowhere else. */
export function openWindow({ page, preload, place, icon, onCrash }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...place,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: BACKGROUND[page],
    icon,
    kiosk: page === 'kitchen' || page === 'display',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  const { webContents } = window
  // A crashed page is only a page: the terminal process went on without it.
  webContents.on('render-process-gone', (_event, { reason }) => {
    onCrash(reason)
    setTimeout(() => {
      if (!window.isDestroyed()) webContents.reload()
    }, RELOAD_AFTER_MS)
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(pageUrl(page))
  return window
}

/** Whatever makes a page, here or in a library: it leads nowhere, and opens nothing. */
export function lockNavigation(webContents: WebContents): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  webContents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  webContents.on('will-attach-webview', (event) => event.preventDefault())
}

/** No page gets a camera, a place, a notification or a device. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_webContents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
