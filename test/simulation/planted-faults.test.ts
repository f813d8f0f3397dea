import { expect, test, vi } from 'vitest'
import { INNER_FAULTS, switchOn } from './planted-inside.ts'
import { forgetSent, PLANTS } from './planted.ts'
import type { Plant } from './plant.ts'
import { simulate } from './simulate.ts'

/**
 * Faults are planted one by one, and the simulation has to find each. The same seeds without a
 * fault are clean, or finding one would show nothing.
 */

vi.mock('../../domain/evolve.ts', async (original) => {
  const real = await original<typeof import('../../domain/evolve.ts')>()
  const { isReplaced, replaceable } = await import('./planted-inside.ts')
  const evolve = replaceable('evolve', real.evolve)
  const evolveAll: typeof real.evolveAll = (state, events) =>
    isReplaced('evolve')
      ? [...events].reduce((sum, { event, meta }) => evolve(sum, event, meta), state)
      : real.evolveAll(state, events)
  return { ...real, evolve, evolveAll }
})
vi.mock('../../domain/order-view.ts', async (original) => {
  const real = await original<typeof import('../../domain/order-view.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  return { ...real, viewOrder: replaceable('viewOrder', real.viewOrder) }
})
vi.mock('../../domain/decide.ts', async (original) => {
  const real = await original<typeof import('../../domain/decide.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  return { ...real, decide: replaceable('decide', real.decide) }
})
vi.mock('../../domain/clock.ts', async (original) => {
  const real = await original<typeof import('../../domain/clock.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  return { ...real, observeClock: replaceable('observeClock', real.observeClock) }
})
vi.mock('../../db/fold-entries.ts', async (original) => {
  const real = await original<typeof import('../../db/fold-entries.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  return { ...real, readEntry: replaceable('readEntry', real.readEntry) }
})
vi.mock('../../db/chain.ts', async (original) => {
  const real = await original<typeof import('../../db/chain.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  return { ...real, chainRange: replaceable('chainRange', real.chainRange) }
})
vi.mock('../../db/sqlite/entry-log.ts', async (original) => {
  const real = await original<typeof import('../../db/sqlite/entry-log.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  return { ...real, createEntryTable: replaceable('createEntryTable', real.createEntryTable) }
})
vi.mock('../../db/sqlite/order-projection.ts', async (original) => {
  const real = await original<typeof import('../../db/sqlite/order-projection.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  const createOrderProjection = replaceable('createOrderProjection', real.createOrderProjection)
  return { ...real, createOrderProjection }
})
vi.mock('../../db/sqlite/record-projection.ts', async (original) => {
  const real = await original<typeof import('../../db/sqlite/record-projection.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  const createRecordProjection = replaceable('createRecordProjection', real.createRecordProjection)
  return { ...real, createRecordProjection }
})
vi.mock('../../db/sqlite/verify.ts', async (original) => {
  const real = await original<typeof import('../../db/sqlite/verify.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  return { ...real, verifyCopies: replaceable('verifyCopies', real.verifyCopies) }
})
vi.mock('../../sync/held-back.ts', async (original) => {
  const real = await original<typeof import('../../sync/held-back.ts')>()
  const { replaceable } = await import('./planted-inside.ts')
  return { ...real, ripen: replaceable('ripen', real.ripen) }
})

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 71)
const STEPS = 700

/** The first broken promise within the budget; null if the fault got away. */
function find(plant: Plant | null, cards = false) {
  for (const seed of SEEDS) {
    forgetSent()
    const { violation } = simulate({ seed, steps: STEPS, plant, cards })
    if (violation !== null) return { seed, rule: violation.rule, message: violation.message }
  }
  return null
}

test('[P3] the seeds with which faults are looked for are clean without one', () => {
  expect(find(null)).toBeNull()
})

test.each(PLANTS.map((plant) => [plant.name, plant] as const))(
  '[P3] found: a device that %s',
  (_, plant) => {
    expect(plant.rules).toContain(find(plant)?.rule)
  },
)

test.each(INNER_FAULTS.map((fault) => [fault.name, fault] as const))(
  '[P3] found: a device that %s',
  (_, fault) => {
    switchOn(fault)
    try {
      expect(fault.rules).toContain(find(null, fault.cards)?.rule)
    } finally {
      switchOn(null)
    }
  },
)
