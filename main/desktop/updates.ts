import electronUpdater from 'electron-updater'
import { protocolsOf, type GateAnswer } from './update-gate.ts'

/**
 * Updates, looked for and fetched in the background, and installed when the gate says so. An update's
 * roll-out to a share of the tills is electron-updater's own (`stagingPercentage` in the metadata).
 */
export interface Updates {
  /** Somebody says so: an update that is there is installed, unless a shift runs. */
  readonly installNow: () => GateAnswer | null
  readonly stop: () => void
}

interface UpdatesDeps {
  readonly gate: (updateSpeaks: readonly number[] | null) => GateAnswer
  readonly log: (words: string) => void
}

const LOOK_EVERY_MS = 4 * 60 * 60_000
const TRY_EVERY_MS = 5 * 60_000

export function startUpdates({ gate, log }: UpdatesDeps): Updates {
  const { autoUpdater } = electronUpdater
  autoUpdater.autoDownload = true
  // The end of a program is no end of a shift: a till that is restarted at noon stays as it is.
  autoUpdater.autoInstallOnAppQuit = false
  autoUpdater.allowDowngrade = false
  autoUpdater.logger = null
  let ready: readonly number[] | null | undefined

  autoUpdater.on('update-downloaded', (info) => {
    ready = protocolsOf(info)
    log(`an update to ${info.version} is ready`)
    tryToInstall()
  })
  autoUpdater.on('error', (error) => log(`updates: ${error.message}`))

  function tryToInstall(): void {
    if (ready !== undefined && gate(ready).kind === 'install')
      autoUpdater.quitAndInstall(true, true)
  }
  const look = (): void => {
    // What goes wrong was said to 'error' already.
    autoUpdater.checkForUpdates().catch(() => undefined)
  }
  look()
  const timers = [setInterval(look, LOOK_EVERY_MS), setInterval(tryToInstall, TRY_EVERY_MS)]

  return {
    installNow() {
      if (ready === undefined) return null
      const answer = gate(ready)
      if (answer.kind !== 'wait') autoUpdater.quitAndInstall(false, true)
      return answer
    },
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  }
}
