import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Who may speak for a store: each of its devices with a credential of its own, of which only a hash lies here. */
export const credentials: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `CREATE TABLE credentials (
         token_hash text COLLATE "C" PRIMARY KEY,
         store_id text COLLATE "C" NOT NULL,
         device_id text COLLATE "C" NOT NULL,
         issued_at timestamptz NOT NULL DEFAULT now()
       )`,
      'CREATE INDEX credentials_by_device ON credentials (store_id, device_id)',
      `CREATE TABLE enroll_codes (
         code_hash text COLLATE "C" PRIMARY KEY,
         store_name text NOT NULL,
         expires_at timestamptz NOT NULL
       )`,
      `CREATE TABLE challenges (
         challenge text COLLATE "C" PRIMARY KEY,
         expires_at timestamptz NOT NULL
       )`,
      'ALTER TABLE stores ADD COLUMN enrolled_as text',
    ]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
