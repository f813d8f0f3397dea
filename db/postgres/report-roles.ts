import { sql, type Kysely } from 'kysely'

/**
 * Who reads the views of the schema `report`, and as whom:
 *
 *     aura_reader   may read the views and nothing else; an accountant's own role is a member of it
 *     aura_reports  owns the views and may read, of all stores, the tables that they show
 *
 * Neither logs in. What an accountant sees is what `report.grants` gives the role he logs in as: the
 * views ask for that before anything else. It is seen to at each start, and not by a migration, as in
 * row-security.ts: roles are in no dump. Where the user may not make roles, nobody reads the views.
 */
const TABLES = ['stores', 'records', 'orders', 'order_items', 'order_payments']

const SECURE_REPORTS = `
DO $secure$
DECLARE
  home text := current_schema();
  named text;
BEGIN
  FOREACH named IN ARRAY '{aura_reports,aura_reader}'::text[] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = named) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', named);
      EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
      END;
    END IF;
  END LOOP;
  IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('aura_reports', 'aura_reader')) < 2 THEN
    RETURN;
  END IF;
  -- Who has made a role is a member of it, and may not become it for that alone.
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    BEGIN
      EXECUTE format('GRANT aura_reports TO %I', current_user);
    EXCEPTION WHEN insufficient_privilege THEN RETURN;
    END;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO aura_reports', home);
  GRANT USAGE, CREATE ON SCHEMA report TO aura_reports;
  GRANT SELECT ON report.grants TO aura_reports;
  FOREACH named IN ARRAY '{${TABLES.join(',')}}'::text[] LOOP
    EXECUTE format('GRANT SELECT ON %I.%I TO aura_reports', home, named);
    IF NOT EXISTS (
      SELECT FROM pg_policy
      WHERE polrelid = format('%I.%I', home, named)::regclass AND polname = 'of_reports'
    ) THEN
      EXECUTE format('CREATE POLICY of_reports ON %I.%I FOR SELECT TO aura_reports USING (true)', home, named);
    END IF;
  END LOOP;
  GRANT USAGE ON SCHEMA report TO aura_reader;
  FOR named IN
    SELECT c.relname FROM pg_class AS c
    WHERE c.relnamespace = 'report'::regnamespace AND c.relkind = 'v'
  LOOP
    IF NOT EXISTS (
      SELECT FROM pg_class AS c
      WHERE c.oid = format('report.%I', named)::regclass
        AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = 'aura_reports')
    ) THEN
      EXECUTE format('ALTER VIEW report.%I OWNER TO aura_reports', named);
    END IF;
    EXECUTE format('GRANT SELECT ON report.%I TO aura_reader', named);
  END LOOP;
END
$secure$`

/** One at a time, among all who start at once. */
const LOCK = 7_062_002

/** As the owner of the tables, after row-level security has been seen to. */
export async function secureReports(owner: Kysely<unknown>): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(trx)
    if (await areSecure(trx)) return
    await sql.raw(SECURE_REPORTS).execute(trx)
  })
}

/** A start after the first one takes no lock on a table that stores write to. */
async function areSecure(db: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql<{ secure: boolean }>`
    SELECT
      (SELECT count(*) FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
        WHERE p.polname = 'of_reports' AND c.relnamespace = current_schema()::regnamespace
      ) = ${TABLES.length}
      AND NOT EXISTS (
        SELECT FROM pg_class AS c
        WHERE c.relnamespace = 'report'::regnamespace AND c.relkind = 'v'
          AND (pg_get_userbyid(c.relowner) <> 'aura_reports'
            OR NOT EXISTS (
              SELECT FROM aclexplode(c.relacl) AS given
              WHERE pg_get_userbyid(given.grantee) = 'aura_reader'
            ))
      ) AS secure
  `.execute(db)
  return rows[0]?.secure ?? false
}
