import { spawnSync } from 'node:child_process'
import { enableCompileCache } from 'node:module'
import { parseCLI, startVitest } from 'vitest/node'
import { assertNodeVersion } from '../main/node-version.ts'
import { createClosingReporter } from './reporter.ts'
import { bundleAura } from './support/bundle-aura.ts'

/**
 * `npm test`: builds the screens that the browser tests open, then runs every test. What follows
 * `npm test --` goes to Vitest as it is, so `npm test -- domain -t F1` works.
 */
assertNodeVersion()
const reporter = createClosingReporter()
// Each file of tests is a process of its own, and loads again what others have loaded.
const { directory } = enableCompileCache()
if (directory !== undefined) process.env['NODE_COMPILE_CACHE'] = directory

const build = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'renderer'], {
  stdio: ['ignore', 'inherit', 'inherit'],
})
if (build.status !== 0) process.exit(1)

try {
  process.env['AURA_PROGRAM'] = await bundleAura()
  const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
  const reporters = ['default', reporter]
  const vitest = await startVitest('test', filter, { ...options, watch: false, reporters })
  await vitest.close()
} catch (error) {
  // A configuration that does not load, say. Left to Node, its trace would be the last word.
  console.error(error)
  process.exitCode = 1
}
process.exit()
