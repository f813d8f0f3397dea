import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
} from 'electron'
import { PEER_PROTOCOLS } from '../../protocol/peer.ts'
import { ownArguments, readArguments } from './arguments.ts'
import { LINK_PROTOCOL, linkIn, readLink, type Link } from './deep-links.ts'
import { createKeySafe } from './key-safe.ts'
import { openLogFile } from './log-file.ts'
import { menuTemplate } from './menu.ts'
import { officeAddress } from './office-address.ts'
import { PAGE_CALLS_CHANNEL, readPageCall } from './page-calls.ts'
import { SCHEME, servePage } from './pages.ts'
import { openPlacesFile } from './places-file.ts'
import type { Moment } from './shell-messages.ts'
import { startTerminalProcess } from './terminal-process.ts'
import { trayText } from './tray-text.ts'
import { mayInstall, type GateAnswer } from './update-gate.ts'
import type { Updates } from './updates.ts'
import { denyPermissions, lockNavigation } from './window.ts'
import { createWindows } from './windows.ts'

/**
 * The Electron shell: windows around the screens, and the terminal in a process beside them.
 *
 *     main ── fork ──▶ terminal (utilityProcess) ◀── MessagePort ──▶ window (sandboxed)
 *
 * It is built into one folder with its preload and the terminal's entry; the screens lie beside.
 */
const RENDERER_FOLDER = join(import.meta.dirname, '..', 'renderer')
const PRELOAD = join(import.meta.dirname, 'preload.cjs')
const TERMINAL_ENTRY = join(import.meta.dirname, 'terminal-entry.mjs')
const ICON = join(import.meta.dirname, 'icon.png')

const argv = ownArguments(process.argv, app.isPackaged ? null : app.getAppPath())
const options = readArguments(argv, app.getPath('userData'))

// The lock is one per such folder: two shells on one store exclude each other, two stores do not.
const folder = join(options.dataFolder, 'desktop')
app.setPath('userData', folder)
app.setPath('crashDumps', join(folder, 'crashes'))
// Kept on this computer, and sent to nobody.
crashReporter.start({ uploadToServer: false })
app.enableSandbox()

protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
app.on('web-contents-created', (_event, webContents) => lockNavigation(webContents))

if (app.requestSingleInstanceLock()) {
  // Not awaited at the top level: Electron is not ready before this module has been evaluated.
  void app.whenReady().then(run)
} else {
  app.quit()
}

function run(): void {
  protocol.handle(SCHEME, (request) => servePage(request, RENDERER_FOLDER))
  denyPermissions(session.defaultSession)
  app.setAsDefaultProtocolClient(LINK_PROTOCOL)

  const log = openLogFile(join(folder, 'logs'))
  const say = (words: string): void =>
    log.write(`${JSON.stringify({ at: new Date().toISOString(), from: 'shell', words })}\n`)
  let moment: Moment | null = null
  let changedMs = performance.now()

  const keySafe = createKeySafe({
    dir: options.dataFolder,
    keychain: safeStorage,
    staysInFile: options.keyInFile,
    say,
  })
  const tray = new Tray(nativeImage.createFromPath(ICON))
  const terminal = startTerminalProcess({
    entry: TERMINAL_ENTRY,
    terminalArguments: options.terminalArguments,
    key: keySafe.open,
    onGivenUp(reason) {
      dialog.showErrorBox('AuraConnect POS cannot start', reason)
      app.exit(1)
    },
    onMoment(now) {
      follow(now)
      moment = now
      changedMs = performance.now()
      tray.setToolTip(trayText(moment))
      // A device that is the only one stays openable without a keychain: nobody could let it in again.
      if (moment.devices > 0) void keySafe.seal()
    },
    onOutput(text) {
      process.stdout.write(text)
      log.write(text)
    },
  })

  const windows = createWindows({
    preload: PRELOAD,
    icon: ICON,
    places: openPlacesFile(join(folder, 'windows.json')),
    onOpened(page, { webContents }) {
      if (page === 'logs' || page === 'display') return
      // By then the page listens; a reloaded page needs a port as a new one does.
      webContents.on('did-finish-load', () => terminal.connect(webContents, page))
    },
    onCrash: (page, reason) => say(`the window ${page} has crashed: ${reason}`),
  })

  let shown = options.screen
  let showsGuests = false
  /** What a manager said at some till that this device's screen is for. */
  function follow({ startPage, guestDisplay }: Moment): void {
    if (startPage !== null && startPage !== shown) {
      windows.replace(shown, startPage)
      shown = startPage
    }
    if (guestDisplay && !showsGuests) windows.show('display')
    showsGuests = guestDisplay
  }

  function open(link: Link): void {
    if (link !== 'office') return windows.show(link)
    const address = officeAddress(moment?.centralUrl ?? null)
    if (address === null) {
      void dialog.showMessageBox({
        message: 'This store has no centre whose office can be opened.',
      })
    } else void shell.openExternal(address)
  }

  ipcMain.handle(PAGE_CALLS_CHANNEL, ({ sender, senderFrame }, data: unknown) => {
    const isMainFrame = senderFrame === sender.mainFrame
    readPageCall(senderFrame && { url: senderFrame.url, isMainFrame }, data)
    return log.tail()
  })

  const gate = (updateSpeaks: readonly number[] | null): GateAnswer => {
    const now = new Date()
    return mayInstall({
      updateSpeaks,
      ourProtocols: PEER_PROTOCOLS,
      otherDevices: moment?.devices ?? 0,
      openOrders: moment?.openOrders ?? 0,
      isDrawerOpen: moment?.isDrawerOpen ?? false,
      idleMs: performance.now() - changedMs,
      minuteOfDay: now.getHours() * 60 + now.getMinutes(),
      openingHours: options.openingHours,
      isKnown: moment !== null,
    })
  }
  let updates: Updates | null = null
  if (app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml'))) {
    void import('./updates.ts').then(({ startUpdates }) => {
      updates = startUpdates({ gate, log: say })
    })
  }
  function update(): void {
    const answer = updates?.installNow() ?? null
    if (answer === null) void dialog.showMessageBox({ message: 'There is no update to install.' })
    else if (answer.kind === 'wait')
      void dialog.showMessageBox({ message: `Not now: ${answer.reason}.` })
  }

  const template = menuTemplate({
    open,
    startsAtLogin: app.getLoginItemSettings().openAtLogin,
    setStartAtLogin: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
    update,
    quit: () => app.quit(),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  tray.setToolTip(trayText(moment))
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Show', click: () => windows.show(shown) },
      { label: 'Logs', click: () => open('logs') },
      { label: 'Quit', click: () => app.quit() },
    ]),
  )

  windows.show(options.screen)
  const asked = linkIn(argv)
  if (asked !== null && asked !== 'office') open(asked)

  app.on('second-instance', (_event, others) => {
    const link = linkIn(others)
    if (link !== null) open(link)
    else windows.focusAny()
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    const link = readLink(url)
    if (link !== null) open(link)
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) windows.show(shown)
  })
  powerMonitor.on('resume', () => {
    say('the computer has woken')
    terminal.resync()
  })
  app.on('window-all-closed', () => app.quit())
  // Before the program ends, the terminal closes its database.
  app.on('will-quit', (event) => {
    event.preventDefault()
    updates?.stop()
    void terminal.stop().finally(() => app.exit(0))
  })
}
