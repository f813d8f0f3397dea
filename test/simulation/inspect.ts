import type { Store } from '../../db/sqlite/store.ts'
import { CHAIN_START, chainHash } from '../../db/chain.ts'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { selectInKeyOrder } from '../../db/sqlite/statements.ts'
import { ORDER_TABLES, orderRows } from '../../db/tables.ts'
import { firstWritten } from '../../domain/entry-copy.ts'
import { parseEvent } from '../../domain/events.ts'
import type { Device } from './device.ts'
import { createDisk } from './disk.ts'
import { compareOrder, type RawEvent } from './reference-order.ts'
import { asVersion, type Version } from './versions.ts'
import { hold } from './violation.ts'

/** Looks at a whole device: too slow for each step, done every so many and at the end. */

interface LoggedEntry {
  readonly origin: string
  readonly seq: number
  readonly clock: number
  readonly command_id: string
  readonly at: string
  readonly actor: string
  readonly body: string
  readonly hash: Uint8Array
}

const ENTRIES = `SELECT origin, seq, clock, command_id, at, actor, body, hash
  FROM entries ORDER BY id`

/** The log, the orders in memory and the tables of a running device say the same. */
export const inspect = (device: Device, store: Store): void =>
  asVersion(device.version, () => lookAt(device, store))

function lookAt(device: Device, store: Store): void {
  const entries = device.disk.plain.raw.prepare<[], LoggedEntry>(ENTRIES).all()
  checkChains(device, entries)
  const { events, unreadable } = readLog(entries, device.version)
  for (const [orderId, told] of events) compareOrder(store.order(orderId), told)
  compareMemoryWithTables(device, store, [...events.keys()])
  hold('L4', store.health().unreadable === unreadable, () => {
    return `${device.place} says to have ${store.health().unreadable} events that it cannot read, it has ${unreadable}`
  })
}

/** Rules L2 and L3, walked from the first entry of each origin. */
function checkChains(device: Device, entries: readonly LoggedEntry[]): void {
  let origin = ''
  let seq = 0
  let hash: Uint8Array = CHAIN_START
  for (const row of entries) {
    if (row.origin !== origin) {
      origin = row.origin
      seq = 0
      hash = CHAIN_START
    }
    seq += 1
    hold('L2', row.seq === seq, () => `on ${device.place}, ${origin}:${seq} is missing`)
    hash = chainHash(hash, origin, seq, { ...row, commandId: row.command_id })
    hold('L3', Buffer.compare(hash, row.hash) === 0, () => {
      return `on ${device.place}, the chain breaks at ${origin}:${seq}`
    })
  }
}

type LoggedEvent = Readonly<RawEvent['event']>

interface ReadBody {
  readonly events: readonly {
    readonly index: number
    readonly event: LoggedEvent
    readonly isReadable: boolean
  }[]
  /** Of a copy: where and when it was written first. */
  readonly first: { readonly origin: string; readonly clock: number } | null
}

/** Each body is on every device, and is looked at many times. */
const bodies = new Map<string, ReadBody>()
const BODIES_KEPT = 5_000

function readBody(body: string, version: Version): ReadBody {
  const key = `${version} ${body}`
  const known = bodies.get(key)
  if (known !== undefined) return known
  const told = JSON.parse(body) as LoggedEvent[]
  const first = firstWritten(told)
  const events = (first === null ? told : told.slice(0, -1))
    .map((event, index) => ({ index, event, isReadable: parseEvent(event) !== null }))
    .filter(({ event, isReadable }) => !isReadable || isOfOrder(event))
  const read = { events, first }
  if (bodies.size >= BODIES_KEPT) bodies.clear()
  bodies.set(key, read)
  return read
}

const isOfOrder = ({ type }: LoggedEvent): boolean =>
  type !== 'record.set' && type !== 'journal.written'

function readLog(entries: readonly LoggedEntry[], version: Version) {
  const events = new Map<string, RawEvent[]>()
  let unreadable = 0
  for (const { body, ...written } of entries) {
    const { events: said, first } = readBody(body, version)
    const { clock, origin } = first ?? written
    for (const { index, event, isReadable } of said) {
      if (!isReadable) {
        unreadable += 1
        continue
      }
      const told = events.get(event.orderId) ?? []
      events.set(event.orderId, told)
      told.push({ event, stamp: { clock, origin, commandId: written.command_id, index } })
    }
  }
  return { events, unreadable }
}

function compareMemoryWithTables(device: Device, store: Store, orderIds: readonly string[]): void {
  const views = store.orders(orderIds).map(orderRows)
  for (const table of ORDER_TABLES) {
    const rows = [...selectInKeyOrder(device.disk.plain, table)]
    const onDisk = new Set(rows.map((row) => JSON.stringify(row)))
    const inMemory = views.flatMap((view) => view[table]).map((row) => JSON.stringify(row))
    const odd = inMemory.find((row) => !onDisk.has(row))
    hold('F3', odd === undefined, () => `on ${device.place}, ${table} lacks ${odd}`)
    hold('F3', rows.length === inMemory.length, () => {
      return `on ${device.place}, ${table} has ${rows.length} rows and memory ${inMemory.length}`
    })
  }
}

/** Rule F3, on a copy of the disk. */
export function checkRebuild(device: Device): void {
  const digest = digestOf(device.disk.plain)
  const copy = createDisk(device.disk.image(), undefined)
  try {
    asVersion(device.version, () => rebuildProjections(copy.plain))
    const rebuilt = digestOf(copy.plain)
    hold('F3', rebuilt === digest, () => `${device.place} holds other tables than its log gives`)
  } finally {
    copy.close()
  }
}
