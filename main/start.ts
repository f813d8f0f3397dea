import { assertNodeVersion } from './node-version.ts'

assertNodeVersion()
// Loaded after the check: see main/node-version.ts.
const { runStore } = await import('./store-on-one-computer/run-store.ts')
process.exitCode = await runStore(process.argv.slice(2))
