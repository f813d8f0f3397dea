import { expect, test } from 'vitest'
import { emptyCatalog } from '../../domain/catalog.ts'
import type { PeerStatus } from '../../protocol/screens.ts'
import { formatCode } from '../ui/format.ts'
import { joinedText, listRoster, newcomerSince } from './roster.ts'

const NOW = 1_000_000_000

function storeOf(...codes: string[]) {
  const catalog = emptyCatalog()
  for (const code of codes) {
    catalog.device.set(`id-${code}`, {
      name: `Till ${code}`,
      role: code === 'C' ? 'kitchen' : 'terminal',
      code,
      origin: `origin-${code}`,
      admittedBy: code === 'A' ? null : 'id-A',
    })
  }
  return catalog
}

const peer = (code: string, more: Partial<PeerStatus> = {}): PeerStatus => ({
  deviceId: `id-${code}`,
  name: `Till ${code}`,
  role: 'terminal',
  connected: true,
  lastHeardMs: NOW,
  theyLack: 0,
  weLack: 0,
  driftMs: 0,
  ...more,
})

test('[P1] [K3] this device first, then the others with their last contact, those removed last', () => {
  const catalog = storeOf('A', 'AA', 'B', 'C', 'D')
  catalog.revocation.set('id-B', { revokedBy: 'id-A' })
  const peers = [
    peer('A'),
    peer('D', { connected: false, lastHeardMs: NOW - 12_000 }),
    peer('AA', { connected: false, lastHeardMs: null }),
  ]
  const rows = listRoster(catalog, 'id-C', peers, NOW)
  expect(rows.map(({ code, role, contact }) => [code, role, contact.health, contact.text])).toEqual(
    [
      ['C', 'Kitchen screen', 'good', 'This device'],
      ['A', 'Till', 'good', 'Connected'],
      ['D', 'Till', 'bad', 'Heard 12 s ago'],
      ['AA', 'Till', 'bad', 'Not heard since start'],
      ['B', 'Till', 'off', 'Removed'],
    ],
  )
  expect(rows.filter(({ isOwn }) => isOwn)).toHaveLength(1)
  expect(rows.filter(({ isRemoved }) => isRemoved).map(({ code }) => code)).toEqual(['B'])
})

test('[K3] while the terminal is silent no device looks connected', () => {
  const catalog = storeOf('A', 'B', 'C')
  catalog.revocation.set('id-C', { revokedBy: 'id-A' })
  expect(listRoster(catalog, 'id-A', null, NOW).map(({ contact }) => contact.text)).toEqual([
    'This device',
    'Unknown',
    'Removed',
  ])
})

test('[T2] a clock is spoken of once it is wrong enough to mislead people', () => {
  const drifts = [0, 29_999, -29_999, 30_000, -86_400_000, null]
  const texts = drifts.map((driftMs) => {
    const rows = listRoster(storeOf('A', 'B'), 'id-A', [peer('B', { driftMs })], NOW)
    return rows[1]!.drift
  })
  expect(texts).toEqual([
    null,
    null,
    null,
    'Its clock is 30 s ahead',
    'Its clock is 24 h 00 min behind',
    null,
  ])
})

test('[P1] the newcomer is the one that this device has let in since the code was shown', () => {
  const catalog = storeOf('A', 'B')
  const before = new Set(catalog.device.keys())
  expect(newcomerSince(catalog, 'id-A', before)).toBeNull()
  // Another member lets a device in meanwhile: that is not what this screen waits for.
  catalog.device.set('id-BA', { ...storeOf('B').device.get('id-B')!, admittedBy: 'id-B' })
  expect(newcomerSince(catalog, 'id-A', before)).toBeNull()
  const joined = storeOf('A', 'B', 'C')
  expect(newcomerSince(joined, 'id-A', before)).toBe('id-C')
  expect(joinedText(joined, 'id-C')).toMatch(/^Till C has joined.*C-001/)
  // Removed again while the news still stands there.
  joined.revocation.set('id-C', { revokedBy: 'id-A' })
  expect(newcomerSince(joined, 'id-A', before)).toBe('id-C')
  expect(joinedText(joined, 'id-C')).toBeNull()
})

test('a code is shown in two halves', () => {
  expect(formatCode('01234567')).toBe('0123 4567')
})
