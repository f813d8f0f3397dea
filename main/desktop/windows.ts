import { powerSaveBlocker, screen, type BrowserWindow } from 'electron'
import type { PageName } from './pages.ts'
import type { PlacesFile } from './places-file.ts'
import { placeOf } from './window-place.ts'
import { openWindow } from './window.ts'

/** One window for each page at most. Where somebody moved it, it stands the next time too. */
export interface Windows {
  /** Shows it: the one that is there, or a new one. */
  readonly show: (page: PageName) => void
  /** The device's screen is for something else now. */
  readonly replace: (page: PageName, by: PageName) => void
  /** The first that is there comes to the front. */
  readonly focusAny: () => boolean
}

interface WindowsDeps {
  readonly preload: string
  readonly icon: string
  readonly places: PlacesFile
  readonly onOpened: (page: PageName, window: BrowserWindow) => void
  readonly onCrash: (page: PageName, reason: string) => void
}

export function createWindows({ preload, icon, places, onOpened, onCrash }: WindowsDeps): Windows {
  const windows = new Map<PageName, BrowserWindow>()

  function focus(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  function open(page: PageName): void {
    const displays = screen.getAllDisplays()
    const place = placeOf(page, displays, screen.getPrimaryDisplay(), places.get(page))
    const window = openWindow({
      page,
      preload,
      icon,
      place,
      onCrash: (reason) => onCrash(page, reason),
    })
    windows.set(page, window)
    window.on('close', () => {
      if (page !== 'kitchen' && page !== 'display') places.set(page, window.getNormalBounds())
    })
    window.once('closed', () => windows.delete(page))
    if (page === 'kitchen' || page === 'display') keepAwake(window)
    onOpened(page, window)
  }

  function show(page: PageName): void {
    const window = windows.get(page)
    if (window === undefined) open(page)
    else focus(window)
  }

  return {
    show,
    replace(page, by) {
      // First the new one: the program ends with its last window.
      show(by)
      windows.get(page)?.close()
    },
    focusAny() {
      const [window] = windows.values()
      if (window !== undefined) focus(window)
      return window !== undefined
    },
  }
}

/** A screen that goes dark shows no orders. */
function keepAwake(window: BrowserWindow): void {
  const blocker = powerSaveBlocker.start('prevent-display-sleep')
  window.once('closed', () => powerSaveBlocker.stop(blocker))
}
