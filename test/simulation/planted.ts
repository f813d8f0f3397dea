import { CHAIN_START, chainHash } from '../../db/chain.ts'
import { isRun, lastSeqOf, type EntryLog, type EntryRange } from '../../domain/log.ts'
import type { PeerFrame } from '../../protocol/peer.ts'
import { DiskError, type StatementFault } from './disk.ts'
import type { Plant } from './plant.ts'

/** Faults around the machine and the store. Each is one that a real program could have. */
export const PLANTS: readonly Plant[] = [
  {
    name: 'acknowledges before the commit',
    rules: ['L1'],
    log: (log, { later }) => {
      const early = new Map<string, number>()
      return {
        ...log,
        frontier: () => raisedBy(log, early),
        ingest(ranges) {
          for (const range of ranges) early.set(range.origin, lastSeqOf(range))
          later(40, () => log.ingest(ranges))
          return { accepted: 0, repeated: 0, gaps: [], forks: [], broken: [], newTips: [] }
        },
      }
    },
  },
  {
    name: 'loses the last commit in a crash, and gives its number out again',
    rules: ['L1'],
    onCrash({ plain }, ownOrigin) {
      const last = `(SELECT max(id) FROM entries WHERE origin = ?)`
      plain.raw.prepare(`DELETE FROM order_entries WHERE entry_id = ${last}`).run(ownOrigin)
      plain.raw.prepare(`DELETE FROM entries WHERE id = ${last}`).run(ownOrigin)
    },
  },
  {
    name: 'says yes to a user although the commit failed',
    rules: ['L1'],
    store: (store) => ({
      ...store,
      execute(stamped, expectedVersion) {
        try {
          return store.execute(stamped, expectedVersion)
        } catch (error) {
          const order = store.order(stamped.command.orderId)
          if (!(error instanceof DiskError) || order === null) throw error
          return { ok: true, value: order }
        }
      },
    }),
  },
  {
    name: 'goes on in its old origin after an old backup was put back',
    // The program's own assertion about clocks may be the first to notice.
    rules: ['P3', 'L1', 'L2', 'failure'],
    freshOrigin: (ownOrigin) => ownOrigin,
  },
  {
    name: 'hands on nothing that others wrote',
    rules: ['P3'],
    log: (log) => ({
      ...log,
      readRange: (origin, ...rest) =>
        origin === log.ownOrigin() ? log.readRange(origin, ...rest) : null,
    }),
  },
  {
    name: 'sends ranges that begin one too late',
    rules: ['P3'],
    log: (log) => ({
      ...log,
      readRange: (origin, fromSeq, ...rest) => log.readRange(origin, fromSeq + 1, ...rest),
    }),
  },
  {
    name: 'never sends again what it sent once',
    rules: ['P3'],
    log: (log, { at, to }) => ({
      ...log,
      readRange(origin, fromSeq, ...rest) {
        const key = `${at} ${to()} ${origin}`
        if ((sentOnce.get(key) ?? 0) >= fromSeq) return null
        const range = log.readRange(origin, fromSeq, ...rest)
        if (range !== null) sentOnce.set(key, lastSeqOf(range))
        return range
      },
    }),
  },
  {
    name: 'says to have more than it has',
    rules: ['L1'],
    frame: (frame) => (frame.type === 'have' ? { ...frame, frontier: oneMore(frame) } : frame),
  },
  {
    name: 'acknowledges what it does not hold',
    rules: ['L1'],
    frame: (frame) => (frame.type === 'ack' ? { ...frame, frontier: oneMore(frame) } : frame),
  },
  {
    name: 'greets with more than it holds',
    rules: ['L1'],
    frame: (frame) => (frame.type === 'hello' ? { ...frame, frontier: oneMore(frame) } : frame),
  },
  {
    name: 'gives out what it keeps aside as its own',
    rules: ['L1'],
    frame: (frame) => (frame.type === 'aside' ? { ...frame, type: 'entries' } : frame),
  },
  {
    name: 'drops entries that it cannot read',
    rules: ['P3'],
    log: (log) => ({
      ...log,
      ingest: (ranges) =>
        log.ingest(
          ranges.filter((r) => isRun(r) || r.entries.every((e) => !e.body.includes('sung_to'))),
        ),
    }),
  },
  {
    name: 'does not read after an update what it could not read before',
    rules: ['F1', 'F3', 'L4'],
    statement: () => (text, run) => (/^select \* from "unreadable"/i.test(text) ? () => [] : run),
  },
  {
    name: 'goes on speaking with a device that was removed',
    rules: ['P1'],
    isMember: () => true,
  },
  {
    name: 'makes hashes fit what a flipped bit has changed',
    rules: ['L2', 'L3', 'P3'],
    log: (log) => ({
      ...log,
      readRange(origin, fromSeq, ...rest) {
        const range = log.readRange(origin, fromSeq, ...rest)
        const before = fromSeq === 1 ? null : log.readRange(origin, fromSeq - 1, 1, 1)
        return range && { ...range, lastHash: hashOver(range, before?.lastHash ?? CHAIN_START) }
      },
    }),
  },
  {
    name: 'forgets one entry of the log while it counts on',
    rules: ['L1', 'L2', 'F2'],
    statement: everyNth(/^insert into "entries"/i, 12),
  },
  {
    name: 'leaves a row of the orders as it was',
    rules: ['F3'],
    statement: everyNth(/^insert or replace into "orders"/i, 9),
  },
  {
    name: 'leaves a row of the lines as it was',
    rules: ['F3'],
    statement: everyNth(/^insert or replace into "order_items"/i, 25),
  },
  {
    name: 'leaves a row of the history out',
    rules: ['F3'],
    statement: everyNth(/^insert or replace into "order_status_history"/i, 20),
  },
  {
    name: 'forgets which entries an order is made of',
    rules: ['L1', 'F3'],
    statement: everyNth(/^insert or ignore into "order_entries"/i, 15),
  },
  {
    name: 'counts money twice in the table of payments',
    rules: ['F3'],
    statement: () => (text, run) =>
      /^insert or replace into "order_payments"/i.test(text)
        ? (...values) => run(...values.with(3, Number(values[3]) * 2))
        : run,
  },
  {
    name: 'counts order numbers from 1 after a restart',
    rules: ['N1'],
    statement: () => (text, run) => {
      if (/select "order_number" from "orders"/i.test(text)) return () => []
      return /^replace into "local"/i.test(text) ? () => ({ changes: 0 }) : run
    },
  },
  {
    name: 'does not keep aside what claims a number that is taken',
    rules: ['L2', 'P3'],
    statement: () => (text, run) =>
      /into "quarantine"/i.test(text) ? () => ({ changes: 0 }) : run,
  },
  {
    name: 'does not note what it cannot read',
    rules: ['L4'],
    statement: () => (text, run) =>
      /into "unreadable"/i.test(text) ? () => ({ changes: 0 }) : run,
  },
]

const sentOnce = new Map<string, number>()
/** Before each run. */
export const forgetSent = (): void => sentOnce.clear()

const hashOver = ({ origin, fromSeq, entries }: EntryRange, before: Uint8Array): Uint8Array =>
  entries.reduce((hash, entry, index) => chainHash(hash, origin, fromSeq + index, entry), before)

function raisedBy(log: EntryLog, by: ReadonlyMap<string, number>): Map<string, number> {
  const frontier = new Map(log.frontier())
  for (const [origin, seq] of by) frontier.set(origin, Math.max(seq, frontier.get(origin) ?? 0))
  return frontier
}

const oneMore = ({ frontier }: Extract<PeerFrame, { frontier: unknown }>): Map<string, number> =>
  new Map([...frontier].map(([origin, seq]) => [origin, seq + 1]))

/** Every nth of these statements on a disk is answered and not carried out. */
function everyNth(pattern: RegExp, nth: number): () => StatementFault {
  return () => {
    let count = 0
    return (text, run) => {
      if (!pattern.test(text)) return run
      return (...values) => {
        count += 1
        return count % nth === 0 ? { changes: 0, lastInsertRowid: 0 } : run(...values)
      }
    }
  }
}
