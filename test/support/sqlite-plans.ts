import Database from 'better-sqlite3'

/** Every statement that somebody prepares on a SQLite file, by its text. Until `stop`. */
export function collectStatements(): {
  readonly texts: ReadonlySet<string>
  readonly stop: () => void
} {
  const texts = new Set<string>()
  const { prepare } = Database.prototype
  Database.prototype.prepare = function (this: Database.Database, text: string) {
    texts.add(text)
    return prepare.call(this, text)
  } as typeof prepare
  return { texts, stop: () => void (Database.prototype.prepare = prepare) }
}

/**
 * What a statement reads from its first row to its last, as SQLite says it will go about it: `orders`,
 * or `orders by orders_by_creation` where it goes along an index. Null: it only looks things up, or
 * stops at a limit while it goes along an index.
 */
export function readsWhole(
  raw: Database.Database,
  text: string,
  growing: ReadonlySet<string>,
  shortIndexes: ReadonlySet<string>,
): string | null {
  const isBounded = /\blimit\b/i.test(text)
  const steps = raw.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...blanksOf(text)) as Step[]
  for (const { detail } of steps) {
    const [, table = '', , index] =
      /^SCAN (\w+)( USING (?:COVERING )?INDEX (\w+))?/.exec(detail) ?? []
    if (!growing.has(table)) continue
    if (index === undefined) return table
    if (shortIndexes.has(index)) continue
    const isSorted = steps.some((step) => step.detail.includes('TEMP B-TREE FOR ORDER'))
    if (!isBounded || isSorted) return `${table} by ${index}`
  }
  return null
}

interface Step {
  readonly detail: string
}

const blanksOf = (text: string): null[] => [...text.matchAll(/\?/g)].map(() => null)
