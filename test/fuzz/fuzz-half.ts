import { expect, test } from 'vitest'
import { runFuzz, type FuzzReport } from './fuzz.ts'
import { openWorld } from './world.ts'

/** In each of two files, for two processors: 2,000 of each operation together. */
const PER_OPERATION = 1_000
const PATIENCE_MS = 1_200_000

export function testHalf(seed: number): void {
  test(
    '[H1] whatever is asked of any operation, each answer is one that the document gives, and the log is whole',
    { timeout: PATIENCE_MS },
    async () => {
      const report = await runFuzz({ seed, perOperation: PER_OPERATION, open: openWorld })
      expect(report.faults).toEqual([])
      expect(report.tallies.size).toBeGreaterThan(70)
      expectEachTried(report)
    },
  )
}

/** An operation that never took anything was hardly asked. */
function expectEachTried({ tallies }: FuzzReport): void {
  const tallied = [...tallies]
  expect(tallied.filter(([, { sent }]) => sent < PER_OPERATION)).toEqual([])
  expect(tallied.filter(([, { taken }]) => taken === 0)).toEqual([])
}
