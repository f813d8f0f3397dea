import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import type { Connection } from '../../db/sqlite/connection.ts'
import { isKeySealed, keyFile } from '../key-files.ts'
import { bad, good, type Finding } from './finding.ts'

export const LEAST_FREE_BYTES = 1_000_000_000
const READABLE_BY_OTHERS = 0o077

/** What can be wrong with a device's folder and the disk under it. */
export function lookAtFolder(dir: string): Finding[] {
  return [diskSpace(dir), writable(dir), keyIsPrivate(dir)]
}

export function freeBytes(dir: string): number {
  const { bavail, bsize } = statfsSync(dir)
  return bavail * bsize
}

function diskSpace(dir: string): Finding {
  const free = freeBytes(dir)
  const says = `${(free / 1e9).toFixed(1)} GB are free on the disk.`
  return free >= LEAST_FREE_BYTES
    ? good('disk_space', says)
    : bad(
        'disk_space',
        says,
        'Make room: on a full disk nothing can be sold. Delete what is not of this program, or move the folder to a larger disk.',
      )
}

function writable(dir: string): Finding {
  try {
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    return good('folder', 'The data folder can be read and written.')
  } catch {
    return bad(
      'folder',
      'This user cannot write in the data folder.',
      'Run as the user whom the folder belongs to, or give the folder to the user who runs the device.',
    )
  }
}

function keyIsPrivate(dir: string): Finding {
  if (isKeySealed(dir))
    return good('device_key', 'The key of the device is kept by the keychain of this computer.')
  if (!existsSync(keyFile(dir))) {
    return bad(
      'device_key',
      'The folder has no device.key: no other device would know this one.',
      'Put device.key and device.crt back as they were made with store.db, restore a backup, or join the store anew with an empty folder.',
    )
  }
  const isOpen =
    process.platform !== 'win32' && (statSync(keyFile(dir)).mode & READABLE_BY_OTHERS) > 0
  return isOpen
    ? bad(
        'device_key',
        'Other users of this computer can read device.key, and whoever has it can be this device.',
        'chmod 600 device.key',
      )
    : good('device_key', 'The key of the device is for its owner alone.')
}

/** SQLite's own quick look; `aura verify` looks at every entry. */
export function lookAtFile({ raw }: Connection): Finding {
  const said = String(raw.pragma('quick_check(1)', { simple: true }))
  return said === 'ok'
    ? good('file', 'The database file is sound at a quick look.')
    : bad(
        'file',
        `The database file is damaged: ${said}`,
        'Stop the device and keep the folder. Join the store with an empty folder, or restore the last backup: what others hold comes back.',
      )
}

/** Entries are stamped when they are written: a clock that is behind them went back. */
export function lookAtClock({ raw }: Connection, nowMs: number): Finding {
  const at = raw.prepare('SELECT max(at) FROM entries').pluck().get()
  const aheadMs = typeof at === 'string' ? Date.parse(at) - nowMs : 0
  return aheadMs <= LARGEST_DRIFT_MS
    ? good('clock', 'The clock of this computer goes on from the last entry.')
    : bad(
        'clock',
        `The clock of this computer is ${Math.round(aheadMs / 60_000)} minutes behind the last entry.`,
        'Set the clock, and let the computer set it by the network (NTP). Orders are kept in order all the same.',
      )
}

/** What a person would notice on a receipt. */
export const LARGEST_DRIFT_MS = 60_000
