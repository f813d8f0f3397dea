import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, openDatabase } from '../../db/postgres/database.ts'
import { createLogReader, LOG_START } from '../../db/postgres/log-reader.ts'
import { migrations } from '../../db/postgres/migrations/index.ts'
import { withStores } from '../../db/postgres/scope.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { openTill, payInFull, ringUp, serve } from '../support/till.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(() => postgres.stop())

/** A database as the first version of the centre left it, with what a store had brought. */
async function oldestWith(newest: string): Promise<string> {
  const oldest = await postgres.createDatabase()
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: oldest }) }),
  })
  const provider = { getMigrations: () => Promise.resolve(migrations) }
  const [first = ''] = Object.keys(migrations)
  const { error } = await new Migrator({ db, provider }).migrateTo(first)
  await db.destroy()
  if (error !== undefined) throw error
  const tables = await postgres.query(
    oldest,
    `SELECT table_name AS name, string_agg(quote_ident(column_name), ', ') AS columns
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'kysely%'
     GROUP BY table_name`,
  )
  for (const { name, columns } of tables.rows as { name: string; columns: string }[]) {
    const { rows } = await postgres.query(newest, `SELECT json_agg(t) AS held FROM ${name} AS t`)
    const [{ held }] = rows as [{ held: unknown[] | null }]
    await postgres.query(
      oldest,
      `INSERT INTO ${name} (${columns})
       SELECT ${columns} FROM json_populate_recordset(NULL::${name}, $1)`,
      [JSON.stringify(held ?? [])],
    )
  }
  return oldest
}

test('[F3] a database of the first version goes forward with all that it holds, and takes more', async () => {
  const newest = await postgres.createDatabase()
  await migrate({ url: newest })
  const till = await openTill('old-store', 'till-a', 'A')
  for (let n = 0; n < 5; n += 1) serve(till, `o-${n}`)
  ringUp(till, 'open')
  const upload = async (url: string): Promise<number> => {
    const database = openDatabase(url, () => {})
    const store = createPostgresStore(database)
    const ranges = till.rangesBeyond(await store.frontier('old-store'))
    const wish = { storeId: 'old-store', deviceId: 'till-a', ranges }
    const { accepted } = await store.applyUpload(wish, new Date())
    await store.trustedTokenHash('old-store', 'hash')
    await database.close()
    return accepted
  }
  expect(await upload(newest)).toBeGreaterThan(25)

  const url = await oldestWith(newest)
  await migrate({ url })
  // Once more: there is nothing left to do.
  await migrate({ url })
  const database = openDatabase(url, () => {})
  const store = createPostgresStore(database)
  expect(await store.verify('old-store')).toMatchObject({ ok: true, fault: null })
  expect(await store.digest('old-store')).toBe(till.digest())
  payInFull(till, 'open')
  expect(await upload(url)).toBe(1)
  expect(await store.digest('old-store')).toBe(till.digest())
  expect(await store.verify('old-store')).toMatchObject({ ok: true })
  const limits = { maxEntries: 1_000, maxBytes: 10_000_000 }
  const read = await createLogReader(database).read(
    'old-store',
    { handle: null, position: LOG_START },
    limits,
  )
  expect(read?.rows.map(({ pos }) => pos)).toEqual(
    Array.from({ length: till.store.frontier().get('till-a') ?? 0 }, (_, n) => n + 1),
  )
  await database.close()
  till.close()
})

test('[U6] a process that goes on while a newer one changes the tables fails once at most', async () => {
  const url = await postgres.createDatabase()
  await migrate({ url })
  const database = openDatabase(url, () => {}, 1)
  const all = () =>
    withStores(database, ['A'], (trx) =>
      trx.selectFrom('orders').selectAll().where('store_id', '=', 'A').execute(),
    )
  for (let n = 0; n < 3; n += 1) expect(await all()).toEqual([])
  const prepared = await sql`SELECT name FROM pg_prepared_statements`.execute(database.sql)
  expect(prepared.rows.length).toBeGreaterThan(1)
  await postgres.query(url, 'ALTER TABLE orders ADD COLUMN of_tomorrow text')
  await expect(all()).rejects.toThrow('cached plan')
  for (let n = 0; n < 3; n += 1) expect(await all()).toEqual([])
  await database.close()
})

test('[F3] a database of a newer program is refused and left as it is', async () => {
  const url = await postgres.createDatabase()
  await migrate({ url })
  await postgres.query(url, `INSERT INTO kysely_migration VALUES ('9999-tomorrow', '2030-01-01')`)
  await expect(migrate({ url })).rejects.toThrow('9999-tomorrow')
})
