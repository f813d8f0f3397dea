import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { openConnection, type Connection } from '../db/sqlite/connection.ts'
import { createLocalSettings } from '../db/sqlite/local-settings.ts'
import { takeFreshOrigin } from '../db/sqlite/own-origins.ts'
import { verifyFile } from '../db/sqlite/verify.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import { openKeys, storeFile, writeKeyTexts, type KeyTexts } from './data-folder.ts'
import { messageOf } from './logger.ts'
import { newId } from './new-id.ts'
import { signaturesOf } from './signed-log.ts'

/**
 * A backup is one file: the device's SQLite file as it was at one moment, and in a table of its own
 * the keys that the device is known by. Whoever has it can be the device, so it is its owner's alone.
 */
const KEYS_TABLE = 'backup_keys'
const OWNER_ONLY = 0o600

/**
 * Copies a device, also while it runs. `file` must not exist. Who has the key puts it into the copy:
 * the caller, or the running device.
 */
export async function makeBackup(
  connection: Connection,
  file: string,
  putKeys: (copy: string) => unknown,
): Promise<Result<null, string>> {
  if (existsSync(file)) return refuse(`${file} exists already. Choose another name.`)
  const folder = dirname(resolve(file))
  if (!existsSync(folder)) return refuse(`There is no folder ${folder}. Is its disk there?`)
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    // SQLite fills an empty file, and keeps who may read it.
    writeFileSync(part, '', { mode: OWNER_ONLY })
    connection.raw.prepare('VACUUM INTO ?').run(part)
    await putKeys(part)
    renameSync(part, file)
    return ok(null)
  } catch (error) {
    rmSync(part, { force: true })
    return refuse(`No backup was made: ${messageOf(error)}`)
  }
}

/** Makes a copy of the database a backup. */
export function putKeysInto(file: string, { privateKey, certificate }: KeyTexts): void {
  const copy = new Database(file, { fileMustExist: true })
  try {
    copy.pragma('journal_mode = DELETE')
    copy.pragma('synchronous = FULL')
    copy.transaction(() => {
      copy.exec(`CREATE TABLE ${KEYS_TABLE} (private_key TEXT NOT NULL, certificate TEXT NOT NULL)`)
      const insert = copy.prepare(`INSERT INTO ${KEYS_TABLE} VALUES (?, ?)`)
      insert.run(privateKey, certificate)
    })()
  } finally {
    copy.close()
  }
}

export interface Restored {
  readonly deviceId: string
  /** The fresh origin that it goes on in. */
  readonly origin: string
  readonly entries: number
}

/**
 * Makes a device from a backup, in an empty folder. What the device wrote after the backup may be
 * with others, so it goes on in a fresh origin from its first command (rule L6), and takes back from
 * them what it lacks.
 */
export async function restoreBackup(file: string, dir: string): Promise<Result<Restored, string>> {
  if (!existsSync(file)) return refuse(`There is no file ${file}.`)
  if (existsSync(storeFile(dir))) {
    return refuse(`${dir} holds a device of a store already. Choose an empty folder.`)
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const part = `${storeFile(dir)}.part`
  const restored = await restoreInto(part, file, dir)
  if (restored.ok) renameSync(part, storeFile(dir))
  for (const end of ['', '-wal', '-shm']) rmSync(`${part}${end}`, { force: true })
  return restored
}

async function restoreInto(
  part: string,
  file: string,
  dir: string,
): Promise<Result<Restored, string>> {
  copyFileSync(file, part)
  chmodSync(part, OWNER_ONLY)
  const keys = takeKeys(part)
  if (keys === null) return refuse(`${file} is no backup of a device.`)
  const connection = await openConnection(part)
  try {
    const report = await verifyFile(connection)
    if (!report.ok) return refuse(`${file} is damaged: ${report.fault ?? 'unknown fault'}`)
    const local = createLocalSettings(connection)
    const deviceId = local.require('device_id')
    writeKeyTexts(dir, keys)
    const opened = openKeys(dir, deviceId)
    if (!opened.ok) return opened
    const { signer } = signaturesOf(opened.value)
    const { origin } = takeFreshOrigin(local, () => signer.newOrigin(newId()))
    return ok({ deviceId, origin, entries: report.entries })
  } finally {
    connection.close()
  }
}

const keysRow = z.object({ private_key: z.string(), certificate: z.string() })

/** The keys of a backup, which are then no longer in it. */
function takeKeys(file: string): KeyTexts | null {
  try {
    const copy = new Database(file)
    try {
      const row = keysRow.parse(copy.prepare(`SELECT * FROM ${KEYS_TABLE}`).get())
      copy.exec(`DROP TABLE ${KEYS_TABLE}; VACUUM`)
      return { privateKey: row.private_key, certificate: row.certificate }
    } finally {
      copy.close()
    }
  } catch {
    return null
  }
}
