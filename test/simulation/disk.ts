import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { SqliteDatabase } from '../../db/schema.ts'
import { openConnection, type Connection } from '../../db/sqlite/connection.ts'

/**
 * A device's disk: a real SQLite database in memory, whose commits can fail and at which the power
 * can go, just before a commit or just after it. What was committed stays, whatever becomes of the
 * process; commits are atomic, so torn writes are the business of another test.
 */
export interface Disk {
  readonly connection: Connection
  /** The database without the faults, for whoever looks at the disk from outside. */
  readonly plain: Connection
  /** What happens to the next write or commit. */
  readonly plan: (next: DiskPlan) => void
  readonly setFull: (full: boolean) => void
  readonly image: () => Buffer
  readonly close: () => void
}

export type DiskPlan =
  | { readonly type: 'nothing' }
  | { readonly type: 'failCommit' }
  /** The nth row that is written from now on fails. */
  | { readonly type: 'failWrite'; readonly nth: number }
  | { readonly type: 'crashBeforeCommit' }
  | { readonly type: 'crashAfterCommit' }

/** The process is gone: nothing that follows in its code may have an effect. */
export class PowerCut extends Error {}
/** ENOSPC or EIO, as SQLite would report it. */
export class DiskError extends Error {}

/** A fault in how the disk carries out statements, planted to see that it is found. */
export type StatementFault = (
  statement: string,
  run: (...values: unknown[]) => unknown,
) => (...values: unknown[]) => unknown

/** The empty database with this program's schema, made once. */
export async function emptyImage(): Promise<Buffer> {
  const connection = await openConnection(':memory:')
  const image = connection.raw.serialize()
  connection.close()
  return image
}

export function createDisk(image: Buffer, fault: StatementFault | undefined): Disk {
  const raw = new Database(image)
  const sql = new Kysely<SqliteDatabase>({ dialect: new SqliteDialect({ database: raw }) })
  const plain: Connection = { raw, sql, close: () => raw.close() }
  let plan: DiskPlan | null = null
  let full = false

  function take(type: DiskPlan['type']): boolean {
    if (plan?.type !== type) return false
    plan = null
    return true
  }

  function beforeWrite(): void {
    if (full) throw new DiskError('the disk is full')
    if (plan?.type !== 'failWrite') return
    plan = plan.nth <= 1 ? null : { ...plan, nth: plan.nth - 1 }
    if (plan === null) throw new DiskError('a write failed')
  }

  function commit(run: () => unknown): unknown {
    if (take('failCommit')) throw new DiskError('the commit failed')
    if (take('crashBeforeCommit')) throw new PowerCut('before the commit')
    const result = run()
    if (take('crashAfterCommit')) throw new PowerCut('after the commit')
    return result
  }

  /** A program that starts again prepares the same statements again: they are kept for it. */
  const prepared = new Map<string, Database.Statement>()

  function prepare(text: string): Database.Statement {
    const statement = prepared.get(text) ?? prepareAnew(text)
    prepared.set(text, statement)
    return statement
  }

  function prepareAnew(text: string): Database.Statement {
    const statement = raw.prepare(text)
    if (text === 'COMMIT') return withRun(statement, () => commit(() => statement.run()))
    if (!/^(insert|replace|delete)/i.test(text)) {
      return fault === undefined ? statement : (faulty(statement, text) as Database.Statement)
    }
    const plainRun = (...values: unknown[]) => statement.run(...values)
    const run = fault === undefined ? plainRun : fault(text, plainRun)
    return withRun(statement, (...values) => {
      beforeWrite()
      return run(...values)
    })
  }

  /** Reading statements answer through `all`, the one that a planted fault is after. */
  function faulty(statement: Database.Statement, text: string): Database.Statement {
    const all = (fault as StatementFault)(text, (...values) => statement.all(...values))
    const other = withRun(statement, (...values) => statement.run(...values))
    return { ...other, all } as unknown as Database.Statement
  }

  const faultyRaw = {
    prepare,
    get inTransaction() {
      return raw.inTransaction
    },
  } as unknown as Database.Database

  return {
    connection: { raw: faultyRaw, sql, close: () => {} },
    plain,
    plan: (next) => {
      plan = next
    },
    setFull: (next) => {
      full = next
    },
    image: () => raw.serialize(),
    close: () => raw.close(),
  }
}

function withRun(
  statement: Database.Statement,
  run: (...values: unknown[]) => unknown,
): Database.Statement {
  return {
    run,
    get: (...values: unknown[]) => statement.get(...values),
    all: (...values: unknown[]) => statement.all(...values),
    iterate: (...values: unknown[]) => statement.iterate(...values),
  } as unknown as Database.Statement
}
