import type { Connection } from './connection.ts'

/** Many commands that somebody handed in at once, worked off later: durable on this device. */
export interface Jobs {
  /** All of it or nothing. */
  readonly add: (job: NewJob, commands: readonly NewJobCommand[]) => void
  readonly find: (id: string) => Job | null
  /** Jobs that are not over. */
  readonly waiting: () => number
  /** The first command that may be tried now, of the oldest job that has one. */
  readonly next: (nowMs: number) => DueCommand | null
  /** When the next one may be tried; null: nothing waits. */
  readonly nextTryMs: () => number | null
  readonly finish: (command: DueCommand, result: JobResult, at: string) => void
  readonly putOff: (command: DueCommand, nextTryMs: number) => void
  readonly results: (job: Job, after: number, limit: number) => JobCommand[]
  /** Forgets what was over before a moment. */
  readonly forget: (before: string) => void
}

export interface NewJob {
  readonly id: string
  readonly commandId: string
  readonly role: string
  readonly actor: string
  readonly tokenHash: string
  readonly createdAt: string
}

export interface NewJobCommand {
  readonly operation: string
  /** Sealed; null once it is over. */
  readonly given: string
}

export interface Job extends NewJob {
  readonly num: number
  readonly finishedAt: string | null
  readonly total: number
  readonly done: number
  readonly failed: number
}

export interface JobCommand {
  readonly place: number
  readonly operation: string
  readonly tries: number
  /** Null: it waits. */
  readonly status: number | null
  readonly orderId: string | null
  readonly problem: string | null
}

export interface DueCommand {
  readonly job: Job
  readonly place: number
  readonly operation: string
  readonly given: string
  readonly tries: number
}

export interface JobResult {
  readonly status: number
  readonly orderId: string | null
  /** JSON. */
  readonly problem: string | null
}

const JOB =
  'num, id, command_id AS commandId, role, actor, token_hash AS tokenHash, created_at AS createdAt, finished_at AS finishedAt, total, done, failed'
/** Commands of a job are worked off in their order: only the first that waits is due. */
const FIRST_WAITING =
  'SELECT min(place) FROM job_commands AS c WHERE c.job_num = jobs.num AND c.status IS NULL'

export function createJobTable({ raw }: Connection): Jobs {
  const insertJob = raw.prepare(
    'INSERT INTO jobs (id, command_id, role, actor, token_hash, created_at, total) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const insertCommand = raw.prepare(
    'INSERT INTO job_commands (job_num, place, operation, given) VALUES (?, ?, ?, ?)',
  )
  const selectJob = raw.prepare<[string], Job>(`SELECT ${JOB} FROM jobs WHERE id = ?`)
  const selectByNum = raw.prepare<[number], Job>(`SELECT ${JOB} FROM jobs WHERE num = ?`)
  const countWaiting = raw
    .prepare<[], number>('SELECT count(*) FROM jobs WHERE finished_at IS NULL')
    .pluck()
  const selectDue = raw.prepare<[number], Omit<DueCommand, 'job'> & { readonly num: number }>(
    `SELECT jobs.num, c.place, c.operation, c.given, c.tries
     FROM jobs JOIN job_commands AS c ON c.job_num = jobs.num AND c.place = (${FIRST_WAITING})
     WHERE jobs.finished_at IS NULL AND c.next_try_ms <= ? ORDER BY jobs.num LIMIT 1`,
  )
  const selectNextTry = raw
    .prepare<[], number | null>(
      `SELECT min(c.next_try_ms)
       FROM jobs JOIN job_commands AS c ON c.job_num = jobs.num AND c.place = (${FIRST_WAITING})
       WHERE jobs.finished_at IS NULL`,
    )
    .pluck()
  const setResult = raw.prepare(
    `UPDATE job_commands SET status = ?, order_id = ?, problem = ?, given = NULL, tries = tries + 1
     WHERE job_num = ? AND place = ? AND status IS NULL`,
  )
  const countResult = raw.prepare(
    `UPDATE jobs SET done = done + ?, failed = failed + ?,
       finished_at = CASE WHEN done + failed + 1 = total THEN ? END WHERE num = ?`,
  )
  const setPutOff = raw.prepare(
    'UPDATE job_commands SET tries = tries + 1, next_try_ms = ? WHERE job_num = ? AND place = ?',
  )
  const selectResults = raw.prepare<[number, number, number], JobCommand>(
    `SELECT place, operation, tries, status, order_id AS orderId, problem
     FROM job_commands WHERE job_num = ? AND place > ? ORDER BY place LIMIT ?`,
  )
  const deleteCommands = raw.prepare(
    'DELETE FROM job_commands WHERE job_num IN (SELECT num FROM jobs WHERE finished_at < ?)',
  )
  const deleteJobs = raw.prepare('DELETE FROM jobs WHERE finished_at < ?')

  return {
    add: raw.transaction((job: NewJob, commands: readonly NewJobCommand[]) => {
      const { id, commandId, role, actor, tokenHash, createdAt } = job
      const { lastInsertRowid: num } = insertJob.run(
        id,
        commandId,
        role,
        actor,
        tokenHash,
        createdAt,
        commands.length,
      )
      for (const [place, { operation, given }] of commands.entries()) {
        insertCommand.run(num, place, operation, given)
      }
    }),
    find: (id) => selectJob.get(id) ?? null,
    waiting: () => countWaiting.get() ?? 0,
    next: (nowMs) => {
      const due = selectDue.get(nowMs)
      const job = due && selectByNum.get(due.num)
      return job ? { ...due, job } : null
    },
    nextTryMs: () => selectNextTry.get() ?? null,
    finish: raw.transaction(({ job, place }: DueCommand, result: JobResult, at: string) => {
      const { status, orderId, problem } = result
      if (setResult.run(status, orderId, problem, job.num, place).changes === 0) return
      const isDone = status < 300
      countResult.run(isDone ? 1 : 0, isDone ? 0 : 1, at, job.num)
    }),
    putOff: ({ job, place }, nextTryMs) => void setPutOff.run(nextTryMs, job.num, place),
    results: ({ num }, after, limit) => selectResults.all(num, after, limit),
    forget: raw.transaction((before: string) => {
      deleteCommands.run(before)
      deleteJobs.run(before)
    }),
  }
}
