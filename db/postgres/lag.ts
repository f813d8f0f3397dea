import { deviceRecord } from '../../domain/catalog.ts'
import type { Sql } from './rows.ts'
import { fromPgText } from '../../domain/nul-free-text.ts'

/**
 * What the centre holds of a store, per origin and per device (rule U2). How far behind an origin is
 * shows in `headAt` (when its last held entry was made) and `receivedAt` (when that came here); what
 * is known to be missing shows in `knownSeq` beyond `headSeq`.
 */
export interface StoreLag {
  readonly origins: readonly OriginLag[]
  readonly devices: readonly DeviceLag[]
  /** Entries kept aside because another one has their number (rule L2). */
  readonly quarantined: number
  /** Events which this version of the centre cannot read (rule L4). */
  readonly unreadable: number
}

export interface OriginLag {
  readonly origin: string
  /** The device on the store's roster that writes it; null where the roster does not say. */
  readonly deviceId: string | null
  readonly deviceName: string | null
  /** Everything up to here is held. */
  readonly headSeq: number
  readonly knownSeq: number
  readonly headAt: string | null
  readonly receivedAt: string | null
}

/** A device that has carried entries here, its own or others'. */
export interface DeviceLag {
  readonly deviceId: string
  readonly lastUploadAt: string
}

export async function readLag(db: Sql, storeId: string): Promise<StoreLag> {
  const roster = await readRoster(db, storeId)
  const heads = await db
    .selectFrom('origins as held')
    .leftJoin('entries as head', (join) =>
      join
        .onRef('head.store_id', '=', 'held.store_id')
        .onRef('head.origin', '=', 'held.origin')
        .onRef('head.seq', '=', 'held.head_seq'),
    )
    .select(['held.origin', 'held.head_seq', 'held.known_seq', 'head.at', 'head.received_at'])
    .where('held.store_id', '=', storeId)
    .orderBy('held.origin')
    .execute()
  const devices = await db
    .selectFrom('uploads')
    .select(['device_id', 'last_upload_at'])
    .where('store_id', '=', storeId)
    .orderBy('device_id')
    .execute()
  const held = heads.map((row): OriginLag => {
    const origin = fromPgText(row.origin)
    return {
      origin,
      deviceId: roster.get(origin)?.deviceId ?? null,
      deviceName: roster.get(origin)?.name ?? null,
      headSeq: row.head_seq,
      knownSeq: row.known_seq,
      headAt: row.at === null ? null : fromPgText(row.at),
      receivedAt: row.received_at?.toISOString() ?? null,
    }
  })
  return {
    origins: [...held, ...silentOrigins(roster, held)],
    devices: devices.map((row) => ({
      deviceId: fromPgText(row.device_id),
      lastUploadAt: row.last_upload_at.toISOString(),
    })),
    ...(await countKeptAside(db, storeId)),
  }
}

interface RosterDevice {
  readonly deviceId: string
  readonly name: string
}

/** The store's devices by the origin that each writes. */
async function readRoster(db: Sql, storeId: string): Promise<ReadonlyMap<string, RosterDevice>> {
  const rows = await db
    .selectFrom('records')
    .select(['id', 'value'])
    .where('store_id', '=', storeId)
    .where('kind', '=', 'device')
    .where('value', 'is not', null)
    .orderBy('id')
    .execute()
  const roster = new Map<string, RosterDevice>()
  for (const { id, value } of rows) {
    const device = deviceRecord.safeParse(JSON.parse(fromPgText(value ?? 'null')))
    if (!device.success) continue
    roster.set(device.data.origin, { deviceId: fromPgText(id), name: device.data.name })
  }
  return roster
}

/** A device that is on the roster and of which nothing has come is the one to look after first. */
function silentOrigins(
  roster: ReadonlyMap<string, RosterDevice>,
  held: readonly OriginLag[],
): OriginLag[] {
  const known = new Set(held.map(({ origin }) => origin))
  return [...roster]
    .filter(([origin]) => !known.has(origin))
    .map(([origin, { deviceId, name }]) => ({
      origin,
      deviceId,
      deviceName: name,
      headSeq: 0,
      knownSeq: 0,
      headAt: null,
      receivedAt: null,
    }))
}

/** What is here and counts for nothing: numbers that are taken, and events that nobody here can read. */
export const countKeptAside = async (
  db: Sql,
  storeId: string,
): Promise<Pick<StoreLag, 'quarantined' | 'unreadable'>> => ({
  quarantined: await count(db, storeId, 'quarantine'),
  unreadable: await count(db, storeId, 'unreadable'),
})

async function count(
  db: Sql,
  storeId: string,
  table: 'quarantine' | 'unreadable',
): Promise<number> {
  const { rows } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .where('store_id', '=', storeId)
    .executeTakeFirstOrThrow()
  return rows
}
