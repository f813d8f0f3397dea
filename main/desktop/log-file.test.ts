import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLogFile } from './log-file.ts'
import { trayText } from './tray-text.ts'

test('the log keeps the last megabyte and the one before, for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aura-log-'))
  const log = openLogFile(folder)
  expect(log.tail()).toBe('')
  log.write('first\n')
  expect(log.tail()).toBe('first\n')
  expect(statSync(join(folder, 'aura.log')).mode & 0o077).toBe(0)
  for (let line = 0; line < 30; line += 1) log.write(`${line} ${'x'.repeat(99_990)}\n`)
  expect(existsSync(join(folder, 'aura.log.1'))).toBe(true)
  expect(statSync(join(folder, 'aura.log')).size).toBeLessThanOrEqual(1_000_000)
  log.write('half\nlast\n')
  // Whole lines alone.
  expect(log.tail()).toBe('half\nlast\n')
  rmSync(folder, { recursive: true })
})

test('the tray says what is wrong first', () => {
  expect(trayText(null)).toMatch(/starting/)
  const screen = { startPage: null, guestDisplay: false } as const
  const calm = { type: 'moment', isDrawerOpen: false, centralUrl: null, ...screen } as const
  const counts = { openOrders: 1, devices: 2, devicesHeard: 2, waiting: 0, toSettle: 0 }
  expect(trayText({ ...calm, ...counts })).toBe('AuraConnect POS: 1 open order')
  const bad = { openOrders: 3, devices: 2, devicesHeard: 1, waiting: 12, toSettle: 1 }
  expect(trayText({ ...calm, ...bad })).toBe(
    'AuraConnect POS: 1 to settle, 1 of 2 devices not heard, 12 entries not yet at the centre, 3 open orders',
  )
})
