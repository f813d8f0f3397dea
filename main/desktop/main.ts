import { join } from 'node:path'
import { app, BrowserWindow, dialog, protocol, session } from 'electron'
import { ownArguments, readArguments } from './arguments.ts'
import { SCHEME, servePage } from './pages.ts'
import { startTerminalProcess, type TerminalProcess } from './terminal-process.ts'
import { denyPermissions, openWindow } from './window.ts'

/**
 * The Electron shell: a window around the screens, and the terminal in a process beside it.
 *
 *     main ── fork ──▶ terminal (utilityProcess) ◀── MessagePort ──▶ window (sandboxed)
 *
 * It is built into one folder with its preload and the terminal's entry; the screens lie beside.
 */
const RENDERER_FOLDER = join(import.meta.dirname, '..', 'renderer')
const PRELOAD = join(import.meta.dirname, 'preload.cjs')
const TERMINAL_ENTRY = join(import.meta.dirname, 'terminal-entry.mjs')

const { screen, dataFolder, terminalArguments } = readArguments(
  ownArguments(process.argv, app.isPackaged ? null : app.getAppPath()),
  app.getPath('userData'),
)

// The lock is one per such folder: two shells on one store exclude each other, two stores do not.
app.setPath('userData', join(dataFolder, 'desktop'))

protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])

if (app.requestSingleInstanceLock()) {
  // Not awaited at the top level: Electron is not ready before this module has been evaluated.
  void app.whenReady().then(run)
} else {
  app.quit()
}

function run(): void {
  protocol.handle(SCHEME, (request) => servePage(request, RENDERER_FOLDER))
  denyPermissions(session.defaultSession)

  const terminal = startTerminalProcess({
    entry: TERMINAL_ENTRY,
    terminalArguments,
    onGivenUp(reason) {
      dialog.showErrorBox('AuraConnect POS cannot start', reason)
      app.exit(1)
    },
  })
  open(terminal)

  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open(terminal)
  })
  app.on('window-all-closed', () => app.quit())
  // Before the program ends, the terminal closes its database.
  app.on('will-quit', (event) => {
    event.preventDefault()
    void terminal.stop().finally(() => app.exit(0))
  })
}

function open(terminal: TerminalProcess): void {
  const { webContents } = openWindow(screen, PRELOAD)
  // By then the page listens; a reloaded page needs a port as a new one does.
  webContents.on('did-finish-load', () => terminal.connect(webContents, screen))
}
