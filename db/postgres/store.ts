import { sql } from 'kysely'
import type { CustomerKey } from '../../domain/customer-keys.ts'
import type { Entry, EntryRange, Frontier, HeldHash, IngestReport } from '../../domain/log.ts'
import type { OrderFilter, OrderPosition } from '../../domain/order-filter.ts'
import { createDigest, DIGEST_TABLES } from '../digest.ts'
import { noticeOwnEntries } from './centre-members.ts'
import { keepCustomerKeys, readCustomerKeys } from './customer-keys.ts'
import type { Database } from './database.ts'
import { appendEntries, keepAside } from './entries.ts'
import { neededHashes, positionOf, sortRanges, type Head, type SortedRanges } from './ingest.ts'
import { findOrder, findOrders, type FoundOrders } from './look-up.ts'
import { readLag, type StoreLag } from './lag.ts'
import { projectEntries, projectUnreadable, rebuildProjections } from './projections.ts'
import { allRows, unnest, type Sql } from './rows.ts'
import { allStoreIds, withEveryStore, withStores } from './scope.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'
import { verifyStore, type VerifyReport } from './verify.ts'

/** Every store's log and its projections in PostgreSQL. */
export interface PostgresStore {
  /**
   * Takes an upload in one transaction: when this answers, what it accepted is durable, folded and
   * visible, once, however often it comes (rule U1). Throws only when the database fails.
   */
  readonly applyUpload: (upload: StoreUpload, now: Date) => Promise<AppliedUpload>
  readonly frontier: (storeId: string) => Promise<Frontier>
  /** Of each log that is held: the hash under that number, or of the last entry where it is less. */
  readonly heldHashes: (storeId: string, at: Frontier) => Promise<HeldHash[]>
  readonly storeIds: () => Promise<readonly string[]>
  /**
   * The hash of the token that speaks for a store: the first one shown stands, and a later one is
   * answered with the one that stands. Comparing them is the caller's.
   */
  readonly trustedTokenHash: (storeId: string, tokenHash: string) => Promise<string>
  /** Equal to the digest of every device that holds the same entries. */
  readonly digest: (storeId: string) => Promise<string>
  readonly rebuild: (storeId: string) => Promise<void>
  readonly verify: (storeId: string) => Promise<VerifyReport>
  /** Keeps keys of customers that a device brings, and gives those that it lacks. */
  readonly exchangeKeys: (exchange: {
    readonly storeId: string
    readonly keys: readonly CustomerKey[]
    readonly wanted: readonly string[]
  }) => Promise<readonly CustomerKey[]>
  /** Orders with their entries, for a device which they have left. */
  readonly findOrder: (storeId: string, orderId: string) => Promise<FoundOrders>
  readonly findOrders: (
    storeId: string,
    filter: OrderFilter,
    after: OrderPosition | null,
    limit: number,
  ) => Promise<FoundOrders>
  readonly lag: (storeId: string) => Promise<StoreLag>
  /** Folds what a newer version of this program can read and an older one could not (rule L4). */
  readonly foldUnreadable: () => Promise<void>
  /** Resolves when the database answers. */
  readonly ping: () => Promise<void>
}

export interface StoreUpload {
  readonly storeId: string
  /** The device that carries them; it need not have written them. */
  readonly deviceId: string
  readonly ranges: readonly EntryRange[]
}

export interface AppliedUpload extends IngestReport {
  readonly frontier: Frontier
}

/** Hears how long the fold of each upload took. */
export type OnFolded = (tookMs: number) => void

export function createPostgresStore(
  database: Pick<Database, 'sql'>,
  onFolded: OnFolded = () => {},
): PostgresStore {
  return {
    applyUpload: (upload, now) =>
      write(upload.storeId, (trx, storeId) => applyUpload(trx, storeId, upload, now, onFolded)),
    frontier: (storeId) =>
      read(storeId, async (trx, stored) => frontierOf(await readHeads(trx, stored))),
    heldHashes: (storeId, at) => read(storeId, (trx, stored) => heldHashes(trx, stored, at)),
    storeIds: () => allStoreIds(database),
    trustedTokenHash: (storeId, tokenHash) =>
      write(storeId, (trx, stored) => trustedTokenHash(trx, stored, tokenHash)),
    digest: (storeId) => read(storeId, digestOf),
    rebuild: (storeId) => write(storeId, inLock(rebuildProjections)),
    verify: (storeId) => read(storeId, verifyStore),
    exchangeKeys: ({ storeId, keys, wanted }) =>
      write(storeId, async (trx, stored) => {
        await lockStore(trx, stored)
        await keepCustomerKeys(trx, stored, keys)
        return readCustomerKeys(trx, stored, { ids: wanted })
      }),
    findOrder: (storeId, orderId) =>
      read(storeId, (trx, stored) => findOrder(trx, stored, toPgText(orderId))),
    findOrders: (storeId, filter, after, limit) =>
      read(storeId, (trx, stored) => findOrders(trx, stored, filter, after, limit)),
    lag: (storeId) => read(storeId, readLag),
    foldUnreadable: async () => {
      for (const storeId of await storesWithUnreadable(database)) {
        await write(storeId, inLock(projectUnreadable))
      }
    },
    ping: async () => {
      await sql`SELECT 1`.execute(database.sql)
    },
  }

  /** The store's id comes to `work` as it is stored. */
  function write<T>(storeId: string, work: (trx: Sql, stored: string) => Promise<T>): Promise<T> {
    return withStores(database, [storeId], (trx) => work(trx, toPgText(storeId)))
  }

  function read<T>(storeId: string, work: (trx: Sql, stored: string) => Promise<T>): Promise<T> {
    return withStores(database, [storeId], (trx) => work(trx, toPgText(storeId)), 'snapshot')
  }
}

const inLock =
  (work: (trx: Sql, storeId: string) => Promise<void>) =>
  async (trx: Sql, storeId: string): Promise<void> => {
    await lockStore(trx, storeId)
    await work(trx, storeId)
  }

const storesWithUnreadable = (database: Pick<Database, 'sql'>): Promise<readonly string[]> =>
  withEveryStore(database, async (trx) => {
    const rows = await trx.selectFrom('unreadable').select('store_id').distinct().execute()
    return rows.map((row) => fromPgText(row.store_id))
  })

async function applyUpload(
  trx: Sql,
  storeId: string,
  upload: StoreUpload,
  now: Date,
  onFolded: OnFolded,
): Promise<AppliedUpload> {
  await lockStore(trx, storeId)
  const heads = await readHeads(trx, storeId)
  const heldHashes = await readHashes(trx, storeId, neededHashes(upload.ranges, heads))
  const sorted = sortRanges(upload.ranges, heads, heldHashes)
  // One after the other on the connection; what they say is worked out while PostgreSQL works.
  await Promise.all([
    appendEntries(trx, storeId, sorted.fresh),
    keepAside(trx, storeId, sorted.quarantined),
    writeHeads(trx, storeId, sorted.heads),
    foldFresh(trx, storeId, sorted.fresh, onFolded),
    trx
      .insertInto('uploads')
      .values({ store_id: storeId, device_id: toPgText(upload.deviceId), last_upload_at: now })
      .onConflict((row) =>
        row.columns(['store_id', 'device_id']).doUpdateSet({ last_upload_at: now }),
      )
      .execute(),
  ])
  const frontier = frontierOf(new Map([...heads, ...sorted.heads]))
  return { ...sorted.report, frontier }
}

async function foldFresh(
  trx: Sql,
  storeId: string,
  fresh: readonly Entry[],
  onFolded: OnFolded,
): Promise<void> {
  if (fresh.length === 0) return
  const startMs = performance.now()
  const grown = new Set(fresh.map(({ origin }) => toPgText(origin)))
  await Promise.all([
    noticeOwnEntries(trx, storeId, [...grown]),
    projectEntries(trx, storeId, fresh),
  ])
  onFolded(performance.now() - startMs)
}

/**
 * One writer a store, from before the first read until the commit. Uploads of the same entries wait
 * for each other, and the order in which rows were written is the order in which they were committed:
 * who reads the log onwards from a position misses nothing.
 */
export async function lockStore(trx: Sql, storeId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`aura store ${storeId}`}, 0))`.execute(
    trx,
  )
}

export async function readHeads(db: Sql, storeId: string): Promise<ReadonlyMap<string, Head>> {
  const rows = await db
    .selectFrom('origins')
    .select(['origin', 'head_seq', 'head_hash', 'known_seq'])
    .where('store_id', '=', storeId)
    .execute()
  return new Map(
    rows.map((row) => [
      fromPgText(row.origin),
      { seq: row.head_seq, hash: row.head_hash, knownSeq: row.known_seq },
    ]),
  )
}

export function frontierOf(heads: ReadonlyMap<string, Head>): Frontier {
  return new Map([...heads].flatMap(([origin, { seq }]) => (seq > 0 ? [[origin, seq]] : [])))
}

async function heldHashes(db: Sql, storeId: string, at: Frontier): Promise<HeldHash[]> {
  const heads = await readHeads(db, storeId)
  const wanted = [...at].flatMap(([origin, asked]) => {
    const headSeq = heads.get(origin)?.seq ?? 0
    const seq = Math.min(asked, headSeq)
    return seq > 0 ? [{ origin, seq, headSeq }] : []
  })
  const needed = wanted.map(({ origin, seq }) => ({ origin, fromSeq: seq, toSeq: seq }))
  const hashes = await readHashes(db, storeId, needed)
  return wanted.flatMap((one) => {
    const hash = hashes.get(positionOf(one.origin, one.seq))
    return hash === undefined ? [] : [{ ...one, hash }]
  })
}

async function readHashes(
  db: Sql,
  storeId: string,
  needed: ReturnType<typeof neededHashes>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (needed.length === 0) return new Map()
  const input = unnest([
    { name: 'origin', type: 'text', values: needed.map((range) => toPgText(range.origin)) },
    { name: 'from_seq', type: 'bigint', values: needed.map((range) => range.fromSeq) },
    { name: 'to_seq', type: 'bigint', values: needed.map((range) => range.toSeq) },
  ])
  const { rows } = await sql<{ origin: string; seq: number; hash: Buffer }>`
    SELECT entries.origin, entries.seq, entries.hash
    FROM ${input}
    JOIN entries ON entries.store_id = ${storeId}
      AND entries.origin = input.origin
      AND entries.seq BETWEEN input.from_seq AND input.to_seq
  `.execute(db)
  return new Map(rows.map((row) => [positionOf(fromPgText(row.origin), row.seq), row.hash]))
}

export async function writeHeads(
  db: Sql,
  storeId: string,
  heads: SortedRanges['heads'],
): Promise<void> {
  if (heads.size === 0) return
  const changed = [...heads]
  const input = unnest([
    { name: 'origin', type: 'text', values: changed.map(([origin]) => toPgText(origin)) },
    { name: 'head_seq', type: 'bigint', values: changed.map(([, head]) => head.seq) },
    { name: 'head_hash', type: 'bytea', values: changed.map(([, h]) => Buffer.from(h.hash)) },
    { name: 'known_seq', type: 'bigint', values: changed.map(([, head]) => head.knownSeq) },
  ])
  await sql`
    INSERT INTO origins (store_id, origin, head_seq, head_hash, known_seq)
    SELECT ${storeId}, origin, head_seq, head_hash, known_seq FROM ${input}
    ON CONFLICT (store_id, origin) DO UPDATE SET
      head_seq = excluded.head_seq,
      head_hash = excluded.head_hash,
      known_seq = excluded.known_seq
  `.execute(db)
}

async function trustedTokenHash(db: Sql, storeId: string, tokenHash: string): Promise<string> {
  const read = () =>
    db.selectFrom('stores').select('token_hash').where('store_id', '=', storeId).executeTakeFirst()
  const known = await read()
  if (known) return known.token_hash
  await db
    .insertInto('stores')
    .values({ store_id: storeId, token_hash: tokenHash })
    .onConflict((row) => row.doNothing())
    .execute()
  return (await read())?.token_hash ?? ''
}

async function digestOf(db: Sql, storeId: string): Promise<string> {
  const digest = createDigest()
  for (const table of DIGEST_TABLES) {
    digest.table(table)
    for await (const row of allRows(db, storeId, table)) digest.row(row)
  }
  return digest.hex()
}
