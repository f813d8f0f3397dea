import { enableCompileCache } from 'node:module'
import { assertNodeVersion } from '../node-version.ts'

assertNodeVersion()
enableCompileCache()
// Loaded after the check: an old Node would crash on the SQLite binding before it could say why.
const { runCli } = await import('./run-cli.ts')
process.exitCode = await runCli(process.argv.slice(2))
