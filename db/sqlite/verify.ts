import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHAIN_START, chainHash } from '../chain.ts'
import { DIGEST_TABLES } from '../digest.ts'
import type { Row } from '../tables.ts'
import { openConnection, type Connection } from './connection.ts'
import { entryOf } from './entry-log.ts'
import { rebuildProjections } from './rebuild.ts'
import { prepare, selectInKeyOrder } from './statements.ts'

export interface VerifyReport {
  readonly ok: boolean
  readonly entries: number
  /** The first fault that was found, in words; null where there is none. */
  readonly fault: string | null
}

/**
 * Checks a device's file: SQLite's own integrity, every hash chain and its numbers (rules L2, L3),
 * and that the projections equal a rebuild from the log (rule F3). Works beside a running device: it
 * takes a consistent copy first and rebuilds only that.
 */
export async function verifyFile(connection: Connection): Promise<VerifyReport> {
  const integrity = connection.raw.pragma('integrity_check', { simple: true })
  if (integrity !== 'ok') return fault(0, `SQLite integrity check: ${String(integrity)}`)
  const folder = mkdtempSync(join(tmpdir(), 'aura-verify-'))
  try {
    const asFound = join(folder, 'found.db')
    const rebuilt = join(folder, 'rebuilt.db')
    connection.raw.prepare('VACUUM INTO ?').run(asFound)
    copyFileSync(asFound, rebuilt)
    const found = await openConnection(asFound)
    const anew = await openConnection(rebuilt)
    try {
      return verifyCopies(found, anew)
    } finally {
      found.close()
      anew.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `anew` is a copy of `found`, and is rebuilt. */
export function verifyCopies(found: Connection, anew: Connection): VerifyReport {
  const chain = verifyChains(found)
  if (!chain.ok) return chain
  rebuildProjections(anew)
  return compareProjections(found, anew) ?? chain
}

const fault = (entries: number, words: string): VerifyReport => ({
  ok: false,
  entries,
  fault: words,
})

/** Walks every origin from its first entry. */
function verifyChains(connection: Connection): VerifyReport {
  const { sql } = connection
  const nums = new Map(
    prepare(connection, sql.selectFrom('origins').selectAll())
      .all()
      .map((row) => [row.origin, row.num]),
  )
  let count = 0
  let origin = ''
  let seq = 0
  let hash: Uint8Array = CHAIN_START
  const rows = prepare(connection, sql.selectFrom('entries').selectAll().orderBy('id'))
  for (const row of rows.iterate()) {
    if (row.origin !== origin) {
      origin = row.origin
      seq = 0
      hash = CHAIN_START
    }
    seq += 1
    const num = nums.get(row.origin)
    if (row.seq !== seq || num === undefined || row.id !== num * 2 ** 40 + row.seq) {
      return fault(
        count,
        `origin ${origin}: entry ${seq} is missing, ${row.seq} stands in its place`,
      )
    }
    hash = chainHash(hash, origin, seq, entryOf(row))
    if (Buffer.compare(hash, row.hash) !== 0) {
      return fault(count, `origin ${origin}: entry ${seq} was changed, its hash does not fit`)
    }
    count += 1
  }
  return { ok: true, entries: count, fault: null }
}

function compareProjections(found: Connection, anew: Connection): VerifyReport | null {
  for (const table of DIGEST_TABLES) {
    const ours = selectInKeyOrder(found, table)
    const theirs = selectInKeyOrder(anew, table)
    try {
      const difference = firstDifference(ours, theirs)
      if (difference) {
        const { held, folded } = difference
        return fault(0, `table ${table}: it holds ${held}, the log gives ${folded}`)
      }
    } finally {
      // An iterator that is left half read keeps its database from being closed.
      ours.return?.()
      theirs.return?.()
    }
  }
  return null
}

function firstDifference(ours: Iterator<Row>, theirs: Iterator<Row>) {
  for (;;) {
    const a = ours.next()
    const b = theirs.next()
    if (a.done === true && b.done === true) return null
    const held = a.done === true ? 'nothing' : JSON.stringify(a.value)
    const folded = b.done === true ? 'nothing' : JSON.stringify(b.value)
    if (held !== folded) return { held, folded }
  }
}
