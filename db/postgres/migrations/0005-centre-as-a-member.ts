import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * The centre belongs to a store as a device does: who it is there, with its private key sealed, and
 * the tokens with which others write through it.
 */
export const centreAsAMember: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `CREATE TABLE centre_members (
         store_id text COLLATE "C" PRIMARY KEY,
         device_id text COLLATE "C" NOT NULL,
         public_key text NOT NULL,
         sealed_private_key text NOT NULL,
         origin text COLLATE "C" NOT NULL,
         home text NOT NULL,
         made_at timestamptz NOT NULL DEFAULT now()
       )`,
      `CREATE TABLE store_tokens (
         store_id text COLLATE "C" NOT NULL,
         token_hash text COLLATE "C" NOT NULL,
         role text NOT NULL,
         label text NOT NULL,
         made_at timestamptz NOT NULL DEFAULT now(),
         PRIMARY KEY (store_id, token_hash)
       )`,
    ]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
