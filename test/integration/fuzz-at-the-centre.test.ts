import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCentreWorlds, type CentreWorlds } from '../fuzz/centre-world.ts'
import { runFuzz } from '../fuzz/fuzz.ts'

/** Each takes its ten milliseconds there. The many are asked by `npm run fuzz -- --at centre`. */
const PER_OPERATION = 5

let worlds: CentreWorlds
beforeAll(async () => {
  worlds = await startCentreWorlds()
})
afterAll(() => worlds.stop())

test('[H1] whatever is asked of any operation of the centre, each answer is one that the document gives, and the log is whole', async () => {
  const report = await runFuzz({ seed: 5, perOperation: PER_OPERATION, open: worlds.open })
  expect(report.faults).toEqual([])
  expect(report.tallies.size).toBeGreaterThan(70)
  const taken = [...report.tallies].filter(([, tally]) => tally.taken > 0)
  expect(taken.length).toBeGreaterThan(30)
})
