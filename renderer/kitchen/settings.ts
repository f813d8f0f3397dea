import { remember, remembered } from '../ui/remembered.ts'
import type { Theme } from '../ui/theme.ts'
import { DEFAULT_KEYS, KEY_ACTIONS, type KeyMap } from './keys.ts'

/** What one kitchen screen shows and how it sounds: chosen on it, and kept on it. */
export const MODES = ['prep', 'expo'] as const
export type Mode = (typeof MODES)[number]

export const VOLUMES = [0, 1, 2, 3] as const
export type Volume = (typeof VOLUMES)[number]

export interface KitchenSettings {
  readonly mode: Mode
  /** Empty: all stations. */
  readonly stationIds: readonly string[]
  readonly volume: Volume
  readonly keys: KeyMap
  readonly theme: Theme
}

const KEY = 'kitchen.screen'

export const DEFAULT_SETTINGS: KitchenSettings = {
  mode: 'prep',
  stationIds: [],
  volume: 2,
  keys: DEFAULT_KEYS,
  theme: 'dark',
}

/** What was kept may come from an older program, or from somebody's hand. */
export function readSettings(kept: string | null): KitchenSettings {
  try {
    const read = JSON.parse(kept ?? '{}') as Partial<Record<keyof KitchenSettings, unknown>>
    return {
      mode: MODES.find((mode) => mode === read.mode) ?? DEFAULT_SETTINGS.mode,
      stationIds: textsIn(read.stationIds),
      volume: VOLUMES.find((volume) => volume === read.volume) ?? DEFAULT_SETTINGS.volume,
      keys: readKeys(read.keys),
      theme: read.theme === 'light' ? 'light' : DEFAULT_SETTINGS.theme,
    }
  } catch {
    return DEFAULT_SETTINGS
  }
}

function readKeys(read: unknown): KeyMap {
  if (typeof read !== 'object' || read === null) return DEFAULT_KEYS
  const kept = read as Record<string, unknown>
  return Object.fromEntries(
    KEY_ACTIONS.map((action) => [
      action,
      Array.isArray(kept[action]) ? textsIn(kept[action]) : DEFAULT_KEYS[action],
    ]),
  ) as unknown as KeyMap
}

const textsIn = (read: unknown): string[] =>
  Array.isArray(read) ? read.filter((one) => typeof one === 'string') : []

export const keptSettings = (): KitchenSettings => readSettings(remembered(KEY))

export const keepSettings = (settings: KitchenSettings): void =>
  remember(KEY, JSON.stringify(settings))
