import { countMissing, isRange, lastSeqOf, type EntryLog, type Frontier } from '../domain/log.ts'
import { UPLOAD_RETRY_MIN_MS, UPLOAD_TIMEOUT_MS } from '../protocol/limits.ts'
import type { UpstreamStatus } from '../protocol/screens.ts'
import { createCentreClient, type CentreClient, type CentreResult } from './centre-client.ts'
import { messageOf, type Logger } from './logger.ts'
import { createOldestMissing } from './oldest-missing.ts'
import { readWanted } from './read-wanted.ts'
import { frontierOf } from './session-runner.ts'
import {
  centreFailed,
  centreSaid,
  centreTook,
  newUploadPlan,
  nextUploadStep,
  planAdvanced,
  planAtTime,
  type UploadStep,
} from './upload-plan.ts'

/** Carries the log to the centre, for as long as the process runs (rule U1). */
export interface Upstream {
  readonly status: () => UpstreamStatus
  /** What the centre says to hold; null while it cannot be asked. */
  readonly frontier: () => Frontier | null
  readonly stop: () => Promise<void>
}

export interface UpstreamDeps {
  readonly log: EntryLog
  /** Null: this store has no centre, and nothing is done. */
  readonly url: string | null
  readonly token: string
  readonly deviceId: string
  readonly fetch: typeof globalThis.fetch
  /** Wall clock, for people. */
  readonly now: () => number
  /** Never goes back, for waits. Absent: the process's own. */
  readonly monotonicNow?: () => number
  readonly random: () => number
  readonly logger: Logger
  /** Milliseconds after which a call counts as failed. */
  readonly timeoutMs?: number
}

export function createUpstream(deps: UpstreamDeps): Upstream {
  if (deps.url === null) return NOTHING_UPSTREAM
  const { log, logger, random } = deps
  const monotonicNow = deps.monotonicNow ?? (() => performance.now())
  const ending = new AbortController()
  const client = createCentreClient({
    url: deps.url,
    token: deps.token,
    storeId: log.storeId,
    deviceId: deps.deviceId,
    fetch: deps.fetch,
    timeoutMs: deps.timeoutMs ?? UPLOAD_TIMEOUT_MS,
    signal: ending.signal,
  })
  const oldest = createOldestMissing(log)
  let plan = newUploadPlan(log.frontier(), log.ownOrigin(), monotonicNow())
  let lastError: string | null = null
  let lastContactMs: number | null = null
  let connected = false
  let wake: () => void = () => {}

  const unsubscribe = log.onAdvance((origins) => {
    const grown = frontierOf(log.frontier(), origins)
    plan = planAdvanced(plan, grown, log.ownOrigin(), monotonicNow())
    wake()
  })

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        plan = planAtTime(plan, monotonicNow())
        await take(nextUploadStep(plan, log.frontier(), log.ownOrigin(), monotonicNow()), client)
      } catch (error) {
        // Only the log can throw here; the centre's faults are values.
        logger.error('the log failed under an upload', { error: messageOf(error) })
        lastError = 'the log cannot be read here'
        plan = centreFailed(plan, 'unavailable', null, monotonicNow(), random)
      }
    }
  }

  async function take(step: UploadStep, centre: CentreClient): Promise<void> {
    switch (step.do) {
      case 'wait':
        return waitUntil(step.untilMs)
      case 'ask': {
        const result = await centre.askFrontier()
        note(result)
        plan = result.ok
          ? centreSaid(plan, result.value.frontier, monotonicNow())
          : centreFailed(plan, result.error.failure, null, monotonicNow(), random)
        return
      }
      case 'upload': {
        const parts = readWanted(log, step.wanted, step.limits)
        if (parts.length === 0) return waitUntil(monotonicNow() + UPLOAD_RETRY_MIN_MS)
        const sent = parts.map((part) => ({
          origin: part.origin,
          fromSeq: part.fromSeq,
          toSeq: lastSeqOf(part),
        }))
        // A centre that lost what has left here since makes no progress with what is left of it.
        const startedMs = monotonicNow()
        const result = await centre.upload(parts.filter(isRange))
        const nowMs = monotonicNow()
        note(result)
        plan = result.ok
          ? centreTook(plan, sent, result.value, nowMs, random, nowMs - startedMs)
          : centreFailed(plan, result.error.failure, sent, nowMs, random)
        return
      }
    }
  }

  function note(result: CentreResult): void {
    if (ending.signal.aborted) return
    if (result.ok) {
      if (!connected) logger.info('the centre is connected', {})
      connected = true
      lastContactMs = deps.now()
      lastError = null
      return
    }
    const { failure, message } = result.error
    if (message !== lastError) logger.warn('no upload to the centre', { failure, reason: message })
    // A centre that refuses one upload is there all the same.
    connected = failure === 'refused' || failure === 'too_large'
    lastError = message
  }

  function waitUntil(untilMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, Math.max(0, untilMs - monotonicNow()))
      function done(): void {
        clearTimeout(timer)
        wake = () => {}
        resolve()
      }
      wake = done
      if (ending.signal.aborted) done()
    })
  }

  /** What rests because the centre does not take it has to be seen by somebody. */
  function refusal(): string | null {
    const [origin] = plan.refused.keys()
    if (origin === undefined) return null
    const seq = (plan.centre?.get(origin) ?? 0) + 1
    return `the centre does not take the entries of ${origin} from number ${seq} on`
  }

  const running = run()
  return {
    status: () => ({
      configured: true,
      connected,
      backlog: plan.centre === null ? null : countMissing(log.frontier(), plan.centre),
      waitingSinceMs: plan.centre === null ? null : oldest.writtenMs(plan.centre),
      lastContactMs,
      lastError: lastError ?? refusal(),
    }),
    frontier: () => (connected ? plan.centre : null),
    async stop() {
      unsubscribe()
      ending.abort()
      wake()
      await running
    },
  }
}

const NOT_CONFIGURED: UpstreamStatus = {
  configured: false,
  connected: false,
  backlog: null,
  waitingSinceMs: null,
  lastContactMs: null,
  lastError: null,
}

const NOTHING_UPSTREAM: Upstream = {
  status: () => NOT_CONFIGURED,
  frontier: () => null,
  stop: () => Promise.resolve(),
}
