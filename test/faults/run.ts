import { parseArgs } from 'node:util'
import { percentile } from '../bench/figures.ts'
import { createRandom } from '../support/random.ts'
import { killLoop } from './kill-loop/kill-loop.ts'
import { canRecord, recordWorkload, replayCuts } from './power-cut/power-cut.ts'

/** `npm run faults`: what takes longer than a test may. */
const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '2000' },
    orders: { type: 'string', default: '300' },
    kills: { type: 'string', default: '200' },
    stored: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
})

async function powerCuts(cuts: number, orders: number, seed: number): Promise<void> {
  if (!canRecord()) {
    process.stdout.write('Power cuts: skipped, they need Linux and a C compiler (cc).\n')
    return
  }
  const startedMs = performance.now()
  const trace = recordWorkload(orders)
  const report = await replayCuts(trace, cuts, createRandom(seed))
  process.stdout.write(
    `Power cuts: ${report.cuts} in a trace of ${trace.length} writes and flushes, ` +
      `${secondsSince(startedMs)} s. Acknowledged entries checked: ${report.acknowledged}, ` +
      `lost: ${report.lost.length}. Corrupt files: ${report.corrupt.length}.\n`,
  )
  for (const line of [...report.lost, ...report.corrupt].slice(0, 20)) {
    process.stdout.write(`  ${line}\n`)
  }
  if (report.lost.length + report.corrupt.length > 0) process.exitCode = 1
}

async function kills(rounds: number, stored: number, seed: number): Promise<void> {
  const startedMs = performance.now()
  const report = await killLoop({ rounds, stored, chance: createRandom(seed) })
  process.stdout.write(
    `Kills: ${report.rounds} rounds with ${stored} orders stored, ${secondsSince(startedMs)} s. ` +
      `Orders answered with 201: ${report.acknowledged}, lost: ${report.lost}. ` +
      `Ready again after ${Math.round(percentile(report.readyMs, 0.5))} ms (median), ` +
      `${Math.round(Math.max(...report.readyMs))} ms at most.\n`,
  )
  if (report.lost > 0) process.exitCode = 1
}

const secondsSince = (startedMs: number): number =>
  Math.round((performance.now() - startedMs) / 1_000)

const seed = Number(values.seed)
await powerCuts(Number(values.cuts), Number(values.orders), seed)
await kills(Number(values.kills), Number(values.stored), seed)
