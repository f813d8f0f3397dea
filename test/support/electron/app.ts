import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { takeInstanceLock } from './instance-lock.ts'
import { serve } from './shell-side.ts'

// In a packaged program the arguments follow the program itself.
process.argv.splice(1, 1)
Object.assign(process, { resourcesPath: '/nowhere' })

const paths = new Map<string, string>([['userData', process.env['STAND_IN_USER_DATA'] ?? '']])

/** What was set and has no effect outside Electron, for the test to look at. */
export const remembered: Record<string, unknown> = {}
serve('remembered', () => remembered)

let isReady = false
let isQuitting = false

class App extends EventEmitter {
  readonly isPackaged = true
  readonly name = 'AuraConnect POS'
  getAppPath = () => process.cwd()
  getVersion = () => '0.1.0'
  getLocale = () => 'en-US'
  getPath = (name: string) => paths.get(name) ?? ''
  isReady = () => isReady
  setPath(name: string, path: string): void {
    paths.set(name, path)
    mkdirSync(path, { recursive: true })
  }
  setAppUserModelId = (id: string) => void (remembered['appUserModelId'] = id)
  setAsDefaultProtocolClient(scheme: string): boolean {
    remembered['protocolClient'] = scheme
    return true
  }
  setLoginItemSettings = (settings: unknown) => void (remembered['loginItem'] = settings)
  getLoginItemSettings = () =>
    (remembered['loginItem'] as { openAtLogin: boolean } | undefined) ?? { openAtLogin: false }
  enableSandbox = () => void (remembered['sandboxEverywhere'] = true)
  requestSingleInstanceLock(): boolean {
    return takeInstanceLock(this.getPath('userData'), process.argv, (argv) =>
      this.emit('second-instance', {}, argv, process.cwd(), null),
    )
  }
  async whenReady(): Promise<void> {
    await ready
  }
  quit(): void {
    if (isQuitting) return
    isQuitting = true
    if (!this.#goesOn('before-quit')) return
    if (!this.#goesOn('will-quit')) return
    this.exit(0)
  }
  exit = (code = 0) => process.exit(code)
  #goesOn(event: string): boolean {
    let goesOn = true
    this.emit(event, { preventDefault: () => (goesOn = false) })
    return goesOn
  }
}

export const app = new App()
const ready = new Promise<void>((resolve) => {
  setImmediate(() => {
    isReady = true
    resolve()
    app.emit('ready')
  })
})
