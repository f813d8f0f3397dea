import { sql } from 'kysely'
import { toPgText } from '../../domain/nul-free-text.ts'
import type { Database } from './database.ts'
import { mayReadOn, newestHandle, type NamedLog } from './log-handle.ts'
import type { Sql } from './rows.ts'
import { withStores } from './scope.ts'

/** A store's log in the order in which it was committed, from a position on. */
export interface LogReader {
  /** Null: this store has never been seen here. `from` the beginning, or on from where one was. */
  readonly read: (storeId: string, from: LogPlace, limits: LogLimits) => Promise<LogPart | null>
  readonly end: (storeId: string) => Promise<LogEnd | null>
  /**
   * The log is not what its readers read: a backup was put back. Gives it another name, unless
   * someone has done so since, and tells its name now.
   */
  readonly rename: (storeId: string, handle: string) => Promise<string>
  /**
   * From now on nobody reads on from further back than the newest `keep` entries: who is behind them
   * begins anew. Gives the position up to which that holds.
   */
  readonly prune: (storeId: string, keep: number) => Promise<number>
}

/**
 * `pos`: entries read so far. `check`: the beginning of the hash of the last of them, so that a log
 * which was put back from a backup and has grown again is not taken for the one that was read.
 */
export interface LogPosition {
  readonly pos: number
  readonly check: number
}

export const LOG_START: LogPosition = { pos: 0, check: 0 }

/** Where a reader is, in the log that it knows by this handle. Null: it begins, and knows none. */
export interface LogPlace {
  readonly handle: string | null
  readonly position: LogPosition
}

export interface LogLimits {
  readonly maxEntries: number
  /** Bytes of bodies after which no further entry is read. */
  readonly maxBytes: number
}

export interface LogEnd {
  /** Under which the reader goes on. */
  readonly handle: string
  readonly position: LogPosition
}

export interface LogPart extends LogEnd {
  readonly rows: readonly LogRow[]
  readonly isEnd: boolean
  /**
   * Why nothing was read: `renamed`, it is known by another handle now, which this one is, for the
   * reader's was another log or what it would read on from was pruned; `replaced`, no such position is
   * in this log, or another entry stands there.
   */
  readonly refusal: 'renamed' | 'replaced' | null
}

/** As PostgreSQL writes it: see nul-free-text.ts. */
export interface LogRow {
  readonly pos: number
  readonly origin: string
  readonly seq: number
  readonly clock: number
  readonly command_id: string
  readonly at: string
  readonly actor: string
  readonly body: string
  readonly hash: Buffer
}

export function createLogReader(database: Pick<Database, 'sql'>): LogReader {
  return {
    read: (storeId, from, limits) =>
      withStores(
        database,
        [storeId],
        (trx) => read(trx, toPgText(storeId), from, limits),
        'snapshot',
      ),
    end: (storeId) =>
      withStores(database, [storeId], (trx) => readEnd(trx, toPgText(storeId)), 'snapshot'),
    rename: (storeId, handle) =>
      withStores(database, [storeId], (trx) => rename(trx, toPgText(storeId), handle)),
    prune: (storeId, keep) =>
      withStores(database, [storeId], (trx) => prune(trx, toPgText(storeId), keep)),
  }
}

async function read(
  db: Sql,
  storeId: string,
  { handle: known, position: after }: LogPlace,
  limits: LogLimits,
): Promise<LogPart | null> {
  const end = await readEnd(db, storeId)
  if (end === null) return null
  const handle = known ?? end.handle
  const nothing = { position: after, rows: [], isEnd: false }
  if (!mayReadOn(end.log, handle, after.pos)) {
    return { ...nothing, handle: end.handle, refusal: 'renamed' }
  }
  if (!(await holds(db, storeId, after))) return { ...nothing, handle, refusal: 'replaced' }
  const rows = await readRows(db, storeId, after.pos, limits)
  const last = rows.at(-1)
  const position = last === undefined ? after : positionOf(last)
  return { handle, position, rows, isEnd: position.pos >= end.position.pos, refusal: null }
}

async function rename(db: Sql, storeId: string, handle: string): Promise<string> {
  const [logHandle = ''] = handle.split('.')
  await db
    .updateTable('stores')
    .set({
      log_handle: sql<string>`gen_random_uuid()::text`,
      log_pruned_to: 0,
      log_prunings: 0,
    })
    .where('store_id', '=', storeId)
    .where('log_handle', '=', logHandle)
    .execute()
  return (await readEnd(db, storeId))?.handle ?? handle
}

async function prune(db: Sql, storeId: string, keep: number): Promise<number> {
  const end = await readEnd(db, storeId)
  const prunedTo = (end?.position.pos ?? 0) - keep
  const { numUpdatedRows } = await db
    .updateTable('stores')
    .set(({ eb }) => ({ log_pruned_to: prunedTo, log_prunings: eb('log_prunings', '+', 1) }))
    .where('store_id', '=', storeId)
    .where('log_pruned_to', '<', prunedTo)
    .executeTakeFirst()
  return numUpdatedRows > 0 ? prunedTo : (end?.log.prunedTo ?? 0)
}

async function readEnd(db: Sql, storeId: string): Promise<(LogEnd & { log: NamedLog }) | null> {
  const row = await db
    .selectFrom('stores')
    .leftJoinLateral(
      (join) =>
        join
          .selectFrom('entries')
          .select(['pos', 'hash'])
          .whereRef('entries.store_id', '=', 'stores.store_id')
          .orderBy('pos', 'desc')
          .limit(1)
          .as('last'),
      (on) => on.onTrue(),
    )
    .select([
      'stores.log_handle',
      'stores.log_pruned_to',
      'stores.log_prunings',
      'last.pos',
      'last.hash',
    ])
    .where('stores.store_id', '=', storeId)
    .executeTakeFirst()
  if (row === undefined) return null
  const { log_handle: logHandle, log_prunings: prunings, log_pruned_to: prunedTo, pos, hash } = row
  const log = { logHandle, prunings, prunedTo }
  const handle = newestHandle(log)
  return {
    log,
    handle,
    position: pos === null || hash === null ? LOG_START : positionOf({ pos, hash }),
  }
}

async function holds(db: Sql, storeId: string, { pos, check }: LogPosition): Promise<boolean> {
  if (pos === 0) return true
  const row = await db
    .selectFrom('entries')
    .select('hash')
    .where('store_id', '=', storeId)
    .where('pos', '=', pos)
    .executeTakeFirst()
  return row !== undefined && (check === 0 || checkOf(row.hash) === check)
}

/** Large entries come few at a time: the sum is taken before their bodies are fetched. */
async function readRows(
  db: Sql,
  storeId: string,
  afterPos: number,
  { maxEntries, maxBytes }: LogLimits,
): Promise<LogRow[]> {
  const { rows } = await sql<LogRow>`
    SELECT pos, origin, seq, clock, command_id, at, actor, body, hash
    FROM (
      SELECT *, sum(octet_length(body)) OVER (ORDER BY pos) - octet_length(body) AS bytes_before
      FROM (
        SELECT * FROM entries WHERE store_id = ${storeId} AND pos > ${afterPos}
        ORDER BY pos LIMIT ${maxEntries}
      ) AS next
    ) AS measured
    WHERE bytes_before < ${maxBytes}
    ORDER BY pos
  `.execute(db)
  return rows
}

const positionOf = ({ pos, hash }: { readonly pos: number; readonly hash: Uint8Array }) => ({
  pos,
  check: checkOf(hash),
})

const checkOf = (hash: Uint8Array): number => Buffer.from(hash).readUInt32BE(0)
