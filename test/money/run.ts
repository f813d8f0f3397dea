import { parseArgs } from 'node:util'
import { compareDay } from './both-roads.ts'

/** The same money by two roads: `npm run money -- --count 100000 [--seed 1]`. */
const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } })
const count = Number(values.count ?? '100000')
const firstSeed = Number(values.seed ?? String(Date.now() % 1_000_000))
const PER_DAY = 500

const totals = new Map<string, number>()
let faults = 0
for (let done = 0; done < count; done += PER_DAY) {
  const day = await compareDay(firstSeed + done / PER_DAY, Math.min(PER_DAY, count - done))
  for (const [what, times] of day.counts) totals.set(what, (totals.get(what) ?? 0) + times)
  for (const fault of day.faults.slice(0, 3)) console.log(fault)
  faults += day.faults.length
}
for (const [what, times] of [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${String(times).padStart(8)}  ${what}`)
}
console.log(
  faults === 0 ? `${count} orders come to the same by both roads.` : `${faults} disagreements.`,
)
process.exit(faults === 0 ? 0 : 1)
