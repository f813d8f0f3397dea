import { expect, test } from 'vitest'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import { createShifts } from '../../main/shifts/shifts.ts'
import { openTestDevice, sendAll, type TestDevice } from '../support/devices.ts'

const NOON = Date.UTC(2026, 0, 1, 12)
const HOUR = 3_600_000
let writes = 0
const stampOf = (device: TestDevice, hours: number, actor = 'staff:ana') => ({
  id: `${device.name}-shift-${(writes += 1)}`,
  at: new Date(NOON + hours * HOUR).toISOString(),
  actor,
})

test('[A7] [A8] apart two tills clock somebody in; together both are seen, ended at once, and corrected', async () => {
  const a = await openTestDevice('A')
  const b = await openTestDevice('B')
  sendAll(a.store, b.store)
  const atA = createShifts(a.store)
  const atB = createShifts(b.store)
  atA.clock(stampOf(a, 0), 'ana', 'in')
  atA.clock(stampOf(a, 0.1), 'ana', 'in')
  atB.clock(stampOf(b, 1), 'ana', 'in')
  sendAll(a.store, b.store)
  sendAll(b.store, a.store)
  expect(atA.openOf('ana', NOON + HOUR)).toHaveLength(2)
  const out = stampOf(b, 4)
  atB.clock(out, 'ana', 'out')
  atB.clock(out, 'ana', 'out')
  sendAll(b.store, a.store)
  expect(atA.openOf('ana', NOON + 5 * HOUR)).toEqual([])
  const [first] = atA.ofDay(a.store.catalog(), '2026-01-01')
  expect(first).toMatchObject({ staffId: 'ana', to: new Date(NOON + 4 * HOUR).toISOString() })
  const correction = {
    from: new Date(NOON - HOUR).toISOString(),
    to: new Date(NOON + HOUR).toISOString(),
    isVoid: false,
    reason: 'Came earlier',
  }
  const manager = 'staff:maria'
  expect(
    atA.correct(stampOf(a, 6, manager), { shiftId: first?.id ?? '', ...correction }),
  ).toMatchObject({ ok: true })
  expect(atA.correct(stampOf(a, 6, manager), { shiftId: 'none', ...correction })).toEqual({
    ok: false,
    error: 'shift_not_found',
  })
  sendAll(a.store, b.store)
  expect(atB.ofDay(b.store.catalog(), '2026-01-01')[0]).toMatchObject({
    from: correction.from,
    to: correction.to,
    corrected: { by: manager, reason: 'Came earlier' },
  })
  expect(digestOf(a.store.connection)).toBe(digestOf(b.store.connection))
  expect((await verifyFile(b.store.connection)).fault).toBeNull()
})
