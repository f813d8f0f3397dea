import { runCentral } from '../../main/central/run.ts'

/** The centre as a process, for tests: `run-central.ts FOLDER`. */
const [embeddedDir] = process.argv.slice(2)
await runCentral({ port: 0, ...(embeddedDir !== undefined && { embeddedDir }) })
