import { parseArgs } from 'node:util'
import { createProcesses } from '../support/processes.ts'
import { startTestPostgres } from '../support/postgres.ts'
import { createRandom } from '../support/random.ts'
import { backlog } from './backlog.ts'
import { chaos } from './chaos.ts'

/**
 * `npm run soak [-- --only chaos|backlog] [--events 50000] [--seed 1]`: how entries reach PostgreSQL
 * when much goes wrong, and after a long time alone.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})

const processes = createProcesses()
const postgres = await startTestPostgres()
try {
  const events = Number(values.events)
  const random = createRandom(Number(values.seed))
  const halves = {
    chaos: () => chaos({ processes, postgres, events, random }),
    backlog: () => backlog({ processes, postgres, events }),
  }
  const isRight: boolean[] = []
  for (const [name, half] of Object.entries(halves)) {
    if (values.only === undefined || values.only === name) isRight.push(await half())
  }
  if (isRight.includes(false)) process.exitCode = 1
} finally {
  await processes.close()
  await postgres.stop()
}
