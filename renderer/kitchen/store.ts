import { create } from 'zustand'
import type { DeviceScreen } from '../../domain/device-screen.ts'
import type { Volume } from './settings.ts'
import { keepSettings, keptSettings, type KitchenSettings, type Mode } from './settings.ts'
import { applyTheme, type Theme } from '../ui/theme.ts'
import type { KeyMap } from './keys.ts'

export type Panel = 'recall' | 'allDay' | 'settings' | 'alerts'

interface KitchenScreen {
  readonly settings: KitchenSettings
  readonly page: number
  readonly panel: Panel | null
  readonly notice: string | null
  /** The next place that is named is rushed, and not bumped. */
  readonly isRushing: boolean
}

export const useKitchen = create<KitchenScreen>(() => ({
  settings: keptSettings(),
  page: 0,
  panel: null,
  notice: null,
  isRushing: false,
}))

const { setState, getState } = useKitchen

function change(part: Partial<KitchenSettings>) {
  const settings = { ...getState().settings, ...part }
  keepSettings(settings)
  setState({ settings })
}

export function chooseMode(mode: Mode) {
  change({ mode })
  setState({ page: 0, isRushing: false })
}

export function chooseStations(stationIds: readonly string[]) {
  change({ stationIds })
  setState({ page: 0 })
}

/** As a manager said at a till. */
export function takeUse({ use, stationIds }: Pick<DeviceScreen, 'use' | 'stationIds'>) {
  change({ mode: use === 'expo' ? 'expo' : 'prep', stationIds })
  setState({ page: 0, isRushing: false })
}

export const chooseVolume = (volume: Volume) => change({ volume })
export function chooseTheme(theme: Theme) {
  applyTheme(theme)
  change({ theme })
}
export const chooseKeys = (keys: KeyMap) => change({ keys })

export const showPage = (page: number) => setState({ page })
export const openPanel = (panel: Panel | null) =>
  setState({ panel, notice: null, isRushing: false })
export const togglePanel = (panel: Panel) => openPanel(getState().panel === panel ? null : panel)
export const notifyKitchen = (notice: string | null) => setState({ notice })
export const setRushing = (isRushing: boolean) => setState({ isRushing })
