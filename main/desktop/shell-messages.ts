/** What the shell says to the terminal process; a `screen` message carries the window's port. */
export type ShellMessage =
  | { readonly type: 'screen'; readonly screen: 'pos' | 'kitchen' }
  /** The computer has slept: whoever was lost meanwhile is called now. */
  | { readonly type: 'resync' }
  /** The device's key, to a terminal that wanted it; null: it lies in its file now. */
  | { readonly type: 'key'; readonly key: string | null }
  | { readonly type: 'stop' }

/** What the terminal process says to the shell: why it does not run. The shell then ends it. */
export interface Refusal {
  readonly type: 'refused'
  readonly reason: string
}

/** What the terminal process says where its key lies in the keychain, which the shell alone opens. */
export interface KeyWanted {
  readonly type: 'keyWanted'
}

export const isKeyWanted = (data: unknown): data is KeyWanted =>
  isMessage(data) && data.type === 'keyWanted'

/** How the store is at this moment, as far as this device knows: for the tray and for updates. */
export interface Moment {
  readonly type: 'moment'
  readonly openOrders: number
  readonly isDrawerOpen: boolean
  /** The other devices of the store, and those of them that are heard. */
  readonly devices: number
  readonly devicesHeard: number
  /** Entries that are not yet at the centre; null: unknown, or there is no centre. */
  readonly waiting: number | null
  /** What a person has to look at. */
  readonly toSettle: number
  readonly centralUrl: string | null
  /** What the screen of this device is for; null: nobody has said. */
  readonly startPage: 'pos' | 'kitchen' | null
  readonly guestDisplay: boolean
}

export function readRefusal(data: unknown): string | undefined {
  if (!isMessage(data) || data.type !== 'refused' || !('reason' in data)) return undefined
  return typeof data.reason === 'string' ? data.reason : undefined
}

/** Reads how the store is; nothing where it was not said, or not so. */
export function readMoment(data: unknown): Moment | undefined {
  if (!isMessage(data) || data.type !== 'moment') return undefined
  const said = data as Partial<Record<keyof Moment, unknown>>
  const counts = [said.openOrders, said.devices, said.devicesHeard, said.toSettle]
  const isWhole =
    counts.every(isCount) &&
    typeof said.isDrawerOpen === 'boolean' &&
    typeof said.guestDisplay === 'boolean' &&
    [null, 'pos', 'kitchen'].includes(said.startPage as string | null) &&
    (said.waiting === null || isCount(said.waiting)) &&
    (said.centralUrl === null || typeof said.centralUrl === 'string')
  return isWhole ? (data as unknown as Moment) : undefined
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0

const isMessage = (data: unknown): data is { readonly type: unknown } =>
  typeof data === 'object' && data !== null && 'type' in data

/** Reads a message from the shell; nothing for what it never says. */
export function readShellMessage(data: unknown): ShellMessage | undefined {
  if (!isMessage(data)) return undefined
  if (data.type === 'stop' || data.type === 'resync') return { type: data.type }
  if (data.type === 'key' && 'key' in data)
    return data.key === null || typeof data.key === 'string'
      ? { type: 'key', key: data.key }
      : undefined
  if (data.type !== 'screen' || !('screen' in data)) return undefined
  return data.screen === 'pos' || data.screen === 'kitchen'
    ? { type: 'screen', screen: data.screen }
    : undefined
}
