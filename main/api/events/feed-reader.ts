import type { Store } from '../../../db/sqlite/store.ts'
import { STORE_RECORD_ID } from '../../../domain/catalog.ts'
import { compareStamps } from '../../../domain/clock.ts'
import { missingRanges, type Entry, type Frontier } from '../../../domain/log.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import type { EventType, FeedMessage } from '../../../protocol/rest/event.ts'
import type { CustomerReader } from '../../personal-data/customers.ts'
import { eventsOfEntry } from '../entry-events.ts'
import { FEED_PAGE_BYTES, FEED_PAGE_ENTRIES } from '../limits.ts'
import { encodePosition } from './position.ts'

type EntryHead = Omit<Entry, 'hash'>

/**
 * Reads the log from a position on, for one listener. The log itself is the queue: catching up and
 * following live are the same reading, so nothing falls between them and nothing waits in memory.
 */
export interface FeedReader {
  /** What is new since the last call, some entries at a time. Null: nothing. */
  readonly next: () => readonly FeedMessage[] | null
  readonly position: () => string
}

export type FeedSource = Pick<Store, 'frontier' | 'readRange' | 'runAt' | 'order' | 'catalog'>

export function createFeedReader(
  source: FeedSource,
  start: Frontier,
  types: ReadonlySet<EventType> | null,
  reader: CustomerReader,
): FeedReader {
  const given = new Map(start)
  const pages = new Map<string, EntryHead[]>()

  function next(): readonly FeedMessage[] | null {
    const missing = missingRanges(source.frontier(), given)
    if (missing.length === 0) return null
    const pageEntries = Math.max(1, Math.floor(FEED_PAGE_ENTRIES / missing.length))
    const behind = new Set(missing.map((range) => range.origin))
    const messages: FeedMessage[] = []
    for (let taken = 0; taken < FEED_PAGE_ENTRIES; taken += 1) {
      const entry = takeOldest(behind, pageEntries)
      if (!entry) break
      given.set(entry.origin, entry.seq)
      messages.push(...messagesOf(entry))
    }
    return messages
  }

  /** Of the first entries of all origins the one with the lowest clock: causes before effects. */
  function takeOldest(behind: Set<string>, pageEntries: number): EntryHead | undefined {
    let oldest: EntryHead | undefined
    for (const origin of behind) {
      const head = headOf(origin, pageEntries)
      if (head === undefined) behind.delete(origin)
      else if (!oldest || compareStamps({ ...head, index: 0 }, { ...oldest, index: 0 }) < 0) {
        oldest = head
      }
    }
    if (oldest) pages.get(oldest.origin)?.shift()
    return oldest
  }

  function headOf(origin: string, pageEntries: number): EntryHead | undefined {
    const page = pages.get(origin)
    if (page?.[0]) return page[0]
    skipLeft(origin)
    const fromSeq = (given.get(origin) ?? 0) + 1
    const range = source.readRange(origin, fromSeq, pageEntries, FEED_PAGE_BYTES)
    if (range === null) {
      pages.delete(origin)
      return undefined
    }
    const fresh = range.entries.map((content, i) => ({ ...content, origin, seq: fromSeq + i }))
    pages.set(origin, fresh)
    return fresh[0]
  }

  function orderOf(orderId: string): ShownOrder | null {
    const order = source.order(orderId)
    return order && reader.show(order)
  }

  /** What has left this device cannot be told again; what follows it is. */
  function skipLeft(origin: string): void {
    const run = source.runAt(origin, (given.get(origin) ?? 0) + 1)
    if (run !== null) given.set(origin, run.toSeq)
  }

  function messagesOf(entry: EntryHead): FeedMessage[] {
    const currency = source.catalog().store.get(STORE_RECORD_ID)?.currency ?? 'USD'
    const told = { orderOf, reader, currency, isOrderWhole: true }
    const events = eventsOfEntry(entry, told)
      .map(({ event }) => event)
      .filter((event) => types === null || types.has(event.type))
    return events.map((event, i) =>
      i === events.length - 1 ? { ...event, position: encodePosition(given) } : event,
    )
  }

  return { next, position: () => encodePosition(given) }
}
