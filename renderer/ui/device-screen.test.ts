import { beforeEach, expect, test } from 'vitest'
import { emptyCatalog } from '../../domain/catalog.ts'
import type { DeviceScreen, ScreenUse } from '../../domain/device-screen.ts'
import { followDeviceScreen } from './device-screen.ts'
import { useLive } from './live-store.ts'

const kept = new Map<string, string>()
beforeEach(() => {
  kept.clear()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  Object.assign(globalThis, { localStorage: storage })
  useLive.setState({ catalog: null, device: { deviceId: 'me' } as never })
})

function hear(use: ScreenUse | null, stationIds: readonly string[] = []) {
  const catalog = emptyCatalog()
  const screen: DeviceScreen | null = use && {
    use,
    stationIds: [...stationIds],
    guestDisplay: false,
  }
  if (screen !== null) catalog.device_screen.set('me', screen)
  useLive.setState({ catalog })
}

function open(page: 'pos' | 'kitchen') {
  const did: string[] = []
  const stop = followDeviceScreen({
    page,
    take: ({ use, stationIds }) => did.push(`take ${use} ${stationIds.join()}`.trim()),
    go: (to) => did.push(`go ${to}`),
  })
  return { did, stop }
}

test('[J6] what was said elsewhere is taken over once, and what is chosen here after that stays', () => {
  const { did, stop } = open('kitchen')
  hear(null)
  hear('prep', ['grill'])
  hear('prep', ['grill'])
  expect(did).toEqual(['take prep grill'])
  stop()
  // The page is loaded anew, and somebody has chosen other stations at it meanwhile.
  const again = open('kitchen')
  hear('prep', ['grill'])
  expect(again.did).toEqual([])
  hear('expo')
  expect(again.did).toEqual(['take expo'])
  again.stop()
})

test('[J6] a screen that is for something else now goes there; one that was opened by hand stays', () => {
  const opened = open('pos')
  hear('prep')
  expect(opened.did).toEqual([])
  opened.stop()
  kept.clear()
  const before = open('pos')
  hear(null)
  hear('expo')
  expect(before.did).toEqual(['go kitchen'])
  before.stop()
})
