import { runCentral } from '../../main/central/run.ts'
import { readSettings } from '../../main/central/settings.ts'

/** The centre as a process, for tests: `run-central.ts [FOLDER]`, else by DATABASE_URL. */
const [embeddedDir] = process.argv.slice(2)
const settings = readSettings(
  { port: 0, ...(embeddedDir !== undefined && { embeddedDir }) },
  process.env,
)
if (!settings.ok) throw new Error(settings.error.join('\n'))
await runCentral(settings.value)
