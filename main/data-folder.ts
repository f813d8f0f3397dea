import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { openConnection, type Connection } from '../db/sqlite/connection.ts'
import { hasIdentity } from '../db/sqlite/identity.ts'
import { ok, refuse, type Result } from '../domain/result.ts'

/**
 * What lies in a device's data folder:
 *
 *     store.db       the log and its projections (with -wal and -shm beside it)
 *     device.lock    held by the running device, and by no other process
 *     control.json   where the running device listens, and the key for commands beside it (0600)
 */
const storeFile = (dir: string): string => join(dir, 'store.db')
const lockFile = (dir: string): string => join(dir, 'device.lock')
const controlFile = (dir: string): string => join(dir, 'control.json')

/** Opens a device's file. Refused where the folder holds no device of a store. */
export async function openDevice(dir: string): Promise<Result<Connection, string>> {
  const file = storeFile(dir)
  if (!existsSync(file)) return refuse(noDevice(dir))
  const connection = await openConnection(file)
  if (hasIdentity(connection)) return ok(connection)
  connection.close()
  return refuse(noDevice(dir))
}

/** Whether the folder holds a device of a store: an interrupted joining leaves a file without one. */
export async function isDevice(dir: string): Promise<boolean> {
  const opened = await openDevice(dir)
  if (opened.ok) opened.value.close()
  return opened.ok
}

const noDevice = (dir: string): string =>
  `${dir} holds no device of a store. Make a store with "store create", or join one with "pair --join".`

/** Opens the file of a device that is about to be made. Refused where there is one already. */
export async function openNewDevice(dir: string): Promise<Result<Connection, string>> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const connection = await openConnection(storeFile(dir))
  if (!hasIdentity(connection)) return ok(connection)
  connection.close()
  return refuse(`${dir} holds a device of a store already. Choose another folder.`)
}

export interface DeviceLock {
  readonly release: () => void
}

/**
 * Takes the folder for this process. The lock is the operating system's, on an SQLite file: it is
 * gone the moment its holder is, however that ended.
 */
export function lockDevice(dir: string): DeviceLock | null {
  const db = new Database(lockFile(dir), { timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => db.close() }
  } catch {
    db.close()
    return null
  }
}

const controlSchema = z.object({
  api: z.string(),
  peer: z.string(),
  pid: z.int(),
  key: z.string(),
})
export type Control = z.infer<typeof controlSchema>

export function writeControl(dir: string, control: Control): void {
  writeFileSync(controlFile(dir), JSON.stringify(control), { mode: 0o600 })
}

export const removeControl = (dir: string): void => rmSync(controlFile(dir), { force: true })

/** Where the device of this folder listens, or null while it does not run. */
export function runningDevice(dir: string): Control | null {
  const free = existsSync(lockFile(dir)) ? lockDevice(dir) : null
  if (free || !existsSync(controlFile(dir))) {
    free?.release()
    return null
  }
  const parsed = controlSchema.safeParse(JSON.parse(readFileSync(controlFile(dir), 'utf8')))
  return parsed.success ? parsed.data : null
}
