import { sql, type RawBuilder } from 'kysely'

/**
 * What decides between two rows of one version of a record, in either database as in memory (see
 * `laterRecord`). `source`: the name that a row goes by in the statement.
 */
export const recordPrecedence = (source: string): RawBuilder<unknown> => {
  const cell = (column: string) => sql.ref(`${source}.${column}`)
  const said = sql`coalesce(${cell('value')}, '')`
  return sql.join([cell('clock'), cell('origin'), cell('event_index'), said, cell('withdrawn')])
}
