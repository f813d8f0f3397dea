import { sql, type Kysely, type RawBuilder } from 'kysely'
import { arrayParameter, type ElementType } from './array-parameter.ts'
import { recordPrecedence } from '../record-precedence.ts'
import type { PostgresDatabase } from '../schema.ts'
import {
  specOf,
  type Cell,
  type OrderTable,
  type ProjectedTable,
  type Row,
  type TableSpec,
} from '../tables.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'

/** Rows of the projected tables, in and out of PostgreSQL many at a time. */

export type Sql = Kysely<PostgresDatabase>

/** The columns that hold numbers; all others hold text. */
const NUMBER_COLUMNS = new Set([
  'position',
  'quantity',
  'version',
  'clock',
  'event_index',
  'withdrawn',
  'firing_number',
  'bumped',
  'settled',
  'voided',
  'tax_included',
  'tax_rate_ppm',
  'subtotal_minor',
  'discount_minor',
  'service_charge_minor',
  'tax_minor',
  'tax_added_minor',
  'tip_minor',
  'total_minor',
  'paid_minor',
  'due_minor',
  'vouchers_minor',
  'guests',
  'comp_minor',
  'unit_price_minor',
  'line_total_minor',
  'price_minor',
  'amount_minor',
  'tendered_minor',
  'change_minor',
  'refunded_minor',
  'forgiven_minor',
  'offline',
  'cancel_asked',
  'used_clock',
  'seat',
  'course',
  'held',
  'amount_milli',
])

const toPgCell = (cell: Cell): Cell => (typeof cell === 'string' ? toPgText(cell) : cell)
const fromPgCell = (cell: Cell): Cell => (typeof cell === 'string' ? fromPgText(cell) : cell)

/** Arrays, one a column, as a table with the given column names. */
export function unnest(
  columns: readonly {
    readonly name: string
    readonly type: ElementType
    readonly values: Parameters<typeof arrayParameter>[1]
  }[],
): RawBuilder<unknown> {
  const arrays = columns.map(
    ({ type, values }) => sql`${arrayParameter(type, values)}::${sql.raw(type)}[]`,
  )
  const names = columns.map(({ name }) => sql.ref(name))
  return sql`unnest(${sql.join(arrays)}) AS input (${sql.join(names)})`
}

/**
 * Makes the table hold exactly these rows of the orders in `orderIds`: rows that are no more go,
 * rows that differ are written, the others stay untouched. Orders that are new here need not be in
 * `orderIds`. One statement, however many rows.
 */
export async function writeOrderRows(
  db: Sql,
  storeId: string,
  table: OrderTable,
  rows: readonly Row[],
  orderIds: readonly string[],
): Promise<void> {
  if (rows.length === 0 && orderIds.length === 0) return
  const spec = specOf(table)
  const keys = spec.columns.slice(0, spec.keyColumns)
  const isSameRow = sql.join(
    keys.map((key) => sql`input.${sql.ref(key)} = held.${sql.ref(key)}`),
    sql` AND `,
  )
  const gone =
    orderIds.length === 0
      ? sql``
      : sql`, gone AS (
          DELETE FROM ${sql.table(table)} AS held
          WHERE held.store_id = ${storeId}
            AND held.${sql.ref(keys[0] ?? '')} = ANY(${orderIds}::text[])
            AND NOT EXISTS (SELECT FROM input WHERE ${isSameRow})
        )`
  await sql`
    WITH input AS (SELECT * FROM ${inputOf(spec, rows)})${gone}
    ${upsert(table, storeId)}
    WHERE ${valuesOf(spec, 'held')} IS DISTINCT FROM ${valuesOf(spec, 'excluded')}
  `.execute(db)
}

/** What decides between two rows of one key: of journal lines what they say. */
const PRECEDENCE = {
  records: recordPrecedence,
  journal: (source: string) =>
    sql.join(
      ['at', 'command_id', 'actor', 'about', 'value'].map((column) =>
        sql.ref(`${source}.${column}`),
      ),
    ),
} as const

/** Writes records, or lines of the journal; one that is held and comes after stays (rule F1). */
export async function writeLatestRows(
  db: Sql,
  storeId: string,
  table: 'records' | 'journal',
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const precedence = PRECEDENCE[table]
  await sql`
    WITH input AS (SELECT * FROM ${inputOf(specOf(table), rows)})
    ${upsert(table, storeId)}
    WHERE (${precedence('excluded')}) > (${precedence('held')})
  `.execute(db)
}

function inputOf(spec: TableSpec, rows: readonly Row[]): RawBuilder<unknown> {
  const unique = lastOfEachKey(spec, rows)
  return unnest(
    spec.columns.map((name, column) => ({
      name,
      type: NUMBER_COLUMNS.has(name) ? 'bigint' : 'text',
      values: unique.map((row) => row[column] ?? null),
    })),
  )
}

/** Ids that differ only in half surrogate pairs are one key here; a statement may name it once. */
function lastOfEachKey(spec: TableSpec, rows: readonly Row[]): Row[] {
  const byKey = new Map<string, Row>()
  for (const row of rows) {
    const stored = row.map(toPgCell)
    byKey.set(stored.slice(0, spec.keyColumns).join('\n'), stored)
  }
  return [...byKey.values()]
}

function upsert(table: ProjectedTable, storeId: string): RawBuilder<unknown> {
  const spec = specOf(table)
  const columns = sql.join(spec.columns.map((column) => sql.ref(column)))
  const keys = sql.join(spec.columns.slice(0, spec.keyColumns).map((key) => sql.ref(key)))
  const changes = spec.columns
    .slice(spec.keyColumns)
    .map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`)
  return sql`
    INSERT INTO ${sql.table(table)} AS held (store_id, ${columns})
    SELECT ${storeId}, ${columns} FROM input
    ON CONFLICT (store_id, ${keys}) DO UPDATE SET ${sql.join(changes)}`
}

const valuesOf = (spec: TableSpec, source: 'held' | 'excluded'): RawBuilder<unknown> =>
  sql`(${sql.join(spec.columns.slice(spec.keyColumns).map((c) => sql.ref(`${source}.${c}`)))})`

/** The rows of some orders in key order. Ids as they are stored. */
export async function readOrderRows(
  db: Sql,
  storeId: string,
  table: OrderTable,
  orderIds: readonly string[],
): Promise<Row[]> {
  const spec = specOf(table)
  const key = sql.ref(spec.columns[0] ?? '')
  const condition = sql`${key} = ANY(${orderIds}::text[])`
  return select(db, storeId, table, condition, null)
}

/** Every row of a table in key order, a bounded number in memory at a time. */
export async function* allRows(
  db: Sql,
  storeId: string,
  table: ProjectedTable,
): AsyncGenerator<Row> {
  const spec = specOf(table)
  let after: Row | null = null
  for (;;) {
    const keys = sql.join(spec.columns.slice(0, spec.keyColumns).map((key) => sql.ref(key)))
    const condition: RawBuilder<unknown> =
      after === null
        ? sql`true`
        : sql`(${keys}) > (${sql.join(after.slice(0, spec.keyColumns).map(toPgCell))})`
    const rows: Row[] = await select(db, storeId, table, condition, READ_CHUNK)
    yield* rows
    after = rows.at(-1) ?? null
    if (rows.length < READ_CHUNK) return
  }
}

const READ_CHUNK = 5_000

async function select(
  db: Sql,
  storeId: string,
  table: ProjectedTable,
  condition: RawBuilder<unknown>,
  limit: number | null,
): Promise<Row[]> {
  const spec = specOf(table)
  const keys = sql.join(spec.columns.slice(0, spec.keyColumns).map((key) => sql.ref(key)))
  const { rows } = await sql<Record<string, Cell>>`
    SELECT ${sql.join(spec.columns.map((column) => sql.ref(column)))}
    FROM ${sql.table(table)}
    WHERE store_id = ${storeId} AND ${condition}
    ORDER BY ${keys}
    LIMIT ${limit}
  `.execute(db)
  return rows.map((row) => spec.columns.map((column) => fromPgCell(row[column] ?? null)))
}
