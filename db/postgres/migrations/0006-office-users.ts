import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Who uses the back office. Of passwords there is an argon2id hash here and of sessions a SHA-256, so
 * whoever reads this database signs in nowhere. Tries are counted here and not in a process: several
 * centres count together.
 */
export const officeUsers: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `CREATE TABLE office_users (
         user_id text COLLATE "C" PRIMARY KEY,
         email text COLLATE "C" NOT NULL UNIQUE,
         name text NOT NULL,
         role text COLLATE "C" NOT NULL CHECK (role IN ('admin', 'manager', 'viewer')),
         all_stores boolean NOT NULL,
         password_hash text NOT NULL,
         disabled boolean NOT NULL DEFAULT false,
         created_at timestamptz NOT NULL,
         last_sign_in_at timestamptz
       )`,
      `CREATE TABLE office_user_stores (
         user_id text COLLATE "C" NOT NULL REFERENCES office_users ON DELETE CASCADE,
         store_id text COLLATE "C" NOT NULL,
         PRIMARY KEY (user_id, store_id)
       )`,
      `CREATE TABLE office_sessions (
         token_hash text COLLATE "C" PRIMARY KEY,
         user_id text COLLATE "C" NOT NULL REFERENCES office_users ON DELETE CASCADE,
         created_at timestamptz NOT NULL,
         last_used_at timestamptz NOT NULL
       )`,
      'CREATE INDEX office_sessions_by_user ON office_sessions (user_id)',
      'CREATE INDEX office_sessions_by_age ON office_sessions (created_at)',
      `CREATE TABLE office_sign_in_tries (
         subject text COLLATE "C" PRIMARY KEY,
         tries integer NOT NULL,
         last_try_at timestamptz NOT NULL,
         blocked_until timestamptz
       )`,
      'CREATE INDEX office_sign_in_tries_by_age ON office_sign_in_tries (last_try_at)',
      `CREATE TABLE office_audit (
         id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         at timestamptz NOT NULL,
         user_id text COLLATE "C",
         action text COLLATE "C" NOT NULL,
         subject text COLLATE "C",
         changed text COLLATE "C"
       )`,
      'CREATE INDEX office_audit_by_time ON office_audit (at)',
    ]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
