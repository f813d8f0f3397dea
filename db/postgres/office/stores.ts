import { sql } from 'kysely'
import { STORE_RECORD_ID, storeRecord, type StoreSettings } from '../../../domain/catalog.ts'
import { fromPgText, toPgText } from '../../../domain/nul-free-text.ts'
import type { Database } from '../database.ts'
import type { Sql } from '../rows.ts'
import { readStores } from './read-stores.ts'

/** A store as the back office names it, with what its own settings say. */
export interface StoreInfo {
  readonly storeId: string
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  readonly dayStartsAtMinutes: number
  readonly taxRounding: 'line' | 'order'
}

export interface StorePosition {
  readonly name: string
  readonly storeId: string
}

interface StoreRow {
  readonly store_id: string
  readonly name: string
  readonly value: string | null
}

/** In the order of their names. `within`: the stores that may be seen. */
export async function listStores(
  db: Sql,
  within: 'all' | readonly string[],
  {
    q,
    after,
    limit,
  }: {
    readonly q?: string | undefined
    readonly after: StorePosition | null
    readonly limit: number
  },
): Promise<StoreInfo[]> {
  const isSeen = within === 'all' ? sql`true` : sql`store_id = ANY(${within.map(toPgText)}::text[])`
  const fits = q === undefined ? sql`true` : sql`strpos(lower(name), lower(${toPgText(q)})) > 0`
  const comesAfter =
    after === null
      ? sql`true`
      : sql`(name, store_id) > (${toPgText(after.name)}, ${toPgText(after.storeId)})`
  const { rows } = await sql<StoreRow>`
    SELECT store_id, name, value FROM (${namedStores}) AS named
    WHERE ${isSeen} AND ${fits} AND ${comesAfter}
    ORDER BY name, store_id
    LIMIT ${limit}
  `.execute(db)
  return rows.map(infoOf)
}

/** Null: nothing is known of such a store. */
export async function findStore(db: Sql, storeId: string): Promise<StoreInfo | null> {
  const { rows } = await sql<StoreRow>`
    SELECT store_id, name, value FROM (${namedStores}) AS named
    WHERE store_id = ${toPgText(storeId)}
  `.execute(db)
  return rows[0] ? infoOf(rows[0]) : null
}

/** Those of the ids that no store has. */
export const unknownStores = (
  database: Pick<Database, 'sql'>,
  storeIds: readonly string[],
): Promise<string[]> =>
  readStores(database, storeIds, async (trx) => {
    const rows = await trx
      .selectFrom('stores')
      .select('store_id')
      .where(sql<boolean>`store_id = ANY(${storeIds.map(toPgText)}::text[])`)
      .execute()
    const known = new Set(rows.map((row) => fromPgText(row.store_id)))
    return storeIds.filter((id) => !known.has(id))
  })

/** Its own name, before its settings have come the one with which it was enrolled, else its id. */
const namedStores = sql`
  SELECT stores.store_id, settings.value,
    coalesce(
      CASE WHEN pg_input_is_valid(settings.value, 'jsonb') THEN settings.value::jsonb ->> 'name' END,
      stores.enrolled_as,
      stores.store_id
    ) COLLATE "C" AS name
  FROM stores
  LEFT JOIN current_records AS settings ON settings.store_id = stores.store_id
    AND settings.kind = 'store' AND settings.id = ${STORE_RECORD_ID}`

const UNKNOWN_SETTINGS = {
  currency: 'USD',
  timeZone: 'UTC',
  dayStartsAtMinutes: 0,
  taxRounding: 'line',
} as const satisfies Partial<StoreSettings>

function infoOf({ store_id, name, value }: StoreRow): StoreInfo {
  const settings = settingsOf(value)
  const { currency, timeZone, dayStartsAtMinutes, taxRounding } = settings ?? UNKNOWN_SETTINGS
  return {
    storeId: fromPgText(store_id),
    name: settings?.name ?? fromPgText(name),
    currency,
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    dayStartsAtMinutes,
    taxRounding,
  }
}

function settingsOf(value: string | null): StoreSettings | null {
  if (value === null) return null
  const parsed = storeRecord.safeParse(JSON.parse(fromPgText(value)))
  return parsed.success ? parsed.data : null
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}
