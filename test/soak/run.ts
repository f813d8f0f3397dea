import { parseArgs } from 'node:util'
import { createProcesses } from '../support/processes.ts'
import { startTestPostgres } from '../support/postgres.ts'
import { createRandom } from '../support/random.ts'
import { backlog } from './backlog.ts'
import { chaos } from './chaos.ts'

/** `npm run soak`: how entries reach PostgreSQL when much goes wrong, and after a long time alone. */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
  },
})

const processes = createProcesses()
const postgres = await startTestPostgres()
try {
  const events = Number(values.events)
  const random = createRandom(Number(values.seed))
  const isRight = [
    await chaos({ processes, postgres, events, random }),
    await backlog({ processes, postgres, events }),
  ]
  if (isRight.includes(false)) process.exitCode = 1
} finally {
  await processes.close()
  await postgres.stop()
}
