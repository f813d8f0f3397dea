import Database from 'better-sqlite3'

/**
 * Where a CRDT library's updates go: one row each in SQLite, in WAL mode with `synchronous=FULL`,
 * exactly as this house opens its own file. A commit is on disk when it returns.
 */
export interface UpdateLog {
  readonly append: (update: Uint8Array) => void
  readonly all: () => Uint8Array[]
  readonly close: () => void
}

export function openUpdateLog(file: string): UpdateLog {
  const raw = new Database(file)
  raw.pragma('journal_mode = WAL')
  raw.pragma('wal_autocheckpoint = 4000')
  raw.exec('CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT')
  // After the first read: better-sqlite3 would fall back to NORMAL then.
  raw.pragma('synchronous = FULL')
  const insert = raw.prepare('INSERT INTO updates (data) VALUES (?)')
  const select = raw.prepare<[], Uint8Array>('SELECT data FROM updates ORDER BY id').pluck()
  return {
    append: (update) => void insert.run(update),
    all: () => select.all(),
    close: () => raw.close(),
  }
}
