import { parseArgs } from 'node:util'
import { PROVIDERS, simulatePayments } from './simulate-payments.ts'

/**
 * Card payments with every fault at every step:
 * `npm run payments -- --count 10000 [--seed 1] [--provider adyen]`.
 */
const { values } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' }, provider: { type: 'string' } },
})
const by = PROVIDERS.find((name) => name === (values.provider ?? 'simulated'))
if (by === undefined) throw new Error(`--provider is one of ${PROVIDERS.join(', ')}`)
const count = Number(values.count ?? '10000')
const firstSeed = Number(values.seed ?? String(Date.now() % 1_000_000))
/** More at once, and what asks again and again over TLS leaves no time for what is new. */
const PER_RUN = 200

const totals = new Map<string, number>()
let faults = 0
for (let done = 0; done < count; done += PER_RUN) {
  const seed = firstSeed + done / PER_RUN
  const run = await simulatePayments(seed, Math.min(PER_RUN, count - done), by)
  for (const [what, times] of run.counts) totals.set(what, (totals.get(what) ?? 0) + times)
  for (const { charged, recorded, intents } of run.tills) {
    for (const id of new Set([...Object.keys(charged), ...Object.keys(recorded)])) {
      if ((charged[id] ?? 0) === (recorded[id] ?? 0)) continue
      faults += 1
      console.log(`seed ${seed}: ${id} charged ${charged[id] ?? 0}, recorded ${recorded[id] ?? 0}`)
      console.log(JSON.stringify(intents.find((intent) => intent.id === id)))
    }
  }
  for (const id of run.open) {
    faults += 1
    console.log(`seed ${seed}: ${id} has no outcome`)
  }
  console.log(`seed ${seed}: ${run.counts.get('payments') ?? 0} payments`)
}
for (const [what, times] of [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${String(times).padStart(8)}  ${what}`)
}
console.log(faults === 0 ? 'Charged is recorded, and nothing is open.' : `${faults} faults.`)
process.exit(faults === 0 ? 0 : 1)
