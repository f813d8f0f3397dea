import { compareStamps, type Stamp } from '../domain/clock.ts'
import { isRecordEvent, parseEvent, type EventMeta, type RecordEvent } from '../domain/events.ts'
import { firstWritten } from '../domain/entry-copy.ts'
import { emptyOrder, evolveAll, type FoldableEvent, type OrderState } from '../domain/evolve.ts'
import type { JournalEvent } from '../domain/journal.ts'
import type { EntryContent } from '../domain/log.ts'
import { SIGNED_EVENT } from '../domain/signed-log.ts'

/** Reading entries for the fold: the same on every holder of the log. */

export type ReadOrderEvent = FoldableEvent

export interface ReadRecordEvent {
  readonly event: RecordEvent
  readonly stamp: Stamp
}

export interface ReadJournalEvent {
  readonly event: JournalEvent
  readonly meta: EventMeta
}

export interface ReadEntry {
  readonly orderEvents: readonly ReadOrderEvent[]
  readonly recordEvents: readonly ReadRecordEvent[]
  readonly journalEvents: readonly ReadJournalEvent[]
  /** Positions of events that this version cannot read (rule L4). */
  readonly unreadable: readonly number[]
}

type EntryHead = EntryContent & { readonly origin: string }

/** Parses the body of an entry, event by event; of a copy, as what it is a copy of (rule L6). */
export function readEntry(written: EntryHead): ReadEntry {
  const all = rawEvents(written.body)
  const raw = isSignature(all.at(-1)) ? all.slice(0, -1) : all
  const first = firstWritten(raw)
  const entry = first === null ? written : { ...written, origin: first.origin, clock: first.clock }
  const orderEvents: ReadOrderEvent[] = []
  const recordEvents: ReadRecordEvent[] = []
  const journalEvents: ReadJournalEvent[] = []
  const unreadable: number[] = []
  for (const [index, said] of (first === null ? raw : raw.slice(0, -1)).entries()) {
    const event = parseEvent(said)
    if (event === null) unreadable.push(index)
    else if (isRecordEvent(event)) {
      recordEvents.push({ event, stamp: { clock: entry.clock, origin: entry.origin, index } })
    } else if (event.type === 'journal.written') {
      journalEvents.push({ event, meta: metaOf(entry, index) })
    } else orderEvents.push({ event, meta: metaOf(entry, index) })
  }
  return { orderEvents, recordEvents, journalEvents, unreadable }
}

/** It says who wrote the entry, and tells of nothing that happened. */
const isSignature = (raw: unknown): boolean =>
  (raw as { readonly type?: unknown } | null)?.type === SIGNED_EVENT

/** A body that is not a JSON array counts as one unreadable event. */
function rawEvents(body: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(body)
    return Array.isArray(parsed) ? parsed : [parsed]
  } catch {
    return [null]
  }
}

export function metaOf(entry: EntryHead, index: number): EventMeta {
  return {
    origin: entry.origin,
    clock: entry.clock,
    index,
    commandId: entry.commandId,
    at: entry.at,
    actor: entry.actor,
  }
}

export const foldOrder = (orderId: string, events: Iterable<ReadOrderEvent>): OrderState =>
  evolveAll(emptyOrder(orderId), events)

/** Of two lines that are not the same, which only a forger writes, the one that stands everywhere. */
export function standingLine(a: ReadJournalEvent, b: ReadJournalEvent): ReadJournalEvent {
  const keysOfB = lineKeys(b)
  const order = lineKeys(a)
    .map((key, n) => Buffer.compare(Buffer.from(key), Buffer.from(keysOfB[n] ?? '')))
    .find((difference) => difference !== 0)
  return (order ?? 0) >= 0 ? a : b
}

const lineKeys = ({ event, meta }: ReadJournalEvent): string[] => [
  meta.at,
  meta.commandId,
  meta.actor,
  event.about,
  JSON.stringify(event.value),
]

/**
 * The record event that stands, of all that name one version: the later one. Of two of one moment, set
 * on a device and on its copy (rule L6), that whose row sorts after, so that everybody takes the same.
 */
export const laterRecord = (a: ReadRecordEvent, b: ReadRecordEvent): ReadRecordEvent =>
  (compareStamps(a.stamp, b.stamp) || Buffer.compare(textOf(a), textOf(b))) >= 0 ? a : b

/** As PostgreSQL compares the cells: the value's text, no value before any, then whether withdrawn. */
const textOf = ({ event }: ReadRecordEvent): Buffer => {
  const value = event.type === 'record.set' ? event.value : null
  const text = value === null ? '' : JSON.stringify(value)
  return Buffer.from(`${text}\0${event.type}`)
}
