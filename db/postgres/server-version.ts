import { sql, type Kysely } from 'kysely'

/** `pg_input_is_valid` in the accountants' views came with it. */
export const OLDEST_POSTGRES = 16

/** Null: this version does. `number`: as `server_version_num` has it, 160014 for 16.14. */
export function tooOld(number: number, name: string): string | null {
  if (number >= OLDEST_POSTGRES * 10_000) return null
  return `The database is PostgreSQL ${name}; the centre needs ${OLDEST_POSTGRES} or newer. Nothing was changed in it.`
}

/** Before anything is changed: an older one would stop in the middle of a migration. */
export async function refuseOldServer(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ number: number; name: string }>`
    SELECT current_setting('server_version_num')::integer AS number,
      current_setting('server_version') AS name
  `.execute(db)
  const [{ number, name } = { number: 0, name: 'unknown' }] = rows
  const refusal = tooOld(number, name)
  if (refusal !== null) throw new Error(refusal)
}
