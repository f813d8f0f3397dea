import { mkdtempSync, rmSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchCatchUp } from './catch-up.ts'
import { benchConverge } from './converge.ts'
import { benchGrowth } from './growth.ts'
import { house } from './house.ts'
import { benchKitchenScreen } from './kitchen-screen.ts'
import { benchLatency } from './latency.ts'
import { loadRivals } from './load-rivals.ts'
import { benchOpenStore } from './open-store.ts'
import { benchPostgres } from './postgres.ts'
import { benchScreens } from './screens.ts'
import { benchStartUp } from './start-up.ts'
import { benchRingUp, benchRingUpFull } from './ring-up.ts'

/**
 * Measures against the raw limit of the same machine, and against what a user would pick instead, in
 * the same run: absolute figures of a shared machine say little, the ratios hold.
 */
const ALONE = new Map([
  /** The centre alone, full and with many readers, for docs/growth.md. */
  ['growth', benchGrowth],
  /** How soon a till that was switched on can ring up. */
  ['start-up', benchStartUp],
  ['postgres', benchPostgres],
  /** From a tap to what it was for, in the browser. */
  ['screens', benchScreens],
  /** The kitchen in a browser. */
  ['kitchen-screen', benchKitchenScreen],
])

const { directory } = enableCompileCache()
// As `aura` does it, for the processes of the bench.
if (directory !== undefined) process.env['NODE_COMPILE_CACHE'] = directory
const folder = mkdtempSync(join(tmpdir(), 'aura-bench-'))
try {
  const alone = ALONE.get(process.argv[2] ?? '')
  await (alone ?? benchHouse)(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function benchHouse(folder: string): Promise<void> {
  const rivals = await loadRivals()
  if (rivals.length === 0) {
    console.log('Without rivals: `npm ci --prefix test/bench/rivals` brings them.')
  } else {
    for (const { name, durability } of [house, ...rivals]) console.log(`${name}: ${durability}`)
  }
  await benchRingUp(folder, rivals)
  await benchConverge(folder, rivals)
  await benchCatchUp(folder, rivals)
  const fullFile = await benchOpenStore(folder, rivals)
  await benchRingUpFull(folder, fullFile)
  await benchLatency(folder, rivals)
  await benchPostgres(folder)
}
