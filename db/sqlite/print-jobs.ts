import type { Connection } from './connection.ts'

/**
 * The queue of each printer, durable on this device. A job that was being sent when the process
 * ended may have come out: it waits again, and is marked so.
 */
export interface PrintJobs {
  /** False: this key was asked for before. */
  readonly add: (job: NewPrintJob) => boolean
  readonly find: (key: string) => PrintJob | null
  /** The next to print. Drawers go first: somebody stands in front of it. */
  readonly next: (printerId: string) => PrintJob | null
  readonly sending: (id: number) => void
  /** It waits again. `maybePrinted`: some of it went to the printer. */
  readonly putBack: (id: number, maybePrinted: boolean) => void
  readonly finish: (id: number, end: PrintJobEnd) => void
  readonly waiting: (printerId: string) => number
  /** The oldest that waits and of these kinds; null: there is none. */
  readonly oldest: (printerId: string, kinds: readonly PrintJobKind[]) => PrintJob | null
  /** Whether such a receipt was asked for on this device, before a job. `part`: of one check. */
  readonly hasReceipt: (orderId: string, part: string | null, before: PrintJob | null) => boolean
  /** Forgets what ended before a moment. */
  readonly forget: (beforeMs: number) => void
}

export const PRINT_JOB_KINDS = [
  'receipt',
  'report',
  'test',
  'slip',
  'fallback',
  'void',
  'copy',
  'drawer',
] as const
export type PrintJobKind = (typeof PRINT_JOB_KINDS)[number]

export interface NewPrintJob {
  readonly key: string
  readonly printerId: string
  readonly kind: PrintJobKind
  readonly orderId: string | null
  readonly ticketId: string | null
  /** JSON of what to print; null: a drawer. */
  readonly paper: string | null
  readonly createdMs: number
  /** Of a receipt of one check; absent: of all. */
  readonly part?: string | null
}

export interface PrintJob extends NewPrintJob {
  readonly id: number
  readonly state: 'waiting' | 'sending' | 'done' | 'dropped'
  readonly maybePrinted: boolean
}

export interface PrintJobEnd {
  readonly state: 'done' | 'dropped'
  readonly confirmed: boolean
  readonly finishedMs: number
}

interface JobRow {
  readonly id: number
  readonly key: string
  readonly printer_id: string
  readonly kind: PrintJobKind
  readonly order_id: string | null
  readonly ticket_id: string | null
  readonly paper: string | null
  readonly state: PrintJob['state']
  readonly maybe_printed: number
  readonly created_ms: number
}

export function createPrintJobs({ raw }: Connection): PrintJobs {
  const COLUMNS =
    'id, key, printer_id, kind, order_id, ticket_id, paper, state, maybe_printed, created_ms'
  const insert = raw.prepare(
    `INSERT OR IGNORE INTO print_jobs
     (key, printer_id, kind, order_id, ticket_id, paper, state, maybe_printed, confirmed, created_ms, part)
     VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, 0, ?, ?)`,
  )
  const byKey = raw.prepare<[string], JobRow>(`SELECT ${COLUMNS} FROM print_jobs WHERE key = ?`)
  const first = raw.prepare<[string], JobRow>(
    `SELECT ${COLUMNS} FROM print_jobs WHERE printer_id = ? AND state = 'waiting'
     ORDER BY kind <> 'drawer', id LIMIT 1`,
  )
  const setSending = raw.prepare("UPDATE print_jobs SET state = 'sending' WHERE id = ?")
  const setWaiting = raw.prepare(
    "UPDATE print_jobs SET state = 'waiting', maybe_printed = max(maybe_printed, ?) WHERE id = ?",
  )
  const setEnd = raw.prepare(
    'UPDATE print_jobs SET state = ?, confirmed = ?, finished_ms = ?, paper = NULL WHERE id = ?',
  )
  const count = raw
    .prepare<[string], number>(
      "SELECT count(*) FROM print_jobs WHERE printer_id = ? AND state = 'waiting'",
    )
    .pluck()
  const oldestOf = raw.prepare<[string, string], JobRow>(
    `SELECT ${COLUMNS} FROM print_jobs WHERE printer_id = ? AND state = 'waiting'
     AND kind IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 1`,
  )
  const receiptsBefore = raw
    .prepare<[string, string | null, number], number>(
      `SELECT count(*) FROM print_jobs
       WHERE order_id = ? AND part IS ? AND id < ? AND kind = 'receipt' AND state <> 'dropped'`,
    )
    .pluck()
  const deleteEnded = raw.prepare('DELETE FROM print_jobs WHERE finished_ms < ?')

  raw.exec("UPDATE print_jobs SET state = 'waiting', maybe_printed = 1 WHERE state = 'sending'")

  return {
    add: (job) =>
      insert.run(
        job.key,
        job.printerId,
        job.kind,
        job.orderId,
        job.ticketId,
        job.paper,
        job.createdMs,
        job.part ?? null,
      ).changes > 0,
    find: (key) => jobOf(byKey.get(key)),
    next: (printerId) => jobOf(first.get(printerId)),
    sending: (id) => void setSending.run(id),
    putBack: (id, maybePrinted) => void setWaiting.run(maybePrinted ? 1 : 0, id),
    finish: (id, { state, confirmed, finishedMs }) =>
      void setEnd.run(state, confirmed ? 1 : 0, finishedMs, id),
    waiting: (printerId) => count.get(printerId) ?? 0,
    oldest: (printerId, kinds) => jobOf(oldestOf.get(printerId, JSON.stringify(kinds))),
    hasReceipt: (orderId, part, before) =>
      (receiptsBefore.get(orderId, part, before?.id ?? Number.MAX_SAFE_INTEGER) ?? 0) > 0,
    forget: (beforeMs) => void deleteEnded.run(beforeMs),
  }
}

function jobOf(row: JobRow | undefined): PrintJob | null {
  if (row === undefined) return null
  return {
    id: row.id,
    key: row.key,
    printerId: row.printer_id,
    kind: row.kind,
    orderId: row.order_id,
    ticketId: row.ticket_id,
    paper: row.paper,
    state: row.state,
    maybePrinted: row.maybe_printed === 1,
    createdMs: row.created_ms,
  }
}
