import type { Catalog } from '../domain/catalog.ts'
import { STORE_RECORD_ID } from '../domain/catalog.ts'
import { originsOf } from '../domain/late-entries.ts'
import type { Entry, EntryPosition } from '../domain/log.ts'
import { signingKeyOf } from '../domain/signed-log.ts'
import { spkiOf } from '../db/signing.ts'
import type { AuditFilter, AuditLine } from '../protocol/rest/audit.ts'
import { deviceIdOf } from '../sync/device-keys.ts'
import { eventsOfEntry } from './api/entry-events.ts'
import { csvLine } from './csv.ts'
import type { CustomerReader } from './personal-data/customers.ts'

/** The log as the audit tells it (rule A5): on a device and at the centre alike. */

/** Entries that are looked through for one page. */
const MAX_LOOKED_THROUGH = 2_000
const CHUNK = 200

type AuditEntry = Omit<Entry, 'hash'>

export interface AuditSource {
  readonly catalog: Catalog
  readonly reader: CustomerReader
  readonly newest: (after: EntryPosition | null, limit: number) => Promise<readonly AuditEntry[]>
}

export interface AuditPage {
  readonly lines: readonly AuditLine[]
  /** Where to go on; null: there is no more. */
  readonly next: EntryPosition | null
}

/** Lines that fit, newest first. */
export async function readAudit(
  source: AuditSource,
  filter: AuditFilter,
  after: EntryPosition | null,
  limit: number,
): Promise<AuditPage> {
  const tell = tellerOf(source)
  const lines: AuditLine[] = []
  let position = after
  for (let looked = 0; looked < MAX_LOOKED_THROUGH;) {
    const entries = await source.newest(position, CHUNK)
    for (const entry of entries) {
      position = { clock: entry.clock, origin: entry.origin, seq: entry.seq }
      const line = fits(entry, filter) ? tell(entry) : null
      if (line === null || !fitsLine(line, filter)) continue
      lines.push(line)
      if (lines.length === limit) return { lines, next: position }
    }
    if (entries.length < CHUNK) return { lines, next: null }
    looked += entries.length
  }
  return { lines, next: position }
}

/** What can be said before its events are read. */
const fits = ({ actor, at }: AuditEntry, filter: AuditFilter): boolean =>
  (filter.actor === undefined || filter.actor === actor) &&
  (filter.from === undefined || at >= filter.from) &&
  (filter.to === undefined || at < filter.to)

function fitsLine(line: AuditLine, { device_id, order_id, types, approved }: AuditFilter): boolean {
  if (line.events.length === 0) return false
  if (device_id !== undefined && line.device_id !== device_id) return false
  if (approved !== undefined && (line.approved_by !== null) !== approved) return false
  if (types !== undefined && !line.events.some(({ type }) => types.includes(type))) return false
  return (
    order_id === undefined ||
    line.order_id === order_id ||
    line.events.some(({ data }) => data['to_order_id'] === order_id)
  )
}

function tellerOf({ catalog, reader }: AuditSource): (entry: AuditEntry) => AuditLine {
  const devices = new Map(
    [...catalog.device].flatMap(([id, device]) => originsOf(device).map((origin) => [origin, id])),
  )
  const nameOf = (actor: string | null): string | null =>
    actor?.startsWith('staff:')
      ? (catalog.staff.get(actor.slice('staff:'.length))?.name ?? null)
      : null
  const currency = catalog.store.get(STORE_RECORD_ID)?.currency ?? 'USD'
  const told = { orderOf: () => null, reader, currency, isOrderWhole: false }

  return (entry) => {
    const { origin, seq, at, actor } = entry
    // A signed log says itself whose it is, whatever the roster says.
    const spki = spkiOf(origin)
    const deviceId = spki === null ? (devices.get(origin) ?? null) : deviceIdOf(spki)
    const events = eventsOfEntry(entry, told).map(({ event }) => event)
    const approval = events.map(({ data }) => approvedIn(data)).find((by) => by !== null) ?? null
    const approvedBy = approval === null ? null : `staff:${approval}`
    return {
      id: `${origin}:${seq}`,
      at,
      actor,
      actor_name: nameOf(actor),
      device_id: deviceId,
      device_name: (deviceId !== null && catalog.device.get(deviceId)?.name) || null,
      approved_by: approvedBy,
      approved_by_name: nameOf(approvedBy),
      reason: events.map(({ data }) => reasonIn(data)).find((reason) => reason !== null) ?? null,
      order_id: events.find(({ order_id }) => order_id !== null)?.order_id ?? null,
      signed: signingKeyOf(origin) !== null,
      events: events.map(({ type, data }) => ({ type, data })),
    }
  }
}

const wordIn = (data: unknown, member: string): string | null => {
  const value = (data as Record<string, unknown> | null)?.[member]
  return typeof value === 'string' && value !== '' ? value : null
}

/** Of an order's event, or of a line of the journal, whose value lies one deeper. */
const approvedIn = (data: Record<string, unknown>): string | null =>
  wordIn(data, 'approved_by') ?? wordIn(data['value'], 'approvedBy')

const reasonIn = (data: Record<string, unknown>): string | null =>
  wordIn(data, 'reason') ?? wordIn(data, 'note') ?? wordIn(data['value'], 'reason')

const HEADER = [
  'at',
  'actor',
  'actor_name',
  'device_name',
  'approved_by',
  'reason',
  'order_id',
  'events',
  'id',
]

export const auditCsv = (lines: readonly AuditLine[]): string =>
  [
    csvLine(HEADER),
    ...lines.map((line) =>
      csvLine([
        line.at,
        line.actor,
        line.actor_name,
        line.device_name,
        line.approved_by_name ?? line.approved_by,
        line.reason,
        line.order_id,
        line.events.map(({ type }) => type).join(' '),
        line.id,
      ]),
    ),
  ].join('')
