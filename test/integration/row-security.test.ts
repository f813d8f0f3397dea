import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate, openDatabase, type Database } from '../../db/postgres/database.ts'
import { letOwnerPast } from '../../db/postgres/row-security.ts'
import { withEveryStore, withStores } from '../../db/postgres/scope.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { openTill, serve } from '../support/till.ts'

/** Goes round the code: bare queries, in a transaction that has named store A, about store B. */

let postgres: TestPostgres
let databaseUrl: string
let database: Database
let tables: readonly string[]

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  await migrate({ url: databaseUrl })
  database = openDatabase(databaseUrl, () => {})
  tables = await withStoreId(['r', 'p'])
  await fillEveryTable(databaseUrl)
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

/** Which stores a user of the centre may name is asked before one is named. */
const OF_THE_CENTRE = ['office_user_stores']

/** From the catalog, so that a table of tomorrow is among them. */
async function withStoreId(kinds: readonly string[]): Promise<string[]> {
  const { rows } = await postgres.query(
    databaseUrl,
    `SELECT c.relname AS name FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE a.attname = 'store_id' AND c.relnamespace = 'public'::regnamespace
       AND c.relkind = ANY ($1) AND c.relname <> ALL ($2) ORDER BY c.relname`,
    [kinds, OF_THE_CENTRE],
  )
  return (rows as { name: string }[]).map((row) => row.name)
}

/** A row of A and a row of B in each table, written as the superuser that these tests start with. */
async function fillEveryTable(url: string): Promise<void> {
  for (const table of tables) {
    for (const storeId of ['A', 'B']) await postgres.query(url, await rowFor(table, storeId))
  }
}

const VALUES: Readonly<Record<string, (storeId: string) => string>> = {
  text: (storeId) => `'of-${storeId}'`,
  bigint: () => '1',
  integer: () => '1',
  boolean: () => 'true',
  bytea: () => String.raw`'\x00'`,
  jsonb: () => `'[]'`,
  'timestamp with time zone': () => 'now()',
}

async function rowFor(table: string, storeId: string): Promise<string> {
  const { rows } = await postgres.query(
    databaseUrl,
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'
       AND (is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO')`,
    [table],
  )
  const columns = rows as { name: string; type: string }[]
  const values = columns.map(({ name, type }) =>
    name === 'store_id' ? `'${storeId}'` : VALUES[type]!(storeId),
  )
  return `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')})
    VALUES (${values.join(', ')})`
}

const storesIn = async (trx: Database['sql'], relation: string): Promise<unknown[]> => {
  const { rows } = await sql<{ store_id: string }>`
    SELECT DISTINCT store_id FROM ${sql.table(relation)} ORDER BY store_id`.execute(trx)
  return rows.map((row) => row.store_id)
}

test('[U5] the walk through the catalog has found the tables', () => {
  expect(tables).toEqual(expect.arrayContaining(['entries', 'orders', 'records', 'credentials']))
  expect(tables.length).toBeGreaterThan(15)
})

describe('[U5] what a transaction for store A does about store B, in every table', () => {
  test('it sees A and nothing of B', async () => {
    for (const table of tables) {
      const seen = await withStores(database, ['A'], (trx) => storesIn(trx, table))
      expect(seen, table).toEqual(['A'])
    }
  })

  test('for both stores, it sees both', async () => {
    for (const table of tables) {
      const seen = await withStores(database, ['A', 'B'], (trx) => storesIn(trx, table))
      expect(seen, table).toEqual(['A', 'B'])
    }
  })

  test('it writes nothing for B, changes nothing of B and takes nothing away', async () => {
    for (const table of tables) {
      const statement = (await rowFor(table, 'B')).replaceAll('of-B', 'again')
      const inserting = withStores(database, ['A'], (trx) => sql.raw(statement).execute(trx))
      await expect(inserting, table).rejects.toThrow(/row-level security/)
      const moving = withStores(database, ['A'], (trx) =>
        sql`UPDATE ${sql.table(table)} SET store_id = 'C'`.execute(trx),
      )
      await expect(moving, table).rejects.toThrow(/row-level security/)
      const touched = await withStores(database, ['A'], async (trx) => {
        const same = sql`UPDATE ${sql.table(table)} SET store_id = store_id WHERE store_id = 'B'`
        const changed = await same.execute(trx)
        const gone = await sql`DELETE FROM ${sql.table(table)} WHERE store_id = 'B'`.execute(trx)
        return [changed.numAffectedRows, gone.numAffectedRows]
      })
      expect(touched, table).toEqual([0n, 0n])
    }
  })

  test('outside of such a transaction nothing is seen, also on a connection that had one', async () => {
    for (const table of tables) {
      expect(await storesIn(database.sql, table), table).toEqual([])
      expect(await withStores(database, [], (trx) => storesIn(trx, table)), table).toEqual([])
    }
  })

  test('the look across stores shows where their logs stand, and nothing else', async () => {
    const open: string[] = []
    for (const table of tables) {
      const seen = await withEveryStore(database, (trx) => storesIn(trx, table))
      if (seen.length > 0) open.push(table)
    }
    expect(open).toEqual(['origins', 'stores', 'unreadable', 'uploads'])
    const writing = withEveryStore(database, (trx) => sql`DELETE FROM uploads`.execute(trx))
    await expect(writing).rejects.toThrow(/read-only/)
  })

  test('a view shows what its reader may see, or is not for the centre to read', async () => {
    const views = await withStoreId(['v', 'm'])
    expect(views).toContain('order_events')
    for (const view of views) {
      const read = withStores(database, ['A'], (trx) => storesIn(trx, view))
      const seen = await read.catch((error: Error) => error.message)
      if (typeof seen === 'string') expect(seen, view).toMatch(/permission denied/)
      else
        expect(
          seen.filter((storeId) => storeId !== 'A'),
          view,
        ).toEqual([])
    }
  })

  test('ids of any kind name a store: quotes, commas, braces, NUL', async () => {
    for (const odd of [`it's`, 'a,B', '{B}', '"B"', '\\', 'NULL', '', 'a\u0000b', 'B ']) {
      const seen = await withStores(database, [odd], async (trx) => {
        const { rows } = await sql<{ named: string[] }>`
          SELECT current_setting('aura.stores')::text[] AS named`.execute(trx)
        return [rows[0]?.named.length, await storesIn(trx, 'orders')]
      })
      expect(seen, JSON.stringify(odd)).toEqual([1, []])
    }
  })
})

describe('[U5] who works at the database', () => {
  const asOwner = async (url: string, options: string): Promise<string> => {
    const name = new URL(url).pathname.slice(1)
    const owner = `owner_of_${name}`
    await postgres.query(url, `CREATE ROLE ${owner} LOGIN ${options} PASSWORD 'owner'`)
    await postgres.query(url, `ALTER DATABASE ${name} OWNER TO ${owner}`)
    const own = new URL(url)
    own.username = owner
    own.password = 'owner'
    return own.href
  }

  test('not the superuser of the URL, and nobody who goes past policies', async () => {
    const { rows } = await sql`SELECT current_user AS name, rolsuper OR rolbypassrls AS past
      FROM pg_roles WHERE rolname = current_user`.execute(database.sql)
    expect(rows).toEqual([{ name: 'aura_central', past: false }])
  })

  test.each([
    ['one who may make roles works as that role', 'CREATEROLE', /^aura_central$/],
    ['one who may not works as the owner, held to the policies', 'NOCREATEROLE', /^owner_of_/],
  ])('an ordinary owner of the tables: %s', async (_title, options, works) => {
    const url = await asOwner(await postgres.createDatabase(), options)
    // Where another owner has made the role, this one has no part in it.
    if (options === 'CREATEROLE')
      await postgres.query(
        databaseUrl,
        `GRANT aura_central TO ${new URL(url).username} WITH ADMIN OPTION`,
      )
    await migrate({ url })
    const own = openDatabase(url, () => {})
    try {
      const who = await sql<{ name: string }>`SELECT current_user AS name`.execute(own.sql)
      expect(who.rows[0]?.name).toMatch(works)
      const store = createPostgresStore(own)
      const till = await openTill('A', 'till-a', 'A')
      serve(till, 'o')
      const ranges = till.rangesBeyond(new Map())
      await store.applyUpload({ storeId: 'A', deviceId: 'till-a', ranges }, new Date())
      expect(await store.digest('A')).toBe(till.digest())
      expect(await store.verify('A')).toMatchObject({ ok: true })
      expect(await withStores(own, ['A'], (trx) => storesIn(trx, 'entries'))).toEqual(['A'])
      expect(await withStores(own, ['B'], (trx) => storesIn(trx, 'entries'))).toEqual([])
      expect(await storesIn(own.sql, 'entries')).toEqual([])
      till.close()
    } finally {
      await own.close()
    }
  })

  test('a database that comes to a server without the role: refused, and mended at the next start', async () => {
    const url = await postgres.createDatabase()
    await migrate({ url })
    // As a backup does it that is put back elsewhere: the tables are there, the role is not.
    await postgres.query(url, 'ALTER ROLE aura_central RENAME TO away')
    try {
      const unready = openDatabase(url, () => {})
      const asking = sql`SELECT 1`.execute(unready.sql)
      await expect(asking).rejects.toThrow(/goes past row-level security/)
      await unready.close()
      await migrate({ url })
      const restored = openDatabase(url, () => {})
      await withStores(restored, ['A'], (trx) => sql`SELECT FROM orders`.execute(trx))
      await restored.close()
    } finally {
      await postgres.query(url, 'DROP OWNED BY aura_central')
      await postgres.query(url, 'DROP ROLE aura_central')
      await postgres.query(url, 'ALTER ROLE away RENAME TO aura_central')
    }
  })

  test('rows are changed by migrations whoever owns them, and held to the policies again', async () => {
    const url = await asOwner(await postgres.createDatabase(), 'NOCREATEROLE')
    await migrate({ url })
    await postgres.query(
      url.replace(
        /\/\/.*@/,
        `//${new URL(databaseUrl).username}:${new URL(databaseUrl).password}@`,
      ),
      await rowFor('orders', 'A'),
    )
    const count = async (): Promise<number> =>
      (await postgres.query(url, 'SELECT FROM orders')).rowCount ?? 0
    expect(await count()).toBe(0)
    const owner = new Kysely<unknown>({
      dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }),
    })
    await letOwnerPast(owner)
    await owner.destroy()
    expect(await count()).toBe(1)
    await migrate({ url })
    expect(await count()).toBe(0)
  })
})
