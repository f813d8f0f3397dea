import type Database from 'better-sqlite3'
import { sql, type Compilable, type Kysely, type RawBuilder } from 'kysely'
import { recordPrecedence } from '../record-precedence.ts'
import {
  orderTables,
  recordsTable,
  specOf,
  type Cell,
  type OrderTable,
  type ProjectedTable,
  type Row,
  type TableSpec,
} from '../tables.ts'
import type { SqliteDatabase } from '../schema.ts'
import type { Connection } from './connection.ts'

/** A prepared statement over kysely's compiled SQL; its parameters are bound in their order. */
export function prepare<Result>(
  { raw }: Connection,
  query: Compilable<Result>,
): Database.Statement<(Cell | Uint8Array)[], Result> {
  return raw.prepare(query.compile().sql)
}

/** `INSERT … VALUES (?, …)` over all columns of a table, replacing the row with the same key. */
export function prepareUpsert(
  connection: Connection,
  table: OrderTable,
): Database.Statement<Cell[]> {
  const spec = specOf(table)
  const query = sql`INSERT OR REPLACE INTO ${sql.table(table)} (${columnList(spec.columns)})
    VALUES (${sql.join(spec.columns.map(() => sql.val(null)))})`
  return connection.raw.prepare(compileRaw(connection.sql, query))
}

/** The same of a version of a record, unless one is held that stands before it (see `laterRecord`). */
export function prepareRecordUpsert(connection: Connection): Database.Statement<Cell[]> {
  const { columns, keyColumns } = recordsTable
  const changes = columns
    .slice(keyColumns)
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`)
  const query = sql`INSERT INTO records (${columnList(columns)})
    VALUES (${sql.join(columns.map(() => sql.val(null)))})
    ON CONFLICT (${columnList(columns.slice(0, keyColumns))}) DO UPDATE SET ${sql.join(changes)}
    WHERE (${recordPrecedence('excluded')}) > (${recordPrecedence('records')})`
  return connection.raw.prepare(compileRaw(connection.sql, query))
}

/** `DELETE … WHERE key = ?` over the key columns of a table. */
export function prepareDelete(
  connection: Connection,
  table: OrderTable,
): Database.Statement<Cell[]> {
  const spec: TableSpec = orderTables[table]
  const conditions = spec.columns
    .slice(0, spec.keyColumns)
    .map((column) => sql`${sql.ref(column)} = ${sql.val(null)}`)
  const query = sql`DELETE FROM ${sql.table(table)} WHERE ${sql.join(conditions, sql` AND `)}`
  return connection.raw.prepare(compileRaw(connection.sql, query))
}

/** Everything that one of the tables says of one order. */
export function prepareDeleteOrder(
  connection: Connection,
  table: OrderTable,
): Database.Statement<[string]> {
  const column = table === 'orders' ? 'id' : 'order_id'
  const query = sql`DELETE FROM ${sql.table(table)} WHERE ${sql.ref(column)} = ${sql.val('')}`
  return connection.raw.prepare(compileRaw(connection.sql, query))
}

/** Rows of a projected table in the binary order of their keys, as arrays of cells. */
export function selectInKeyOrder(
  connection: Connection,
  table: ProjectedTable,
): IterableIterator<Row> {
  const spec = specOf(table)
  const query = sql`SELECT ${columnList(spec.columns)} FROM ${sql.table(table)}
    ORDER BY ${columnList(spec.columns.slice(0, spec.keyColumns))}`
  return connection.raw.prepare<[], Row>(compileRaw(connection.sql, query)).raw().iterate()
}

const columnList = (columns: readonly string[]): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql.ref(column)))

const compileRaw = (db: Kysely<SqliteDatabase>, query: RawBuilder<unknown>): string =>
  query.compile(db).sql
