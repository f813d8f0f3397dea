import { expect, test } from 'vitest'
import type { DeviceStatus, PeerStatus } from '../../protocol/screens.ts'
import { describeDrift, describeSaved, describeToSettle, worstFirst } from './strip.ts'

const peer = (driftMs: number | null) => ({ name: 'Till 2', driftMs }) as PeerStatus
const status = (change: Partial<DeviceStatus>) =>
  ({ peers: [peer(0)], conflicts: 0, lateEntries: [], ...change }) as DeviceStatus

test('[K3] the strip says whether open orders are on two devices, and never so while one is not', () => {
  const onTwo = new Set(['a', 'b'])
  expect(describeSaved(status({}), ['a', 'b'], onTwo)).toEqual({
    health: 'good',
    text: 'All saved on two',
  })
  const one = describeSaved(status({}), ['a', 'b', 'c'], onTwo)
  expect(one).toEqual({ health: 'stale', text: '1 order saved here only' })
  expect(describeSaved(status({ peers: [] }), ['a'], new Set()).text).toBe('Saved on this device')
})

test('[T2] a clock that misleads people is named in the strip', () => {
  expect(describeDrift(status({ peers: [peer(null), peer(29_999)] }))).toEqual([])
  expect(describeDrift(status({ peers: [peer(-120_000)] })).map(({ text }) => text)).toEqual([
    'Till 2: clock 2 min behind',
  ])
})

test('[F4] what waits for a manager is counted in the strip, and what is wrong stands first', () => {
  expect(describeToSettle(status({}))).toEqual([])
  const [waiting] = describeToSettle(status({ conflicts: 2 }))
  expect(waiting?.text).toBe('2 to settle')
  const items = [{ health: 'good', text: 'b' } as const, { health: 'bad', text: 'a' } as const]
  expect(worstFirst(items).map(({ text }) => text)).toEqual(['a', 'b'])
})
