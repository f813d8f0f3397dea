import { BrowserWindow, type Session } from 'electron'
import { isOwnPage, pageUrl } from './pages.ts'

const BACKGROUND = { pos: '#f4f4f2', kitchen: '#101214' } as const
const RELOAD_AFTER_MS = 500

/** Makes the window of one screen. It shows our own pages and can be led nowhere else. */
export function openWindow(screen: 'pos' | 'kitchen', preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: BACKGROUND[screen],
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  webContents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  // A crashed page is only a page: the terminal process went on without it.
  webContents.on('render-process-gone', () => {
    setTimeout(() => {
      if (!window.isDestroyed()) webContents.reload()
    }, RELOAD_AFTER_MS)
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(pageUrl(screen))
  return window
}

/** No page gets a camera, a place, a notification or a device. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_webContents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
