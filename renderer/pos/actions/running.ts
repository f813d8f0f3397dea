import type { DeviceScreen } from '../../../domain/device-screen.ts'
import type { StockRow } from '../../../domain/stock-list.ts'
import type { ShownDrawer, ShownPairingCode, ShownReport } from '../../../protocol/screens.ts'
import type { SettingsRecord } from '../../../protocol/settings.ts'
import type { Answer } from '../../ui/client.ts'
import { newId } from '../../ui/new-id.ts'
import type { AuditView } from '../audit-words.ts'
import type { FloorRecord } from '../floor/floor-draft.ts'
import { notify, resetTill, useTill } from '../store.ts'
import { refusesWhileSilent, type Asking } from './asking.ts'
import type { DrawerWish, StockWish } from './wishes.ts'

/** What runs the store beside its orders: drawer, stock, menu, floor, devices, settings, reports. */
export function createRunning({ client }: Asking) {
  return {
    drawer: (wish: DrawerWish): Promise<ShownDrawer | null> =>
      carryOut(wish, () => client.call('drawer', { commandId: newId(), wish })),

    stock: (wish: StockWish): Promise<readonly StockRow[] | null> =>
      carryOut(wish, () => client.call('stock', { commandId: newId(), wish })),

    /** Null: it did not work, and a notice says why. */
    readReport: async (day: string | null): Promise<ShownReport | null> => {
      const answer = await client.call('readReport', { day })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    /** Null: it could not be read, and a notice says why. */
    readAudit: async (view: AuditView, after: string | null) => {
      const answer = await client.call('readAudit', { view, after })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    setAvailability: async (itemId: string, isAvailable: boolean) => {
      if (refusesWhileSilent()) return
      const answer = await client.call('setAvailability', {
        commandId: newId(),
        itemId,
        available: isAvailable,
      })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
    },

    /** What stands in front of all categories. */
    setFavourites: async (itemIds: readonly string[]) => {
      if (refusesWhileSilent()) return
      const call = { commandId: newId(), itemIds: [...itemIds] }
      const answer = await client.call('setFavourites', call)
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
    },

    /** False: it was not saved, and a notice says why. */
    saveFloor: async (records: FloorRecord[]): Promise<boolean> => {
      if (useTill.getState().isBusy || refusesWhileSilent()) return false
      useTill.setState({ isBusy: true, notice: null })
      const answer = await client.call('saveFloor', { commandId: newId(), records })
      useTill.setState({ isBusy: false })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok
    },

    setSettings: (records: readonly SettingsRecord[]) =>
      client.call('setSettings', { commandId: newId(), records: [...records] }),

    /** The terminal is started anew then; the page finds it again by itself. */
    train: async (wish: 'begin' | 'end') => {
      const answer = await client.call('training', { wish })
      if (answer.ok) resetTill()
      else notify({ tone: 'bad', text: answer.message })
    },

    /** Null: it did not work, and a notice says why. */
    showPairingCode: async (): Promise<ShownPairingCode | null> => {
      if (refusesWhileSilent()) return null
      const answer = await client.call('showPairingCode', {})
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    /** False: it did not work, and a notice says why. */
    renameDevice: async (deviceId: string, name: string): Promise<boolean> => {
      const answer = await client.call('renameDevice', { commandId: newId(), deviceId, name })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok
    },

    /** False: it did not work, and a notice says why. */
    setDeviceScreen: async (deviceId: string, screen: DeviceScreen): Promise<boolean> => {
      const answer = await client.call('setDeviceScreen', { commandId: newId(), deviceId, screen })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok
    },

    revokeDevice: async (deviceId: string): Promise<boolean> => {
      if (refusesWhileSilent()) return false
      const answer = await client.call('revokeDevice', { commandId: newId(), deviceId })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok
    },

    findOrders: (query: string) => client.call('findOrders', { query, limit: 50 }),

    readPicture: (pictureId: string) => client.call('readPicture', { pictureId }),
  }
}

/** One at a time. Null: it did not work, and a notice says why. */
async function carryOut<T>(
  { kind }: DrawerWish | StockWish,
  ask: () => Promise<Answer<T>>,
): Promise<T | null> {
  if (useTill.getState().isBusy || refusesWhileSilent()) return null
  useTill.setState({ isBusy: kind !== 'look', notice: null })
  const answer = await ask()
  useTill.setState({ isBusy: false })
  if (!answer.ok) notify({ tone: 'bad', text: answer.message })
  return answer.ok ? answer.value : null
}
