import type Database from 'better-sqlite3'
import { sql, type Compilable } from 'kysely'
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
import type { Connection } from './connection.ts'

/** A prepared statement over kysely's compiled SQL; its parameters are bound in their order. */
export function prepare<Result>(
  { raw }: Connection,
  query: Compilable<Result>,
): Database.Statement<(Cell | Uint8Array)[], Result> {
  return raw.prepare(query.compile().sql)
}

/**
 * `INSERT … VALUES (?, …)` over all columns of a table, replacing the row with the same key. Written as text,
 * as the others over whole tables are: a store has dozens of them, and none has anything to compile.
 */
export function prepareUpsert({ raw }: Connection, table: OrderTable): Database.Statement<Cell[]> {
  const { columns } = specOf(table)
  const values = columns.map(() => '?').join(', ')
  return raw.prepare(
    `INSERT OR REPLACE INTO ${quoted(table)} (${listOf(columns)}) VALUES (${values})`,
  )
}

/** The same of a version of a record, unless one is held that stands before it (see `laterRecord`). */
export function prepareRecordUpsert(connection: Connection): Database.Statement<Cell[]> {
  const { columns, keyColumns } = recordsTable
  const changes = columns
    .slice(keyColumns)
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`)
  const query = sql`INSERT INTO records (${sql.raw(listOf(columns))})
    VALUES (${sql.join(columns.map(() => sql.val(null)))})
    ON CONFLICT (${sql.raw(listOf(columns.slice(0, keyColumns)))}) DO UPDATE SET ${sql.join(changes)}
    WHERE (${recordPrecedence('excluded')}) > (${recordPrecedence('records')})`
  return connection.raw.prepare(query.compile(connection.sql).sql)
}

/** `DELETE … WHERE key = ?` over the key columns of a table. */
export function prepareDelete({ raw }: Connection, table: OrderTable): Database.Statement<Cell[]> {
  const { columns, keyColumns } = orderTables[table] as TableSpec
  const conditions = columns.slice(0, keyColumns).map((column) => `${quoted(column)} = ?`)
  return raw.prepare(`DELETE FROM ${quoted(table)} WHERE ${conditions.join(' AND ')}`)
}

/** Everything that one of the tables says of one order. */
export function prepareDeleteOrder(
  { raw }: Connection,
  table: OrderTable,
): Database.Statement<[string]> {
  const column = table === 'orders' ? 'id' : 'order_id'
  return raw.prepare(`DELETE FROM ${quoted(table)} WHERE ${quoted(column)} = ?`)
}

/** Rows of a projected table in the binary order of their keys, as arrays of cells. */
export function selectInKeyOrder(
  { raw }: Connection,
  table: ProjectedTable,
): IterableIterator<Row> {
  const { columns, keyColumns } = specOf(table)
  const keys = listOf(columns.slice(0, keyColumns))
  const text = `SELECT ${listOf(columns)} FROM ${quoted(table)} ORDER BY ${keys}`
  return raw.prepare<[], Row>(text).raw().iterate()
}

const quoted = (name: string): string => `"${name}"`

const listOf = (columns: readonly string[]): string => columns.map(quoted).join(', ')
