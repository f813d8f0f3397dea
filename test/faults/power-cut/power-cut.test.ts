import { beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../support/random.ts'
import { canRecord, recordWorkload, replayCuts } from './power-cut.ts'
import type { TraceRecord } from './trace.ts'

const CUTS = 60
const FEW_CUTS = 10
const FEW_RECORDS = 600

describe.skipIf(!canRecord())('a power cut', { timeout: 120_000 }, () => {
  let trace: TraceRecord[]
  beforeAll(() => {
    trace = recordWorkload(40)
  })

  test('[L1] leaves a sound file with everything that was acknowledged', async () => {
    const report = await replayCuts(trace, CUTS, createRandom(1))
    expect(report).toMatchObject({ cuts: CUTS, lost: [], corrupt: [] })
    expect(report.acknowledged).toBeGreaterThan(CUTS)
  })

  test('[L1] would lose orders on a disk whose flushes were left out, and the oracle says so', async () => {
    const careless = trace
      .slice(0, FEW_RECORDS)
      .filter((r) => r.kind !== 'flush' || r.name !== 'store.db-wal')
    const report = await replayCuts(careless, FEW_CUTS, createRandom(2))
    expect(report.lost.length + report.corrupt.length).toBeGreaterThan(0)
  })
})
