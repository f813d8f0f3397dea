import { parseArgs } from 'node:util'
import { simulate, type Outcome } from './simulate.ts'

/**
 * `npm run simulate -- --seeds N [--seed FIRST] [--steps N] [--trace]`: as many runs as asked for, each from
 * its seed alone. A run that breaks a promise is told with its last steps; the same seed and number
 * of steps tell it again, byte for byte. `--trace` tells every step of every run; with `--cards` guests pay
 * by card as well.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '1000' },
    trace: { type: 'boolean', default: false },
    cards: { type: 'boolean', default: false },
  },
})

const numberOf = (name: 'seeds' | 'seed' | 'steps'): number => {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value >= 0) return value
  console.error(`--${name} takes a number`)
  process.exit(2)
}

const [seeds, first, steps] = [numberOf('seeds'), numberOf('seed'), numberOf('steps')]
const totals = new Map<string, number>()
let violations = 0

function tell({ seed, violation, hash, lastLines, ...outcome }: Outcome): void {
  for (const [what, times] of outcome.counts) totals.set(what, (totals.get(what) ?? 0) + times)
  if (seeds === 1) console.log(`seed ${seed}: ${outcome.steps} steps, trace ${hash}`)
  if (violation === null) return
  violations += 1
  console.log(`seed ${seed} breaks a promise: ${violation.message}`)
  console.log(`again: npm run simulate -- --seed ${seed} --steps ${steps}, trace ${hash}`)
  for (const line of lastLines) console.log(`  ${line}`)
}

const startedMs = performance.now()
const onLine = values.trace ? (line: string) => console.log(line) : undefined
for (let seed = first; seed < first + seeds; seed += 1) {
  tell(simulate({ seed, steps, cards: values.cards, ...(onLine && { onLine }) }))
}
const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
for (const [what, times] of [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${String(times).padStart(9)} ${what}`)
}
console.log(`${seeds} seeds of ${steps} steps in ${seconds} s: ${violations} with a broken promise`)
process.exitCode = violations > 0 ? 1 : 0
