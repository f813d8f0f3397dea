import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openConnection } from '../../db/sqlite/connection.ts'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { verifyFile, type VerifyReport } from '../../db/sqlite/verify.ts'

/**
 * What `aura digest`, `aura status` and `aura verify` say of a data folder, without a process for each: who looks
 * until it is so would take a core for it.
 */
export { readStatus as statusIn } from '../../main/cli/read-status.ts'

export async function digestIn(dir: string): Promise<string> {
  const connection = await openConnection(join(dir, 'store.db'))
  try {
    return connection.raw.transaction(() => digestOf(connection))()
  } finally {
    connection.close()
  }
}

export async function verifyIn(dir: string): Promise<VerifyReport> {
  const connection = await openConnection(join(dir, 'store.db'))
  try {
    return await verifyFile(connection)
  } finally {
    connection.close()
  }
}

/** `order_number, status, total, due` of every order in a device's file. */
export const ordersIn = (dir: string): unknown[] =>
  rowsIn(
    dir,
    'SELECT order_number, status, total_minor, due_minor FROM orders ORDER BY order_number, 3',
  )

/** How many events its program could not read. */
export const unreadableIn = (dir: string): number => rowsIn(dir, 'SELECT * FROM unreadable').length

function rowsIn(dir: string, select: string): unknown[] {
  const db = new Database(join(dir, 'store.db'), { readonly: true })
  try {
    return db.prepare(select).raw().all()
  } finally {
    db.close()
  }
}

/** Waits until these devices hold the same, and leaves the processor to them meanwhile. */
export async function untilSameDigest(...dirs: readonly string[]): Promise<void> {
  const endMs = performance.now() + MEET_MS
  for (;;) {
    const digests = await Promise.all(dirs.map(digestIn))
    if (new Set(digests).size === 1) return
    if (performance.now() > endMs) throw new Error(`${dirs.join(' and ')} hold different entries`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

const MEET_MS = 60_000
const POLL_MS = 200
