import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { percentile } from '../bench/figures.ts'
import { createRandom } from '../support/random.ts'
import { floodTill } from './flood/flood.ts'
import { killLoop } from './kill-loop/kill-loop.ts'
import { lanFaults } from './lan/lan-faults.ts'
import { canMakeLan } from './lan/lan.ts'
import { canRecord, recordWorkload, replayCuts } from './power-cut/power-cut.ts'

/** `npm run faults`: what takes longer than a test may. `--only kills` runs one of its parts. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    cuts: { type: 'string', default: '2000' },
    orders: { type: 'string', default: '300' },
    kills: { type: 'string', default: '200' },
    stored: { type: 'string', default: '100000' },
    'lan-orders': { type: 'string', default: '2000' },
    'flood-seconds': { type: 'string', default: '60' },
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

const READY_WITHIN_MS = 2_000

async function kills(rounds: number, stored: number, seed: number): Promise<void> {
  const startedMs = performance.now()
  const report = await killLoop({ rounds, stored, chance: createRandom(seed) })
  process.stdout.write(
    `Kills: ${report.rounds} rounds with ${stored} orders stored, ${secondsSince(startedMs)} s. ` +
      `Orders answered with 201: ${report.acknowledged}, lost: ${report.lost}. ` +
      `Ready again after ${Math.round(percentile(report.readyMs, 0.5))} ms (median), ` +
      `${Math.round(Math.max(...report.readyMs))} ms at most.\n`,
  )
  const slowestMs = Math.max(...report.readyMs)
  if (slowestMs > READY_WITHIN_MS) {
    process.stdout.write(`BROKEN: promised within ${READY_WITHIN_MS} ms.\n`)
  }
  if (report.lost > 0 || slowestMs > READY_WITHIN_MS) process.exitCode = 1
}

async function network(orders: number): Promise<void> {
  if (!canMakeLan()) {
    process.stdout.write('Network: skipped, it needs Linux, root and iproute2.\n')
    return
  }
  const startedMs = performance.now()
  const broken = await lanFaults(orders, (line) => process.stdout.write(`Network: ${line}.\n`))
  process.stdout.write(`Network: ${broken.length} broken, ${secondsSince(startedMs)} s.\n`)
  if (broken.length > 0) process.exitCode = 1
}

const MAX_GROWN_MB = 50

async function flood(seconds: number, seed: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'aura-flood-'))
  try {
    const { quietP99Ms, floodedP99Ms, grownMb, sent } = await floodTill(folder, seconds, seed)
    for (const [kind, { count, bytes }] of Object.entries(sent)) {
      process.stdout.write(`  ${kind}: ${count}, ${(bytes / 2 ** 20).toFixed(1)} MB\n`)
    }
    process.stdout.write(
      `Flood of ${seconds} s. Till to kitchen p99 ${quietP99Ms.toFixed(1)} ms before, ` +
        `${floodedP99Ms.toFixed(1)} ms under it. Memory grew by ${grownMb.toFixed(0)} MB.\n`,
    )
    if (floodedP99Ms > 2 * quietP99Ms || grownMb > MAX_GROWN_MB) {
      process.stdout.write(`BROKEN: promised twice the p99 and ${MAX_GROWN_MB} MB at most.\n`)
      process.exitCode = 1
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const secondsSince = (startedMs: number): number =>
  Math.round((performance.now() - startedMs) / 1_000)

const seed = Number(values.seed)
const parts: Readonly<Record<string, () => Promise<void>>> = {
  'power-cuts': () => powerCuts(Number(values.cuts), Number(values.orders), seed),
  kills: () => kills(Number(values.kills), Number(values.stored), seed),
  network: () => network(Number(values['lan-orders'])),
  flood: () => flood(Number(values['flood-seconds']), seed),
}
const { only } = values
if (only !== undefined && !Object.hasOwn(parts, only)) {
  process.stderr.write(`--only takes one of ${Object.keys(parts).join(', ')}\n`)
  process.exit(2)
}
for (const [name, run] of Object.entries(parts))
  if (only === undefined || only === name) await run()
