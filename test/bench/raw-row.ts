import type { Connection } from '../../db/sqlite/connection.ts'

/** One durable row per call, of the size of an entry. */
export function rowWriter(connection: Connection): (id: string, body: string) => void {
  connection.raw.exec('CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, body TEXT) STRICT')
  const insert = connection.raw.prepare('INSERT INTO bare VALUES (?, ?)')
  return (id, body) => void insert.run(id, body)
}
