import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { TerminalMessage } from '../../protocol/screens.ts'
import { openDevice, testFolder } from '../api/test-store.ts'
import type { VoucherCalls } from './voucher-calls.ts'
import type { StaffCalls } from './staff-calls.ts'
import type { SettingsCalls } from './settings-calls.ts'
import type { TrainingCalls } from './training-calls.ts'
import type { ShiftCalls } from './shift-calls.ts'
import type { ReportCalls } from './report-calls.ts'
import type { CustomerCalls } from './customer-calls.ts'
import type { DeviceCalls } from './device-calls.ts'
import { createDrawer } from '../drawer/drawer.ts'
import { createDrawerCalls } from './drawer-calls.ts'
import { createFloorCalls } from './floor-calls.ts'
import { createPictureCalls } from './picture-calls.ts'
import { createStockCalls } from './stock-calls.ts'
import { createOlderOrders } from '../older-orders.ts'
import { createScreens } from './screens.ts'

const FRIDAY = Date.UTC(2026, 10, 20, 12)
const MONDAY = Date.UTC(2026, 10, 23)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('[V1] the screens of a till that nobody tells anything change their prices at the date', async () => {
  const folder = testFolder()
  onTestFinished(folder.remove)
  const clock = { ms: FRIDAY }
  const nowMs = () => clock.ms
  const device = await openDevice(folder.dir, { name: 'A', founds: true, nowMs })
  onTestFinished(device.close)
  const { store, personalData } = device
  const drawer = createDrawer(store)
  const screens = createScreens({
    ...personalData,
    store,
    older: createOlderOrders(store.connection, async () => null),
    ...device.people,
    customerCalls: {} as CustomerCalls,
    deviceCalls: {} as DeviceCalls,
    drawerCalls: createDrawerCalls(drawer, nowMs),
    stockCalls: createStockCalls(store, nowMs),
    floorCalls: createFloorCalls(store, nowMs),
    pictureCalls: createPictureCalls(store),
    reportCalls: {} as ReportCalls,
    shiftCalls: {} as ShiftCalls,
    settingsCalls: {} as SettingsCalls,
    staffCalls: {} as StaffCalls,
    voucherCalls: {} as VoucherCalls,
    training: {} as TrainingCalls,
    isTraining: false,
    popularItemIds: () => [],
    drawer,
    printing: device.printing,
    alerts: device.alerts,
    device: { name: 'A', role: 'terminal' },
    status: () => ({}) as never,
    holdings: () => [],
    kitchenAlarmAfterMs: 1_000,
    orderTimeoutMs: 7_200_000,
    nowMs,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  })
  onTestFinished(screens.stop)
  const sent: TerminalMessage[] = []
  const carrier = { send: (message: TerminalMessage) => void sent.push(message), close: () => {} }
  screens.attach(carrier).receive({ type: 'hello', protocol: 1, screen: 'pos' })
  const prices = () =>
    sent.flatMap((message) => {
      if (message.type !== 'catalog') return []
      const items = message.catalog.menu_item
      return items.flatMap(([id, item]) => (id === 'burger-classic' ? [item.priceMinor] : []))
    })

  const held = store.catalog().menu_item.get('burger-classic')!
  store.setRecords({
    id: 'dearer',
    at: new Date(FRIDAY).toISOString(),
    actor: 'test',
    command: [
      {
        type: 'record.set',
        kind: 'menu_item',
        id: 'burger-classic',
        validFrom: new Date(MONDAY).toISOString(),
        value: { ...held, priceMinor: 1_395 },
      },
    ],
  })
  const before = prices().length
  clock.ms = MONDAY - 1
  vi.advanceTimersByTime(10_000)
  expect(prices()).toHaveLength(before)
  expect(prices().at(-1)).toBe(1_250)

  // The device slept over the date: the first look after it is enough, and one is told once.
  clock.ms = MONDAY + 40 * 3_600_000
  vi.advanceTimersByTime(10_000)
  expect(prices().slice(before)).toEqual([1_395])
})
