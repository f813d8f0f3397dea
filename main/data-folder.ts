import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { openConnection, type Connection } from '../db/sqlite/connection.ts'
import { hasIdentity } from '../db/sqlite/identity.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import { createDeviceKeys, readDeviceKeys, type DeviceKeys } from '../sync/device-keys.ts'
import { isKeySealed, readKeyFile, writeKeyFile } from './key-files.ts'

/**
 * What lies in a device's data folder:
 *
 *     device.key     the private key that the device is known by: see key-files.ts
 *     device.crt     the certificate that carries its public half
 *     store.db       the log and its projections (with -wal and -shm beside it)
 *     device.lock    held by the running device, and by no other process
 *     control.json   where the running device listens, and the key for commands beside it (0600)
 */
const certificateFile = (dir: string): string => join(dir, 'device.crt')
export const storeFile = (dir: string): string => join(dir, 'store.db')
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

/** A sentence for whoever asked for the device of a folder that has none. */
export const noDevice = (dir: string): string =>
  `${dir} holds no device of a store. Make a store with "store create", or join one with "pair --join".`

/** Opens the file of a device that is about to be made. Refused where there is one already. */
export async function openNewDevice(dir: string): Promise<Result<Connection, string>> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const connection = await openConnection(storeFile(dir))
  if (!hasIdentity(connection)) return ok(connection)
  connection.close()
  return refuse(`${dir} holds a device of a store already. Choose another folder.`)
}

/**
 * Draws the keys of a device that is about to be made. They are on the disk before its identity is,
 * so that no device is ever without; those of an attempt that came to nothing are replaced.
 */
export function writeNewKeys(dir: string): DeviceKeys {
  const keys = createDeviceKeys()
  writeKeyTexts(dir, keys)
  return keys
}

/** What `device.key` and `device.crt` hold, to be put into a backup and out of one again. */
export interface KeyTexts {
  readonly privateKey: string
  readonly certificate: string
}

export function readKeyTexts(dir: string): KeyTexts | null {
  const privateKey = readKeyFile(dir)
  return privateKey === null ? null : withCertificate(dir, privateKey)
}

export function writeKeyTexts(dir: string, { privateKey, certificate }: KeyTexts): void {
  writeKeyFile(dir, privateKey)
  writeFileSync(certificateFile(dir), certificate, { mode: 0o644, flush: true })
}

function withCertificate(dir: string, privateKey: string): KeyTexts | null {
  if (!existsSync(certificateFile(dir))) return null
  return { privateKey, certificate: readFileSync(certificateFile(dir), 'utf8') }
}

/** What to do where a command needs the key, and the keychain has it. */
export const KEY_IS_SEALED =
  'The key of this device is kept by the keychain of this computer, which opens for the desktop program alone. Start the desktop program and do this while it runs; or start it with --key-in-file, which puts the key back into device.key.'

/**
 * The keys of the device in a folder, whose id is `deviceId`. `handed` is the private key, where the
 * desktop program had it from the keychain.
 */
export function openKeys(
  dir: string,
  deviceId: string,
  handed: string | null = null,
): Result<DeviceKeys, string> {
  const texts = handed === null ? readKeyTexts(dir) : withCertificate(dir, handed)
  if (texts === null && isKeySealed(dir)) return refuse(KEY_IS_SEALED)
  if (texts === null) {
    return refuse(
      `${dir} has no device.key or no device.crt: it was made before devices had keys, or they were removed. No other device would know it. Take an empty folder, and make a store with "store create" or join one with "pair --join".`,
    )
  }
  const keys = readDeviceKeys(texts.privateKey, texts.certificate)
  if (keys.ok && keys.value.deviceId === deviceId) return keys
  return refuse(
    `The key in ${dir} is not the one of its device. Put back device.key and device.crt as they were made with store.db.`,
  )
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

/** Whether a process has taken the folder, also one that does not serve yet. */
export function isInUse(dir: string): boolean {
  if (!existsSync(lockFile(dir))) return false
  const free = lockDevice(dir)
  free?.release()
  return free === null
}

const controlSchema = z.object({
  api: z.string(),
  peer: z.string(),
  pid: z.int(),
  key: z.string(),
  /** The one certificate to believe, where the API is served in TLS. */
  certificate: z.string().optional(),
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
