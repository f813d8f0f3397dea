import { screenPage, type DeviceScreen } from '../../domain/device-screen.ts'
import { useLive } from './live-store.ts'
import { remember, remembered } from './remembered.ts'

/**
 * What a manager said at some till that this device's screen is for (rule J6). Each word is taken over
 * once: what somebody chooses at the screen itself afterwards stands until the next one.
 */
const KEY = 'device-screen'

export interface ScreenFollower {
  readonly page: 'pos' | 'kitchen'
  /** Takes over what was said of this very page. */
  readonly take: (screen: DeviceScreen) => void
  readonly go: (page: 'pos' | 'kitchen') => void
}

export function followDeviceScreen({ page, take, go }: ScreenFollower): () => void {
  let taken = remembered(KEY)
  /** Nothing was said when this page came up: what is said now is meant for it. */
  let sawNone = false
  return useLive.subscribe(({ device, catalog }) => {
    if (device === null || catalog === null) return
    const said = catalog.device_screen.get(device.deviceId)
    if (said === undefined) {
      sawNone = true
      return
    }
    const text = JSON.stringify(said)
    if (text === taken) return
    const isNews = taken !== null || sawNone
    taken = text
    remember(KEY, text)
    if (screenPage(said) === page) take(said)
    // Somebody who opens another page by hand stays on it.
    else if (isNews) go(screenPage(said))
  })
}

/** The desktop program has windows of its own, which its shell opens. */
export function goToPage(page: 'pos' | 'kitchen'): void {
  if (window.aura?.isDesktop !== true) location.replace(`/${page}`)
}
