import { readEntry } from '../db/fold-entries.ts'
import type { Store } from '../db/sqlite/store.ts'
import { lateRanges, type LateRange } from '../domain/late-entries.ts'
import type { Stamped } from '../domain/commands.ts'
import type { Catalog, RecordKind } from '../domain/catalog.ts'
import type { EntryContent } from '../domain/log.ts'
import { orderIdsOf, type RecordEvent } from '../domain/events.ts'
import { isRevoked } from '../domain/roster.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import type { LateEntries } from '../protocol/screens.ts'

/** Entries of one log that are looked into, and orders that are named. */
export const MAX_LATE_READ = 200
const MAX_BYTES = 1_000_000
const MAX_ORDERS = 20

type LateSource = Pick<Store, 'deviceId' | 'catalog' | 'frontier' | 'readRange' | 'order'>

/** What removed devices wrote that waits for a manager. Read again only where it has changed. */
export function createLateEntries(store: LateSource): () => readonly LateEntries[] {
  let known: { readonly key: string; readonly found: readonly LateEntries[] } | null = null
  return () => {
    // On the removed device itself there is nobody to settle it with.
    const isRemoved = isRevoked(store.catalog(), store.deviceId)
    const ranges = isRemoved ? [] : lateRanges(store.catalog(), store.frontier())
    const key = JSON.stringify(ranges)
    if (known?.key !== key) known = { key, found: ranges.map((range) => lookInto(store, range)) }
    return known.found
  }
}

function lookInto(store: LateSource, range: LateRange): LateEntries {
  const { origin, fromSeq } = range
  const entries = store.readRange(origin, fromSeq, MAX_LATE_READ, MAX_BYTES)?.entries ?? []
  return describeLate(range, entries, store.catalog(), (id) => store.order(id)?.number ?? null)
}

/** What the first of the entries in such a range tell of. */
export function describeLate(
  range: LateRange,
  entries: readonly EntryContent[],
  catalog: Catalog,
  numberOf: (orderId: string) => string | null,
): LateEntries {
  const { deviceId, origin, fromSeq, toSeq } = range
  const orderIds = new Set<string>()
  const recordKinds = new Set<RecordKind>()
  for (const content of entries) {
    const { orderEvents, recordEvents } = readEntry({ ...content, origin })
    for (const { event } of orderEvents) for (const id of orderIdsOf(event)) orderIds.add(id)
    for (const { event } of recordEvents) recordKinds.add(event.kind)
  }
  return {
    ...range,
    deviceName: catalog.device.get(deviceId)?.name ?? deviceId,
    orders: [...orderIds].slice(0, MAX_ORDERS).map((id) => ({ id, number: numberOf(id) ?? id })),
    recordKinds: [...recordKinds],
    unread: toSeq - fromSeq + 1 - entries.length,
  }
}

/** Where it is written. */
type LateDesk = Pick<Store, 'catalog' | 'frontier'> & {
  readonly setRecords: (stamped: Stamped<readonly RecordEvent[]>) => unknown
}

/** A manager has looked at them: up to there it is right, and nobody is asked again. */
export function acceptLateEntries(
  store: LateDesk,
  stamp: Omit<Stamped<never>, 'command'>,
  { origin, upTo }: { readonly origin: string; readonly upTo: number },
): Result<null, 'no_late_entries'> {
  const accepted = store.catalog().late_entries.get(origin)?.acceptedUpTo ?? 0
  if (accepted >= upTo) return ok(null)
  const range = lateRanges(store.catalog(), store.frontier()).find((one) => one.origin === origin)
  if (range === undefined || upTo < range.fromSeq || upTo > range.toSeq) {
    return refuse('no_late_entries')
  }
  const value = { acceptedUpTo: upTo }
  const command = [{ type: 'record.set', kind: 'late_entries', id: origin, value }] as const
  store.setRecords({ ...stamp, command })
  return ok(null)
}
