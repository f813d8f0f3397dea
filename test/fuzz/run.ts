import { parseArgs } from 'node:util'
import { startCentreWorlds } from './centre-world.ts'
import { runFuzz, tellTallies } from './fuzz.ts'
import { openWorld } from './world.ts'

/**
 * Every operation of the REST API, of a device or of the centre:
 * `npm run fuzz -- [--at centre] [--requests 10000] [--seed 1] [--only getOrder]`.
 */
const { values } = parseArgs({
  options: {
    at: { type: 'string' },
    requests: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
  },
})
const seed = Number(values.seed ?? String(Date.now() % 1_000_000))
const { only } = values
const centre = values.at === 'centre' ? await startCentreWorlds() : null
const report = await runFuzz({
  seed,
  perOperation: Number(values.requests ?? '10000'),
  open: centre?.open ?? openWorld,
  ...(only !== undefined && { only: ({ id }) => only.split(',').includes(id) }),
})
await centre?.stop()
for (const line of tellTallies(report)) console.log(line)
for (const fault of report.faults) console.log(`\n${fault}`)
const never = [...report.tallies].filter(([, { taken }]) => taken === 0).map(([id]) => id)
if (never.length > 0) console.log(`\nNever taken, so hardly tried: ${never.join(', ')}`)
console.log(`\nseed ${seed}: ${report.faults.length} faults`)
process.exit(report.faults.length + never.length > 0 ? 1 : 0)
