import type { Entry } from '../../domain/log.ts'
import type { Connection } from './connection.ts'
import { entryOf } from './entry-log.ts'
import { createLocalSettings } from './local-settings.ts'
import { prepare } from './statements.ts'

/** Origins lie in one piece of the log each: id = number of the origin * 2^40 + seq. */
const IDS_PER_ORIGIN = 2 ** 40

/**
 * What this device wrote after a command of its own, with some words in its body. After a restored
 * backup it goes on in another origin (rule L6), so all of its later ones belong to it.
 */
export function createOwnEntries(
  connection: Connection,
): (afterCommandId: string, words: string) => Entry[] {
  const { sql } = connection
  const local = createLocalSettings(connection)
  const selectCommand = prepare(
    connection,
    sql.selectFrom('entries').select(['id', 'origin']).where('command_id', '=', ''),
  )
  const selectOrigins = prepare(connection, sql.selectFrom('origins').select(['num', 'origin']))
  const selectAfter = prepare(
    connection,
    sql
      .selectFrom('entries')
      .selectAll()
      .where('id', '>', 0)
      .where('id', '<', 0)
      .where('body', 'like', '')
      .orderBy('id'),
  )
  return (afterCommandId, words) => {
    const own = local.get('own_origins')
    const ownOrigins = own === null ? [local.require('origin')] : (JSON.parse(own) as string[])
    const start = selectCommand
      .all(afterCommandId)
      .find(({ origin }) => ownOrigins.includes(origin))
    if (start === undefined) return []
    const later = ownOrigins.slice(ownOrigins.indexOf(start.origin) + 1)
    const ranges = [
      { after: start.id, num: Math.floor(start.id / IDS_PER_ORIGIN) },
      ...selectOrigins
        .all()
        .filter(({ origin }) => later.includes(origin))
        .map(({ num }) => ({ after: num * IDS_PER_ORIGIN, num })),
    ]
    return ranges.flatMap(({ after, num }) =>
      selectAfter.all(after, (num + 1) * IDS_PER_ORIGIN, `%${words}%`).map(entryOf),
    )
  }
}
