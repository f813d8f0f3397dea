import { sql } from 'kysely'
import { toPgText } from '../../domain/nul-free-text.ts'
import type { Entry, Frontier } from '../../domain/log.ts'
import type { EntriesTable } from '../schema.ts'
import { entryOf } from './entries.ts'
import { unnest, type Sql } from './rows.ts'

/**
 * What a listener lacks who was given so much of each origin: the first entries by their clock, so
 * that causes come before effects, as a device tells them. Of each origin as many are looked at as are
 * given of all, for each may be the one that comes next.
 */
export async function readFeedPage(
  db: Sql,
  storeId: string,
  given: Frontier,
  maxEntries: number,
): Promise<readonly Entry[]> {
  const stored = toPgText(storeId)
  const input = unnest([
    { name: 'origin', type: 'text', values: [...given.keys()].map(toPgText) },
    { name: 'seq', type: 'bigint', values: [...given.values()] },
  ])
  const { rows } = await sql<EntriesTable>`
    SELECT next.* FROM origins
    LEFT JOIN ${input} ON input.origin = origins.origin
    CROSS JOIN LATERAL (
      SELECT e.origin, e.seq, e.clock, e.command_id, e.at, e.actor, e.body, e.hash
      FROM entries AS e
      WHERE e.store_id = ${stored} AND e.origin = origins.origin
        AND e.seq > coalesce(input.seq, 0)
      ORDER BY e.seq LIMIT ${maxEntries}
    ) AS next
    WHERE origins.store_id = ${stored} AND origins.head_seq > coalesce(input.seq, 0)
    ORDER BY next.clock, next.origin, next.seq LIMIT ${maxEntries}
  `.execute(db)
  return rows.map(entryOf)
}
