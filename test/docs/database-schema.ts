import type { Connection } from '../../db/sqlite/connection.ts'

/** docs/database-schema.md: what the migrations make of an empty SQLite file. */
export function databaseSchema({ raw }: Pick<Connection, 'raw'>): string {
  const tables = raw
    .prepare<[], { name: string; type: string }>(
      `SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')
       AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'kysely_%' ORDER BY type, name`,
    )
    .all()
  const described = tables.map(({ name, type }) => describe(raw, name, type === 'view'))
  const parts = [
    HEAD,
    '## How they hang together',
    diagram(described),
    '## Tables',
    ...described.map(tableText),
  ]
  return `${parts.join('\n\n')}\n`
}

const HEAD = `# Database schema

This page is written by \`npm run docs\` from the migrations in \`db/sqlite/migrations\`, run on an empty file; a
test says when it is out of date.

\`entries\` is the log, and the one truth: what one command wrote stands there as one row, chained by hashes. The
tables of orders and records are folded from it and can be thrown away and made anew (\`aura rebuild\`,
\`aura verify\`). PostgreSQL at the centre has the same tables, each with \`store_id\` in front of its key and
row-level security on it, and besides what only a centre has: \`db/postgres/migrations\`. Nothing refers to
anything by a foreign key: facts come in any order, so a payment may be there before its order is.`

interface Column {
  readonly name: string
  readonly type: string
  readonly notnull: number
  /** The place in the key, from 1; 0: it is not in it. */
  readonly pk: number
}

interface Described {
  readonly name: string
  readonly isView: boolean
  readonly columns: readonly Column[]
  readonly indexes: readonly string[]
}

function describe(raw: Connection['raw'], name: string, isView: boolean): Described {
  const columns = raw
    .prepare<[string], Column>('SELECT name, type, "notnull", pk FROM pragma_table_info(?)')
    .all(name)
  const indexes = raw
    .prepare<[string], { sql: string }>(
      `SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL
       ORDER BY name`,
    )
    .all(name)
    .map(({ sql }) => sql.replaceAll(/\s+/g, ' '))
  return { name, isView, columns, indexes }
}

/** What a column of this name names. */
const LEADS_TO: Readonly<Record<string, string>> = {
  order_id: 'orders',
  item_id: 'order_items',
  entry_id: 'entries',
  job_num: 'jobs',
}

function diagram(tables: readonly Described[]): string {
  const names = new Set(tables.map(({ name }) => name))
  const lines = tables
    .filter(({ isView }) => !isView)
    .flatMap(({ name, columns }) =>
      columns.flatMap((column) => {
        const target = LEADS_TO[column.name]
        return target !== undefined && target !== name && names.has(target)
          ? [`  ${target} ||--o{ ${name} : ${column.name}`]
          : []
      }),
    )
  const origin = '  origins ||--o{ entries : "id / 2^40"'
  return ['```mermaid', 'erDiagram', origin, ...lines.toSorted(), '```'].join('\n')
}

function tableText({ name, isView, columns, indexes }: Described): string {
  const rows = columns.map(({ name: column, type, notnull, pk }) => {
    const key = pk > 0 ? 'key' : ''
    const empty = notnull === 0 && pk === 0 && !isView ? 'may be empty' : ''
    return `| \`${column}\` | ${type.toLowerCase()} | ${key || empty} |`
  })
  const table = ['| Column | Type | |', '|---|---|---|', ...rows].join('\n')
  const kind = isView ? 'A view.\n\n' : ''
  const found = indexes.map((sql) => `- \`${sql}\``).join('\n')
  return `### ${name}\n\n${kind}${table}${found === '' ? '' : `\n\n${found}`}`
}
