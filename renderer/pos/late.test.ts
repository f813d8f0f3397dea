import { expect, test } from 'vitest'
import type { LateEntries } from '../../protocol/screens.ts'
import { lateEntriesOf, lateText, lateTitle } from './late.ts'

const late = (more: Partial<LateEntries> = {}): LateEntries => ({
  deviceId: 'd',
  deviceName: 'Till 3',
  origin: 'o',
  fromSeq: 4,
  toSeq: 6,
  orders: [],
  recordKinds: [],
  unread: 0,
  ...more,
})

test('[F4] what a removed device wrote late is said with what it changed', () => {
  expect(lateTitle(late())).toBe('Removed, and 3 changes came from it all the same')
  expect(lateTitle(late({ toSeq: 4 }))).toBe('Removed, and 1 change came from it all the same')
  expect(lateText(late())).not.toMatch(/store’s data|not looked into/)
  expect(lateText(late({ recordKinds: ['menu_item', 'staff'] }))).toContain('menu item, staff.')
  expect(lateText(late({ unread: 7 }))).toContain('7 more are not looked into')
  expect(lateEntriesOf(null)).toBe(lateEntriesOf(null))
})
