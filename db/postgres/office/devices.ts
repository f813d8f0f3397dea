import { sql } from 'kysely'
import { deviceRecord, type RecordValue } from '../../../domain/catalog.ts'
import { fromPgText } from '../../../domain/nul-free-text.ts'
import type { Sql } from '../rows.ts'

/** What is here of each device of some stores (rule U2). Store ids as they are stored. */
export interface DeviceStanding {
  /** Null: a log that no device on the roster claims. */
  readonly deviceId: string | null
  readonly record: RecordValue<'device'> | null
  readonly isRemoved: boolean
  readonly lastContactAt: Date | null
  readonly logs: readonly LogStanding[]
}

export interface LogStanding {
  readonly origin: string
  readonly headSeq: number
  readonly knownSeq: number
  /** When its newest entry here was made and when it came; null: none has come. */
  readonly madeAt: string | null
  readonly cameAt: Date | null
}

/**
 * Something is missing, or a member has never shown anything. The centre itself is a member that
 * writes only when somebody here changes something: of it nothing can be on its way.
 */
export const isBehind = ({ isRemoved, deviceId, record, logs }: DeviceStanding): boolean =>
  logs.some((log) => log.knownSeq > log.headSeq) ||
  (deviceId !== null &&
    record?.role !== 'central' &&
    !isRemoved &&
    logs.every((log) => log.headSeq === 0))

/** Each store's devices in the order of their codes, then logs that belong to none of them. */
export async function readDevices(
  db: Sql,
  storeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly DeviceStanding[]>> {
  const records = await db
    .selectFrom('current_records')
    .select(['store_id', 'kind', 'id', 'value'])
    .where('kind', 'in', ['device', 'revocation'])
    .where(sql<boolean>`store_id = ANY(${storeIds}::text[])`)
    .orderBy('id')
    .execute()
  const heads = await db
    .selectFrom('origins as held')
    .leftJoin('entries as head', (join) =>
      join
        .onRef('head.store_id', '=', 'held.store_id')
        .onRef('head.origin', '=', 'held.origin')
        .onRef('head.seq', '=', 'held.head_seq'),
    )
    .select([
      'held.store_id',
      'held.origin',
      'held.head_seq',
      'held.known_seq',
      'head.at',
      'head.received_at',
    ])
    .where(sql<boolean>`held.store_id = ANY(${storeIds}::text[])`)
    .orderBy('held.origin')
    .execute()
  const uploads = await db
    .selectFrom('uploads')
    .selectAll()
    .where(sql<boolean>`store_id = ANY(${storeIds}::text[])`)
    .execute()
  const recordsOf = Map.groupBy(records, (row) => row.store_id)
  const headsOf = Map.groupBy(heads, (row) => row.store_id)
  const uploadsOf = Map.groupBy(uploads, (row) => row.store_id)
  return new Map(
    storeIds.map((storeId) => [
      storeId,
      standings(
        recordsOf.get(storeId) ?? [],
        (headsOf.get(storeId) ?? []).map((row) => ({
          origin: fromPgText(row.origin),
          headSeq: row.head_seq,
          knownSeq: row.known_seq,
          madeAt: row.at === null ? null : fromPgText(row.at),
          cameAt: row.received_at,
        })),
        new Map(
          (uploadsOf.get(storeId) ?? []).map((row) => [
            fromPgText(row.device_id),
            row.last_upload_at,
          ]),
        ),
      ),
    ]),
  )
}

interface RosterRow {
  readonly kind: string
  readonly id: string
  readonly value: string | null
}

function standings(
  roster: readonly RosterRow[],
  logs: readonly LogStanding[],
  uploads: ReadonlyMap<string, Date>,
): DeviceStanding[] {
  const removed = new Set(
    roster.flatMap(({ kind, id }) => (kind === 'revocation' ? [fromPgText(id)] : [])),
  )
  const logsByOrigin = new Map(logs.map((log) => [log.origin, log]))
  const members = roster.flatMap(({ kind, id, value }): DeviceStanding[] => {
    if (kind !== 'device') return []
    const record = deviceRecord.safeParse(JSON.parse(fromPgText(value ?? 'null')))
    if (!record.success) return []
    const deviceId = fromPgText(id)
    const origins = [record.data.origin, ...(record.data.laterOrigins ?? [])]
    return [
      {
        deviceId,
        record: record.data,
        isRemoved: removed.has(deviceId),
        lastContactAt: uploads.get(deviceId) ?? null,
        logs: origins.map((origin) => logsByOrigin.get(origin) ?? emptyLog(origin)),
      },
    ]
  })
  const claimed = new Set(members.flatMap((member) => member.logs.map((log) => log.origin)))
  const unclaimed = logs.filter((log) => !claimed.has(log.origin))
  return [
    ...members.toSorted((a, b) => ((a.record?.code ?? '') < (b.record?.code ?? '') ? -1 : 1)),
    ...unclaimed.map((log) => ({
      deviceId: null,
      record: null,
      isRemoved: false,
      lastContactAt: null,
      logs: [log],
    })),
  ]
}

const emptyLog = (origin: string): LogStanding => ({
  origin,
  headSeq: 0,
  knownSeq: 0,
  madeAt: null,
  cameAt: null,
})
