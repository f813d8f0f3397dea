import { parseArgs } from 'node:util'
import { createRandom } from '../support/random.ts'
import { canRecord, recordWorkload, replayCuts } from './power-cut/power-cut.ts'

/** `npm run faults`: what takes longer than a test may. */
const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '2000' },
    orders: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
})

if (canRecord()) {
  const startedMs = performance.now()
  const trace = recordWorkload(Number(values.orders))
  const report = await replayCuts(trace, Number(values.cuts), createRandom(Number(values.seed)))
  const seconds = Math.round((performance.now() - startedMs) / 1_000)
  process.stdout.write(
    `Power cuts: ${report.cuts} in a trace of ${trace.length} writes and flushes, ${seconds} s. ` +
      `Acknowledged entries checked: ${report.acknowledged}, lost: ${report.lost.length}. ` +
      `Corrupt files: ${report.corrupt.length}.\n`,
  )
  for (const line of [...report.lost, ...report.corrupt].slice(0, 20)) {
    process.stdout.write(`  ${line}\n`)
  }
  if (report.lost.length + report.corrupt.length > 0) process.exitCode = 1
} else {
  process.stdout.write('Power cuts: skipped, they need Linux and a C compiler (cc).\n')
}
