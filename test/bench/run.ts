import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchLatency } from './latency.ts'
import { benchRingUp } from './ring-up.ts'

/**
 * Measures against the raw limit of the same machine in the same run: absolute figures of a shared
 * machine say little, the ratios hold.
 */
const folder = mkdtempSync(join(tmpdir(), 'aura-bench-'))
try {
  await benchRingUp(folder)
  await benchLatency(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
