import { setTimeout as sleep, setImmediate as yieldTurn } from 'node:timers/promises'
import { isChangeMessage, isControlMessage, ShapeStream, type Message } from '@electric-sql/client'
import { z } from 'zod'
import {
  countMissing,
  type Entry,
  type EntryLog,
  type EntryRange,
  type IngestReport,
} from '../domain/log.ts'
import { isSignedBody, signingKeyOf } from '../domain/signed-log.ts'
import { MAX_ENTRIES_PER_FRAME, UPLOAD_TIMEOUT_MS } from '../protocol/limits.ts'
import { SHAPE_PATH, shapeNameSchema, shapeRowSchema, type ShapeName } from '../protocol/shape.ts'
import { heldAlready } from './already-held.ts'
import { batchesOf, rangesOf } from './arrivals.ts'
import { backoffMs } from './backoff.ts'
import { createCentreClient } from './centre-client.ts'
import {
  DOWN_POSITION_EVERY_MS,
  DOWN_RETRY_MAX_MS,
  DOWN_RETRY_MIN_MS,
  MAX_EARLY_ENTRIES,
} from './limits.ts'
import { messageOf, type Logger } from './logger.ts'

/**
 * Reads the store's log at the centre, for as long as the process runs: what other devices have
 * uploaded and what the centre itself has written. It goes into the log by the same way as what a
 * peer sends, so two devices that cannot see each other meet at the centre.
 */
export interface Downstream {
  /** Whether the centre has said that there is nothing more, and is listened to. */
  readonly isLive: () => boolean
  readonly stop: () => Promise<void>
}

export interface DownstreamDeps {
  readonly log: Pick<EntryLog, 'storeId' | 'frontier' | 'readRange'> & {
    /** `alongside` writes in the same transaction. */
    readonly ingest: (ranges: readonly EntryRange[], alongside: () => void) => IngestReport
  }
  /** Where the reading goes on after a restart, kept with the entries. */
  readonly position: {
    readonly read: () => string | null
    readonly write: (position: string) => void
  }
  readonly url: string
  readonly token: string
  readonly deviceId: string
  readonly fetch: typeof globalThis.fetch
  readonly random: () => number
  readonly logger: Logger
}

type ShapeRow = Record<string, string>
type Position = z.infer<typeof positionSchema>
const BEGINNING = { offset: '-1' } as const
const positionSchema = z.union([
  z.object({ offset: z.literal(BEGINNING.offset) }),
  z.object({ handle: z.string(), offset: z.templateLiteral([z.int(), '_', z.int()]) }),
])

export function createDownstream(deps: DownstreamDeps): Downstream {
  const { log, logger } = deps
  const stopping = new AbortController()
  const centre = createCentreClient({
    url: deps.url,
    token: deps.token,
    storeId: log.storeId,
    deviceId: deps.deviceId,
    fetch: deps.fetch,
    timeoutMs: UPLOAD_TIMEOUT_MS,
    signal: stopping.signal,
  })
  let live = false
  let failures = 0
  let lastError: string | null = null

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await follow()
      } catch (error) {
        note(error)
      }
      live = false
      failures += 1
      const waitMs = backoffMs(failures, DOWN_RETRY_MIN_MS, DOWN_RETRY_MAX_MS, deps.random)
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  function note(error: unknown): void {
    const reason = messageOf(error)
    if (reason !== lastError) logger.warn('the log cannot be read at the centre', { reason })
    lastError = reason
  }

  /** One reading, until it fails or this device stops. */
  async function follow(): Promise<void> {
    const ending = new AbortController()
    const signal = AbortSignal.any([stopping.signal, ending.signal])
    const over = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => over.resolve(), { once: true })
    const from = readPosition()
    const stream = new ShapeStream<ShapeRow>({
      url: new URL(SHAPE_PATH, deps.url).href,
      params: { store_id: log.storeId },
      headers: { authorization: `Bearer ${deps.token}` },
      // Who has joined the store from a neighbour need not read everything once more.
      ...(from ?? { offset: 'now' }),
      parser: { int8: (digits: string) => digits },
      fetchClient: deps.fetch,
      backoffOptions: {
        initialDelay: DOWN_RETRY_MIN_MS,
        maxDelay: DOWN_RETRY_MAX_MS,
        multiplier: 2,
        onFailedAttempt: () => {
          live = false
        },
      },
      signal,
    })
    const reading = createReading(stream, from !== null)
    // What a subscriber throws would end the process, and the stream goes on over what it did not
    // take: a failure ends this reading, and the next one begins at the position that was kept.
    stream.subscribe(
      async (messages) => {
        if (signal.aborted) return
        try {
          await reading.take(messages)
        } catch (error) {
          over.reject(error)
          ending.abort()
        }
      },
      (error) => over.reject(error),
    )
    try {
      await over.promise
    } finally {
      ending.abort()
      stream.unsubscribeAll()
    }
  }

  function readPosition(): Position | null {
    const parsed = positionSchema.safeParse(JSON.parse(deps.position.read() ?? 'null'))
    return parsed.success ? parsed.data : null
  }

  function createReading(stream: ShapeStream<ShapeRow>, isFromPosition: boolean) {
    /** Entries that came before those which they follow. */
    let early: Entry[] = []
    let skippedTheRest = !isFromPosition
    let writtenMs = -Infinity

    async function take(messages: readonly Message<ShapeRow>[]): Promise<void> {
      const changes = messages.filter(isChangeMessage)
      const names = new Map(changes.map((change) => [change, nameOf(change.value)]))
      const isHeld = heldAlready([...names.values()].filter(isNamed), log)
      for (const message of messages) {
        if (isChangeMessage(message)) {
          const name = names.get(message)
          if (!isNamed(name) || !isHeld(name)) early.push(entryOf(message.value))
        } else if (isControlMessage(message) && message.headers.control === 'must-refetch') {
          logger.info('the log is read anew at the centre', {})
          early = []
          writtenMs = -Infinity
          // It begins at the beginning: nothing is skipped now.
          skippedTheRest = false
          live = false
        }
      }
      if (skippedTheRest && !(await holdsAllOfCentre())) {
        stream.unsubscribeAll()
        deps.position.write(JSON.stringify(BEGINNING))
        throw new Error('there is more at the centre than here: reading it from the beginning')
      }
      skippedTheRest = false
      await takeEntries()
      if (!stream.isUpToDate || early.length > 0) return
      if (!live) logger.info('the log is followed at the centre', {})
      live = true
      failures = 0
      lastError = null
    }

    /** Asked after the end of its log was: what came in between is still to be read. */
    async function holdsAllOfCentre(): Promise<boolean> {
      const asked = await centre.askFrontier()
      if (!asked.ok) throw new Error(asked.error.message)
      return countMissing(asked.value.frontier, log.frontier()) === 0
    }

    async function takeEntries(): Promise<void> {
      const held = log.frontier()
      const ranges = rangesOf(early.filter(isCovered(early)), held, MAX_ENTRIES_PER_FRAME)
      const reach = new Map(held)
      const ready: EntryRange[] = []
      for (const range of ranges) {
        const next = (reach.get(range.origin) ?? 0) + 1
        if (range.fromSeq > next) continue
        ready.push(range)
        reach.set(range.origin, Math.max(next - 1, range.fromSeq + range.entries.length - 1))
      }
      early = early.filter((entry) => entry.seq > (reach.get(entry.origin) ?? 0))
      const isAll = early.length === 0
      if (early.length > MAX_EARLY_ENTRIES) {
        throw new Error('the centre sends entries without those that they follow')
      }
      const batches = batchesOf(ready, MAX_ENTRIES_PER_FRAME)
      for (const [index, batch] of batches.entries()) {
        const isLast = index === batches.length - 1
        ingest(batch, isLast && isAll)
        if (!isLast) await yieldTurn()
      }
      // Nothing is lost with a position that is old: what follows it is read once more.
      const isOld = performance.now() - writtenMs > DOWN_POSITION_EVERY_MS
      if (batches.length === 0 && isAll && isOld) ingest([], true)
    }

    function ingest(ranges: readonly EntryRange[], isWhole: boolean): void {
      const { broken, gaps } = log.ingest(ranges, () => {
        if (isWhole) writePosition()
      })
      const [first] = broken
      if (first !== undefined) {
        throw new Error(`${first.origin} from number ${first.fromSeq} on does not chain`)
      }
      if (gaps.length > 0) throw new Error('what was read does not follow what is held')
    }

    function writePosition(): void {
      const { shapeHandle: handle, lastOffset: offset } = stream
      const position = positionSchema.safeParse({ handle, offset })
      if (!position.success) return
      deps.position.write(JSON.stringify(position.data))
      writtenMs = performance.now()
    }

    return { take }
  }

  const running = run()
  return {
    isLive: () => live,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Of a signed log, what a signature that has come covers; the rest of a burst comes with the next rows. */
function isCovered(entries: readonly Entry[]): (entry: Entry) => boolean {
  const lastSigned = new Map<string, number>()
  for (const { origin, seq, body } of entries) {
    if (!isSignedBody(body)) continue
    lastSigned.set(origin, Math.max(lastSigned.get(origin) ?? 0, seq))
  }
  return ({ origin, seq }) => signingKeyOf(origin) === null || seq <= (lastSigned.get(origin) ?? 0)
}

function entryOf(row: ShapeRow): Entry {
  const parsed = shapeRowSchema.safeParse(row)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`the centre sent an entry whose ${issue?.path.join('.')} is not readable`)
}

/** Undefined: it names no entry, and `entryOf` says why. */
const nameOf = (row: ShapeRow): ShapeName | undefined => shapeNameSchema.safeParse(row).data

const isNamed = (name: ShapeName | undefined): name is ShapeName => name !== undefined
