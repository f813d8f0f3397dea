import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { assertNodeVersion } from '../main/node-version.ts'

/**
 * `npm run check`: what can be said about the code without running the product. All checks run,
 * as many at a time as the machine has processors, and the output of those that fail is shown.
 */
interface Check {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

const ZONES = ['domain', 'protocol', 'db', 'sync', 'renderer', 'main', 'main/desktop', 'test']

const CHECKS: readonly Check[] = [
  // The slowest first, so that the short ones fill the gaps.
  { name: 'lint', command: ['oxlint', '.'] },
  { name: 'dead code', command: ['knip'] },
  ...ZONES.map((zone): Check => ({ name: `types of ${zone}`, command: ['tsc', '-p', zone] })),
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'boundaries', command: ['vitest', 'run', 'test/architecture.test.ts'] },
]

/** Runs one check and answers what it printed, or nothing where it passed. */
function run({ name, command: [program, ...args] }: Check): Promise<string | undefined> {
  return new Promise((resolve) => {
    const startedMs = performance.now()
    // Under `npm run` the tools are first in the path, and with them the right Node.
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', (error) => resolve(`${name}: ${program} did not start: ${error.message}`))
    child.on('close', (status) => {
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
      console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
      resolve(status === 0 ? undefined : `--- ${name}\n${output.trim()}`)
    })
  })
}

async function runAll(checks: readonly Check[]): Promise<readonly string[]> {
  const waiting = [...checks]
  const failures: string[] = []
  async function takeUntilEmpty(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const failure = await run(next)
      if (failure !== undefined) failures.push(failure)
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, takeUntilEmpty))
  return failures
}

assertNodeVersion()
const failures = await runAll(CHECKS)
for (const failure of failures) console.log(`\n${failure}`)
console.log(`\n${CHECKS.length - failures.length} checks passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
