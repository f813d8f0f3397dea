import type { Entry, EntryPosition } from '../../domain/log.ts'
import type { Connection } from './connection.ts'
import { entryOf, type EntryRow } from './entry-log.ts'
import { prepare } from './statements.ts'

/** Origins lie in one piece of the log each: id = number of the origin * 2^40 + seq. */
const IDS_PER_ORIGIN = 2 ** 40
/** Rows of one origin that are read at a time. */
const CHUNK = 50

/**
 * Entries of all logs, newest first, after a position. There is no index by clock, which every order
 * would pay for: within a log the clock only goes forward, so their ends are merged.
 */
export function createNewestEntries(
  connection: Connection,
): (after: EntryPosition | null, limit: number) => Entry[] {
  const { sql } = connection
  const selectOrigins = prepare(connection, sql.selectFrom('origins').selectAll())
  const selectBefore = prepare(
    connection,
    sql
      .selectFrom('entries')
      .selectAll()
      .where('id', '>', 0)
      .where('id', '<', 0)
      .where('clock', '<=', 0)
      .orderBy('id', 'desc')
      .limit(0),
  )

  return (after, limit) => {
    const heads = selectOrigins.all().map(({ num }) => createHead(num, after))
    const found: Entry[] = []
    while (found.length < limit) {
      const newest = heads.reduce<(typeof heads)[number] | null>((best, head) => {
        const [row, other] = [head.peek(), best?.peek()]
        return row !== undefined && (other === undefined || isNewer(row, other)) ? head : best
      }, null)
      const row = newest?.take()
      if (row === undefined) return found
      found.push(entryOf(row))
    }
    return found
  }

  function createHead(num: number, after: EntryPosition | null) {
    let beforeId = (num + 1) * IDS_PER_ORIGIN
    let rows: EntryRow[] = []
    const peek = (): EntryRow | undefined => {
      if (rows.length === 0) {
        const clock = after?.clock ?? Number.MAX_SAFE_INTEGER
        const chunk = selectBefore.all(num * IDS_PER_ORIGIN, beforeId, clock, CHUNK)
        beforeId = chunk.at(-1)?.id ?? num * IDS_PER_ORIGIN
        rows = chunk.filter((row) => after === null || isNewer(positionOf(after), row))
      }
      return rows[0]
    }
    return { peek, take: () => (peek(), rows.shift()) }
  }
}

const positionOf = ({ clock, origin, seq }: EntryPosition) => ({ clock, origin, seq })

type Placed = EntryPosition

const isNewer = (a: Placed, b: Placed): boolean =>
  a.clock !== b.clock
    ? a.clock > b.clock
    : a.origin !== b.origin
      ? a.origin > b.origin
      : a.seq > b.seq
