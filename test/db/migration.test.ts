import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openConnection } from '../../db/sqlite/connection.ts'

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aura-migration-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'store.db')
}

test('[L1] a file is made whole or not at all', async () => {
  const file = newFile()
  const other = new Database(file)
  // The last statement of the first migration fails, as it would in a power cut before it.
  other.exec('CREATE TABLE tokens (in_the_way TEXT)')
  await expect(openConnection(file)).rejects.toThrow('tokens already exists')
  expect(other.prepare(`SELECT name FROM sqlite_schema WHERE name = 'entries'`).get()).toBe(
    undefined,
  )
  other.exec('DROP TABLE tokens')
  other.close()
  const connection = await openConnection(file)
  expect(connection.raw.prepare('SELECT count(*) FROM entries').pluck().get()).toBe(0)
  connection.close()
})

test('a second process opens the file while the first one is writing', async () => {
  const file = newFile()
  const writer = await openConnection(file)
  writer.raw.exec('BEGIN IMMEDIATE')
  const reader = await openConnection(file)
  expect(reader.raw.prepare('SELECT count(*) FROM entries').pluck().get()).toBe(0)
  reader.close()
  writer.raw.exec('ROLLBACK')
  writer.close()
})

test('a file of a newer program is refused and left as it is', async () => {
  const file = newFile()
  const connection = await openConnection(file)
  connection.raw.exec(`INSERT INTO kysely_migration VALUES ('9999-tomorrow', '2030-01-01')`)
  connection.close()
  await expect(openConnection(file)).rejects.toThrow('9999-tomorrow')
})
