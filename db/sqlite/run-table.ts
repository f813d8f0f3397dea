import type { LeftRange, Run } from '../../domain/log.ts'
import type { RunsTable } from '../schema.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** Which numbers have left this device. Runs that touch are one: there are as many as gaps. */
export interface RunTable {
  /** The run that holds a number. */
  readonly at: (origin: string, seq: number) => Run | null
  /** The hash that number `seq + 1` is chained to, where a run ends with `seq`. */
  readonly hashOfEnd: (origin: string, seq: number) => Uint8Array | null
  /** Of an origin, the last one. */
  readonly last: (origin: string) => Run | null
  readonly newest: (limit: number) => LeftRange[]
  /** Within the caller's transaction. None of its numbers is in a run already. */
  readonly add: (run: Run) => void
}

export function createRunTable(connection: Connection): RunTable {
  const { sql } = connection
  const select = sql.selectFrom('runs').selectAll().where('origin', '=', '')
  const selectFrom = prepare(connection, select.where('to_seq', '>=', 0).orderBy('to_seq').limit(1))
  const selectLast = prepare(connection, select.orderBy('to_seq', 'desc').limit(1))
  const selectEnd = prepare(connection, select.where('to_seq', '=', 0))
  const remove = prepare(
    connection,
    sql.deleteFrom('runs').where('origin', '=', '').where('to_seq', '=', 0),
  )
  const insert = prepare(
    connection,
    sql.insertInto('runs').values({
      origin: '',
      to_seq: 0,
      from_seq: 0,
      last_hash: new Uint8Array(),
      last_clock: 0,
    }),
  )

  const selectNewest = prepare(
    connection,
    sql
      .selectFrom('runs')
      .select(['origin', 'from_seq', 'to_seq', 'last_clock'])
      .orderBy('last_clock', 'desc')
      .limit(0),
  )

  function at(origin: string, seq: number): Run | null {
    const row = selectFrom.get(origin, seq, 1)
    return row !== undefined && row.from_seq <= seq ? runOf(row) : null
  }

  function add(run: Run): void {
    const { origin } = run
    const before = selectEnd.get(origin, run.fromSeq - 1)
    const after = at(origin, run.toSeq + 1)
    if (before) remove.run(origin, before.to_seq)
    if (after) remove.run(origin, after.toSeq)
    const { toSeq, lastHash, lastClock } = after ?? run
    insert.run(origin, toSeq, before?.from_seq ?? run.fromSeq, lastHash, lastClock)
  }

  return {
    at,
    hashOfEnd: (origin, seq) => selectEnd.get(origin, seq)?.last_hash ?? null,
    last: (origin) => {
      const row = selectLast.get(origin, 1)
      return row ? runOf(row) : null
    },
    newest: (limit) =>
      selectNewest.all(limit).map((row) => ({
        origin: row.origin,
        fromSeq: row.from_seq,
        toSeq: row.to_seq,
        lastClock: row.last_clock,
      })),
    add,
  }
}

export const runOf = (row: RunsTable): Run => ({
  origin: row.origin,
  fromSeq: row.from_seq,
  toSeq: row.to_seq,
  lastHash: row.last_hash,
  lastClock: row.last_clock,
})
