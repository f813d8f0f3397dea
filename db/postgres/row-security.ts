import { sql, type Kysely } from 'kysely'
import type pg from 'pg'

/**
 * Row-level security: a row of a store is there only for a transaction that has named the store
 * (see scope.ts). It holds for each table with a `store_id`, whichever migration made it, and
 * is seen to after every migration, not by one of them: a role belongs to the whole server and is
 * in no dump, so a backup put back elsewhere comes without it (decision 0070).
 *
 *     DATABASE_URL's user     owns the tables and brings them up to date
 *       └─ SET ROLE ──►  aura_central     works: reads and writes rows, owns nothing, logs in nowhere
 *
 * Superusers and owners go past policies. So the work is done in a role that is neither; where
 * the user may not make one, FORCE holds the owner to the policies as well.
 */
const ROLE = 'aura_central'

/** Of these, `withEveryStore` may read every row: none says what a store sold, or to whom. */
const SEEN_ACROSS_STORES = ['stores', 'origins', 'uploads', 'unreadable']

/** Names stores and belongs to none: read to learn which stores a user of the centre may name. */
const OF_THE_CENTRE = ['office_user_stores']

/** One at a time, among all who start at once. */
const LOCK = 7_062_001

/** The setting is read once a statement, not once a row: that is what the inner SELECT is for. */
const OWN_ROWS = `store_id = ANY ((SELECT nullif(current_setting('aura.stores', true), '')::text[])::text[])`
const EVERY_ROW = `(SELECT current_setting('aura.every_store', true)) = 'on'`

/** Migrations change rows of all stores: until they have run, the owner is not held to policies. */
export async function letOwnerPast(owner: Kysely<unknown>): Promise<void> {
  for (const table of await storeTables(owner, sql`c.relforcerowsecurity`)) {
    await sql`ALTER TABLE ${sql.table(table)} NO FORCE ROW LEVEL SECURITY`.execute(owner)
  }
}

/** Puts everything under policies that is not yet. Takes no lock on a table that is as it should be. */
export async function secureRows(owner: Kysely<unknown>): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(trx)
    for (const table of await storeTables(
      trx,
      sql`NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
    )) {
      await sql`ALTER TABLE ${sql.table(table)}
        ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(trx)
    }
    const noPolicy = sql`NOT EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid)`
    for (const table of await storeTables(trx, noPolicy)) {
      const on = sql.table(table)
      await sql`CREATE POLICY of_its_store ON ${on} USING (${sql.raw(OWN_ROWS)})`.execute(trx)
      if (SEEN_ACROSS_STORES.includes(table)) {
        await sql`CREATE POLICY across_stores ON ${on} FOR SELECT USING (${sql.raw(EVERY_ROW)})`.execute(
          trx,
        )
      }
    }
    await sql.raw(MAKE_ROLE).execute(trx)
  })
}

async function storeTables(
  db: Kysely<unknown>,
  condition: ReturnType<typeof sql>,
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT c.relname AS name FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'store_id' AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
      AND c.relname <> ALL (${OF_THE_CENTRE}) AND (${condition})
    ORDER BY c.relname
  `.execute(db)
  return rows.map((row) => row.name)
}

/**
 * The role, and what it may do. Another database of the same server may be making it right now; a
 * user who may not make roles does without. A view is granted only if it shows what its reader may
 * see, and not what its owner may.
 */
const MAKE_ROLE = `
DO $make$
DECLARE
  named text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${ROLE}') THEN
    BEGIN
      CREATE ROLE ${ROLE} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
    END;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${ROLE}') THEN
    RETURN;
  END IF;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    BEGIN
      EXECUTE format('GRANT ${ROLE} TO %I', current_user);
    EXCEPTION WHEN insufficient_privilege THEN NULL;
    END;
  END IF;
  IF NOT has_schema_privilege('${ROLE}', current_schema(), 'USAGE') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${ROLE}', current_schema());
  END IF;
  FOR named IN
    SELECT c.relname FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
      AND c.relname NOT LIKE 'kysely%'
      AND NOT (has_table_privilege('${ROLE}', c.oid, 'SELECT')
        AND has_table_privilege('${ROLE}', c.oid, 'INSERT')
        AND has_table_privilege('${ROLE}', c.oid, 'UPDATE')
        AND has_table_privilege('${ROLE}', c.oid, 'DELETE'))
  LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ${ROLE}', named);
  END LOOP;
  FOR named IN
    SELECT c.relname FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'v'
      AND 'security_invoker=true' = ANY (c.reloptions)
      AND NOT has_table_privilege('${ROLE}', c.oid, 'SELECT')
  LOOP
    EXECUTE format('GRANT SELECT ON %I TO ${ROLE}', named);
  END LOOP;
  FOR named IN
    SELECT c.relname FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace
      AND CASE c.relkind WHEN 'S' THEN NOT has_sequence_privilege('${ROLE}', c.oid, 'USAGE') END
  LOOP
    EXECUTE format('GRANT USAGE ON SEQUENCE %I TO ${ROLE}', named);
  END LOOP;
END
$make$`

const BECOME_ROLE = `
SELECT set_config('role', rolname, false) FROM pg_roles
WHERE rolname = '${ROLE}' AND pg_has_role(current_user, oid, 'MEMBER')`

const GOES_PAST = `
SELECT current_user AS name FROM pg_roles
WHERE rolname = current_user AND (rolsuper OR rolbypassrls)`

/** For every connection that does the centre's work, before its first query. */
export async function workUnderPolicies(client: pg.ClientBase): Promise<void> {
  await client.query(BECOME_ROLE)
  const { rows } = await client.query<{ name: string }>(GOES_PAST)
  const [user] = rows
  if (user === undefined) return
  throw new Error(
    `The database user ${user.name} goes past row-level security and cannot work as ${ROLE}. Bring the tables up to date first, or let it make that role (CREATEROLE).`,
  )
}
