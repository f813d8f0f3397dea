import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHAIN_START, chainHash } from '../chain.ts'
import { DIGEST_TABLES } from '../digest.ts'
import type { Row } from '../tables.ts'
import { openConnection, type Connection } from './connection.ts'
import { entryOf } from './entry-log.ts'
import { rebuildProjections } from './rebuild.ts'
import { createSignatureChecks } from '../verify-signatures.ts'
import { createLocalSettings } from './local-settings.ts'
import { writtenHere } from './own-origins.ts'
import { createRunTable } from './run-table.ts'
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

/**
 * Walks every origin from its first number. What has left is passed over: the chain goes on from the
 * last hash of the run, and a gap that is no run is a fault.
 */
function verifyChains(connection: Connection): VerifyReport {
  const { sql } = connection
  const nums = new Map(
    prepare(connection, sql.selectFrom('origins').selectAll())
      .all()
      .map((row) => [row.origin, row.num]),
  )
  const runs = createRunTable(connection)
  const checks = createSignatureChecks(new Set(writtenHere(createLocalSettings(connection))))
  const stray = strayRun(connection, nums)
  if (stray !== null) return fault(0, stray)
  let count = 0
  let origin = ''
  let seq = 0
  let hash: Uint8Array = CHAIN_START
  const rows = prepare(connection, sql.selectFrom('entries').selectAll().orderBy('id'))
  for (const row of rows.iterate()) {
    if (row.origin !== origin) {
      const unsigned = checks.end()
      if (unsigned !== null) return fault(count, unsigned)
      origin = row.origin
      seq = 0
      hash = CHAIN_START
    }
    const run = row.seq === seq + 1 ? null : runs.at(origin, seq + 1)
    if (run?.fromSeq === seq + 1) {
      seq = run.toSeq
      hash = run.lastHash
      checks.pass()
    }
    seq += 1
    const num = nums.get(row.origin)
    if (row.seq !== seq || num === undefined || row.id !== num * 2 ** 40 + row.seq) {
      return fault(
        count,
        `origin ${origin}: entry ${seq} is missing, ${row.seq} stands in its place`,
      )
    }
    const entry = entryOf(row)
    const before = hash
    hash = chainHash(before, origin, seq, entry)
    if (Buffer.compare(hash, row.hash) !== 0) {
      return fault(count, `origin ${origin}: entry ${seq} was changed, its hash does not fit`)
    }
    const forged = checks.next(before, entry)
    if (forged !== null) return fault(count, forged)
    count += 1
  }
  const unsigned = checks.end()
  if (unsigned !== null) return fault(count, unsigned)
  return { ok: true, entries: count, fault: null }
}

/** A run is of an origin that is known, overlaps no other, and holds no number that is held too. */
function strayRun(connection: Connection, nums: ReadonlyMap<string, number>): string | null {
  const { sql } = connection
  const selectHeld = prepare(
    connection,
    sql.selectFrom('entries').select('seq').where('id', '>=', 0).where('id', '<=', 0).limit(1),
  )
  const rows = prepare(
    connection,
    sql.selectFrom('runs').selectAll().orderBy('origin').orderBy('to_seq'),
  ).all()
  const ends = new Map<string, number>()
  for (const { origin, from_seq: fromSeq, to_seq: toSeq } of rows) {
    const name = `origin ${origin}: the run of ${fromSeq} to ${toSeq}`
    const num = nums.get(origin)
    if (num === undefined) return `${name} is of an origin that is not known`
    if (fromSeq > toSeq || fromSeq <= (ends.get(origin) ?? 0)) return `${name} overlaps another`
    ends.set(origin, toSeq)
    const held = selectHeld.get(num * 2 ** 40 + fromSeq, num * 2 ** 40 + toSeq, 1)
    if (held) return `${name} is said to have left, and ${held.seq} is here`
  }
  return null
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
