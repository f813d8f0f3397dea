import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { PEER_PROTOCOLS } from '../../protocol/peer.ts'
import { stampUpdate } from './stamp-update.ts'
import {
  IDLE_FOR_MS,
  mayInstall,
  protocolsOf,
  readOpeningHours,
  type GateQuestion,
} from './update-gate.ts'

const night: GateQuestion = {
  updateSpeaks: [4, 5],
  ourProtocols: [4],
  otherDevices: 3,
  openOrders: 0,
  isDrawerOpen: false,
  idleMs: IDLE_FOR_MS,
  minuteOfDay: 3 * 60,
  openingHours: { from: 7 * 60, to: 23 * 60 },
  isKnown: true,
}

test('an update is installed at night, to a version that the others speak with', () => {
  expect(mayInstall(night)).toEqual({ kind: 'install' })
  expect(mayInstall({ ...night, openingHours: null })).toEqual({ kind: 'install' })
})

test.each<[string, Partial<GateQuestion>]>([
  ['orders are open', { openOrders: 1 }],
  ['a drawer is open', { isDrawerOpen: true }],
  ['the store is open', { minuteOfDay: 7 * 60 }],
  ['the store is open', { openingHours: { from: 18 * 60, to: 4 * 60 } }],
  ['the store was in use', { idleMs: IDLE_FOR_MS - 1 }],
  ['the state of the store is not known', { isKnown: false }],
])('never in the middle of a shift: %s', (reason, change) => {
  // Also where somebody would be asked, for the protocol: the shift comes first.
  for (const updateSpeaks of [[4], [5], null])
    expect(mayInstall({ ...night, updateSpeaks, ...change })).toEqual({
      kind: 'wait',
      reason: expect.stringContaining(reason) as string,
    })
})

test('hours that go past midnight end in the morning', () => {
  const openingHours = { from: 18 * 60, to: 2 * 60 }
  const at = (minuteOfDay: number) => mayInstall({ ...night, openingHours, minuteOfDay }).kind
  expect([17 * 60, 18 * 60, 60, 2 * 60, 12 * 60].map(at)).toEqual([
    'install',
    'wait',
    'wait',
    'install',
    'install',
  ])
})

test('a version that the others could not speak with waits for a person', () => {
  expect(mayInstall({ ...night, updateSpeaks: [5] }).kind).toBe('askFirst')
  // A device of the store may speak the older of two only.
  expect(mayInstall({ ...night, updateSpeaks: [5, 6], ourProtocols: [4, 5] }).kind).toBe('askFirst')
  expect(mayInstall({ ...night, updateSpeaks: null }).kind).toBe('askFirst')
  // Nobody is left behind.
  expect(mayInstall({ ...night, updateSpeaks: [5], otherDevices: 0 }).kind).toBe('install')
})

test('an update says which protocols it speaks, and to how many it goes', () => {
  const stamped = parse(stampUpdate('version: 0.2.0\npath: x.exe\n', 10)) as unknown
  expect(stamped).toEqual({
    version: '0.2.0',
    path: 'x.exe',
    stagingPercentage: 10,
    peerProtocols: [...PEER_PROTOCOLS],
  })
  expect(protocolsOf(stamped)).toEqual([...PEER_PROTOCOLS])
  for (const said of [{}, { peerProtocols: [] }, { peerProtocols: ['4'] }, null])
    expect(protocolsOf(said)).toBeNull()
})

test('opening hours are read as they are written', () => {
  expect(readOpeningHours('07:00-23:30')).toEqual({ from: 420, to: 1_410 })
  for (const text of ['7-23', '07:00-24:00', '07:60-08:00', '', 'x07:00-08:00'])
    expect(readOpeningHours(text), text).toBeNull()
})
