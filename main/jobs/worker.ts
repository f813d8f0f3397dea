import type { DueCommand, JobResult, Jobs } from '../../db/sqlite/jobs.ts'
import type { Role } from '../../domain/catalog.ts'
import {
  JOB_PAUSE_MS,
  JOB_RETRY_MAX_MS,
  JOB_RETRY_MIN_MS,
  KEEP_JOBS_MS,
  MAX_JOB_TRIES,
} from '../api/limits.ts'
import { problemOf, problemBody, type Problem } from '../api/problems.ts'
import { problemOfError } from '../api/failures.ts'
import type { RestStore } from '../api/rest-store.ts'
import type { Caller, Outcome, Route } from '../api/route.ts'
import { messageOf, type Logger } from '../logger.ts'
import type { DeviceBox } from './device-box.ts'
import { readCommand } from './read-command.ts'

export interface WorkerDeps {
  readonly jobs: Jobs
  readonly box: DeviceBox
  readonly store: RestStore
  /** By the name of their operation. */
  readonly routes: ReadonlyMap<string, Route>
  readonly nowMs: () => number
  readonly logger: Pick<Logger, 'error'>
}

export interface JobWorker {
  /** There is something new to do. */
  readonly wake: () => void
  readonly stop: () => Promise<void>
}

/** The nearest and the furthest look at what waits. */
const MIN_WAIT_MS = 10
const MAX_WAIT_MS = 60_000

/** One command has one id, whenever and however often it is tried: a crash in between doubles nothing. */
export const commandIdOf = (jobId: string, place: number): string =>
  `${jobId}.${String(place).padStart(6, '0')}`

/**
 * Works jobs off, one command at a time, in their order. After each everybody else has a turn at
 * least as long: a till sells on while a thousand orders come in.
 */
export function startJobs(deps: WorkerDeps): JobWorker {
  const { jobs, nowMs, logger } = deps
  let timer: NodeJS.Timeout | null = null
  let working: Promise<void> | null = null
  let isStopped = false

  function plan(ms: number): void {
    if (isStopped || timer !== null || working !== null) return
    timer = setTimeout(() => {
      timer = null
      working = work().finally(() => {
        working = null
      })
      void working.then(planNext)
    }, ms).unref()
  }

  let pauseMs = JOB_PAUSE_MS

  /** A failing disk fails here as well: the next look is soon enough. */
  async function work(): Promise<void> {
    const begunMs = performance.now()
    try {
      const due = jobs.next(nowMs())
      if (due === null) jobs.forget(new Date(nowMs() - KEEP_JOBS_MS).toISOString())
      else await tryOne(due)
    } catch (error) {
      logger.error('a job could not be worked on', { error: messageOf(error) })
      pauseMs = JOB_RETRY_MAX_MS
      return
    }
    pauseMs = Math.max(JOB_PAUSE_MS, performance.now() - begunMs)
  }

  function planNext(): void {
    const nextTryMs = isStopped ? null : jobs.nextTryMs()
    if (nextTryMs === null) return
    const waitMs = nextTryMs - nowMs()
    plan(waitMs <= 0 ? pauseMs : Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, waitMs)))
  }

  async function tryOne(due: DueCommand): Promise<void> {
    const result = await perform(deps, due)
    const isOurFault = result.status >= 500
    if (isOurFault && due.tries + 1 < MAX_JOB_TRIES) {
      const waitMs = Math.min(JOB_RETRY_MAX_MS, JOB_RETRY_MIN_MS * 2 ** due.tries)
      return jobs.putOff(due, nowMs() + waitMs)
    }
    jobs.finish(due, result, new Date(nowMs()).toISOString())
  }

  planNext()
  return {
    wake: planNext,
    stop: async () => {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
      await working
    },
  }
}

/** What the command would have answered as a request of its own. */
async function perform(deps: WorkerDeps, due: DueCommand): Promise<JobResult> {
  try {
    const outcome = await ask(deps, due)
    if (!outcome.ok) return failed(outcome.error)
    const { status = deps.routes.get(due.operation)?.answer.status ?? 200, body } = outcome.value
    const { id } = body as { readonly id?: unknown }
    return { status, orderId: typeof id === 'string' ? id : null, problem: null }
  } catch (error) {
    deps.logger.error('a command of a job failed', { error: messageOf(error) })
    return failed(problemOfError(error))
  }
}

async function ask(
  { box, store, routes, nowMs }: WorkerDeps,
  { job, place, operation, given }: DueCommand,
): Promise<Outcome<unknown>> {
  const route = routes.get(operation)
  const opened = box.open(given, commandIdOf(job.id, place))
  if (route === undefined || opened === null) return { ok: false, error: UNREADABLE }
  const command = readCommand(route, JSON.parse(opened))
  if (!command.ok) return command
  const commandId = commandIdOf(job.id, place)
  const caller: Caller = { role: job.role as Role, actor: job.actor, tokenHash: job.tokenHash }
  return route.handle({
    store,
    caller,
    ...command.value,
    given: undefined,
    at: new Date(nowMs()).toISOString(),
    commandId,
    isRepeat: (await store.commandIdWith(commandId)) !== null,
    newOrderId: `ord.${commandId}`,
    // A manager stands beside no job: what needs one is refused, or asked for with a manager's token.
    takeApproval: () => null,
  })
}

/** A device that was restored elsewhere has no key to it any more. */
const UNREADABLE = problemOf('internal_error', 'The command can no longer be read on this device.')

const failed = (problem: Problem): JobResult => ({
  status: problem.status,
  orderId: null,
  problem: JSON.stringify(problemBody(problem)),
})
