import type { Printer } from '../../domain/catalog.ts'
import type { PrintJob, PrintJobKind, PrintJobs } from '../../db/sqlite/print-jobs.ts'
import type { Paper, PrinterState } from '../../protocol/paper.ts'
import { messageOf, type Logger } from '../logger.ts'
import { encodeDrawerKick, encodePaper, type EncodedJob } from './esc-pos.ts'
import {
  DRAWER_WAIT_MS,
  MAX_WAITING,
  MAX_WAITING_ESSENTIAL,
  PROBE_EVERY_MS,
  RETRY_MAX_MS,
  RETRY_MIN_MS,
} from './limits.ts'
import { maybePrintedBefore } from './other-papers.ts'
import type { PrintOutcome, sendToPrinter } from './printer-socket.ts'

/** One printer's turn: takes its jobs one by one, and tries again, later each time, while it fails. */
export interface PrinterQueue {
  /** There is something new to print. */
  readonly wake: () => void
  /** The last that is known of it. */
  readonly state: () => Omit<PrinterState, 'printerId'>
  readonly stop: () => Promise<void>
}

export interface QueueDeps {
  readonly printerId: string
  /** As it is now; undefined: it was taken away. */
  readonly printer: () => Printer | undefined
  readonly jobs: PrintJobs
  readonly send: typeof sendToPrinter
  /** Whether this device prints there by itself, and so asks now and then how it is. */
  readonly isUsedHere: () => boolean
  /** Told after it is durable. */
  readonly onPrinted: (job: PrintJob) => void
  readonly onChange: () => void
  readonly nowMs: () => number
  readonly logger: Pick<Logger, 'warn'>
}

/** What a kitchen can do without: it is dropped first where too much waits. */
const DISPENSABLE: readonly PrintJobKind[] = ['test', 'report', 'receipt', 'copy', 'drawer']
const ALL: readonly PrintJobKind[] = [...DISPENSABLE, 'slip', 'fallback', 'void']

export function createPrinterQueue(deps: QueueDeps): PrinterQueue {
  const { printerId, jobs, nowMs, logger } = deps
  let state: Omit<PrinterState, 'printerId' | 'waiting'> = {
    trouble: null,
    lastPrintedMs: null,
    lastAnsweredMs: null,
    dropped: 0,
    unprintable: [],
  }
  let failures = 0
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | null = null
  let working: Promise<void> | null = null

  function wake(): void {
    if (stopping.signal.aborted || working !== null) return
    if (timer !== null) clearTimeout(timer)
    timer = null
    working = work().finally(() => {
      working = null
      // A printer that fails is tried again later; a healthy one is asked now and then how it is.
      const pauseMs = failures === 0 ? PROBE_EVERY_MS : retryAfterMs(failures)
      if (!stopping.signal.aborted)
        timer = setTimeout(wake, failures === 0 && hasWork() ? 0 : pauseMs)
    })
  }

  const hasWork = (): boolean => jobs.next(printerId) !== null

  async function work(): Promise<void> {
    try {
      dropWhatIsTooMuch()
      let job = nextJob()
      if (job === null && deps.isUsedHere()) await probe()
      while (job !== null && !stopping.signal.aborted) {
        if (!(await print(job))) return
        job = nextJob()
      }
    } catch (error) {
      failures += 1
      logger.warn('a printer could not be served', { printer: printerId, detail: messageOf(error) })
    }
  }

  /** A drawer is opened for who stands there, or not at all. */
  function nextJob(): PrintJob | null {
    for (;;) {
      const job = jobs.next(printerId)
      if (job?.kind !== 'drawer') return job
      if (!job.maybePrinted && nowMs() - job.createdMs <= DRAWER_WAIT_MS) return job
      drop(job, 'the drawer was not opened in time')
    }
  }

  function dropWhatIsTooMuch(): void {
    for (let waiting = jobs.waiting(printerId); waiting > MAX_WAITING; waiting -= 1) {
      const kinds = waiting > MAX_WAITING_ESSENTIAL ? ALL : DISPENSABLE
      const job = jobs.oldest(printerId, DISPENSABLE) ?? jobs.oldest(printerId, kinds)
      if (job === null) return
      drop(job, 'too much waits for this printer')
    }
  }

  function drop(job: PrintJob, why: string): void {
    jobs.finish(job.id, { state: 'dropped', confirmed: false, finishedMs: nowMs() })
    change({ dropped: state.dropped + 1 })
    logger.warn('a print job was dropped', { printer: printerId, kind: job.kind, why })
  }

  /** False: this printer does not print now. */
  async function print(job: PrintJob): Promise<boolean> {
    const printer = deps.printer()
    if (printer === undefined) {
      drop(job, 'the printer was taken away')
      return true
    }
    const { bytes, unprintable } = encoded(job, printer)
    // Durable before the first byte: after a power cut it is known that some may have come out.
    jobs.sending(job.id)
    const outcome = await deps.send(printer.address, bytes, { signal: stopping.signal })
    if (outcome.kind === 'printed') {
      jobs.finish(job.id, {
        state: 'done',
        confirmed: outcome.isConfirmed,
        finishedMs: nowMs(),
      })
      failures = 0
      change({ trouble: null, lastPrintedMs: nowMs(), lastAnsweredMs: nowMs(), unprintable })
      deps.onPrinted(job)
      return true
    }
    jobs.putBack(job.id, outcome.kind === 'unknown')
    failed(outcome)
    return false
  }

  async function probe(): Promise<void> {
    const printer = deps.printer()
    if (printer === undefined) return
    const outcome = await deps.send(printer.address, null, { signal: stopping.signal })
    if (outcome.kind !== 'printed') return failed(outcome)
    failures = 0
    change({ trouble: null, lastAnsweredMs: nowMs() })
  }

  function failed(outcome: Exclude<PrintOutcome, { kind: 'printed' }>): void {
    failures += 1
    const isReached = outcome.fault !== 'unreachable' && outcome.fault !== 'bad_address'
    change({ trouble: outcome.fault, ...(isReached && { lastAnsweredMs: nowMs() }) })
  }

  function change(to: Partial<typeof state>): void {
    const before = state
    state = { ...state, ...to }
    if (before.trouble !== state.trouble || before.dropped !== state.dropped) deps.onChange()
  }

  return {
    wake: () => {
      // Whoever just asked for paper has a reason to think that the printer is back.
      if (working === null) wake()
    },
    state: () => ({ ...state, waiting: jobs.waiting(printerId) }),
    stop: async () => {
      stopping.abort()
      if (timer !== null) clearTimeout(timer)
      await working
    },
  }
}

function encoded(job: PrintJob, printer: Printer): EncodedJob {
  if (job.paper === null) return encodeDrawerKick()
  const paper = JSON.parse(job.paper) as Paper
  return encodePaper(job.maybePrinted ? maybePrintedBefore(paper) : paper, printer)
}

const retryAfterMs = (failures: number): number =>
  Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** Math.min(failures - 1, 10))
