import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { LogGrowth } from '../../db/postgres/log-growth.ts'
import { LOG_START, type LogPart, type LogReader } from '../../db/postgres/log-reader.ts'
import {
  MAX_SHAPE_BYTES,
  MAX_SHAPE_ENTRIES,
  MAX_SHAPE_WAITING,
  SHAPE_LIVE_MS,
  SHAPE_STREAM_MS,
} from '../../protocol/limits.ts'
import { SHAPE_PATH } from '../../protocol/shape.ts'
import type { Observation } from './observation.ts'
import { sendProblem } from './problem.ts'
import {
  messagesOf,
  MUST_REFETCH,
  parseOffset,
  shapeHeaders,
  upToDate,
  type ShapeMessage,
} from './shape-answers.ts'
import { requireToken } from './store-auth.ts'

/**
 * The centre's own answer to Electric's HTTP protocol, for the one shape that there is: the log of a
 * store, which only grows. So there is nothing to take out of a snapshot or to update, and any
 * position in the log is an offset from which one can read on.
 *
 *     offset=-1            from the beginning, in parts, to the end ("up-to-date")
 *     offset=now           nothing but the end: for who has the rest already
 *     offset, handle       on from there
 *     … live=true          the same, and at the end wait for more
 *     … live_sse=true      the same as one stream of events
 *     409 must-refetch     this is another log than the one that was read, or it was pruned since
 */
export interface ShapeDeps {
  readonly log: LogReader
  readonly growth: LogGrowth
  readonly onReader: Observation['onReader']
  /** The store that a call may read; null where a refusal has been sent. */
  readonly authorised: (request: FastifyRequest, reply: FastifyReply) => Promise<string | null>
  /** Ends calls that wait. */
  readonly stopping: AbortSignal
}

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const querySchema = z.object({
  offset: z.string(),
  handle: z.string().max(200).optional(),
  live: flag.optional(),
  live_sse: flag.optional(),
})
type ShapeQuery = z.infer<typeof querySchema>

const LIMITS = { maxEntries: MAX_SHAPE_ENTRIES, maxBytes: MAX_SHAPE_BYTES }
const RETRY_SECONDS = '5'

export function addShapeRoute(app: FastifyInstance, deps: ShapeDeps): void {
  const waiting = new Map<string, number>()

  app.get(SHAPE_PATH, { onRequest: requireToken }, async (request, reply) => {
    const storeId = await deps.authorised(request, reply)
    if (storeId === null) return reply
    const query = querySchema.safeParse(request.query)
    if (!query.success) return badRequest(reply, 'The query has to name an offset.')
    return answer(reply, storeId, query.data)
  })

  async function answer(
    reply: FastifyReply,
    storeId: string,
    query: ShapeQuery,
  ): Promise<FastifyReply> {
    if (query.offset === 'now') return sendEnd(reply, storeId)
    const isStart = query.offset === '-1'
    const position = isStart ? LOG_START : parseOffset(query.offset)
    if (position === null) return badRequest(reply, 'This is no offset of this shape.')
    const from = { handle: isStart ? null : (query.handle ?? ''), position }
    const part = await deps.log.read(storeId, from, LIMITS)
    if (part === null) return unknownStore(reply)
    if (part.refusal !== null) return refuse(reply, storeId, part)
    const live = query.live === true || query.live_sse === true
    if (!live) return send(reply, storeId, part, false)
    if ((waiting.get(storeId) ?? 0) >= MAX_SHAPE_WAITING) return tooMany(reply)
    waiting.set(storeId, (waiting.get(storeId) ?? 0) + 1)
    deps.onReader(1)
    try {
      if (query.live_sse === true) return await stream(reply, storeId, part)
      const news = await withNews(storeId, part, SHAPE_LIVE_MS)
      if (news.refusal !== null) return await refuse(reply, storeId, news)
      return send(reply, storeId, news, true)
    } finally {
      deps.onReader(-1)
      waiting.set(storeId, (waiting.get(storeId) ?? 1) - 1)
      if (waiting.get(storeId) === 0) waiting.delete(storeId)
    }
  }

  async function refuse(
    reply: FastifyReply,
    storeId: string,
    { refusal, handle }: LogPart,
  ): Promise<FastifyReply> {
    return sendRefetch(
      reply,
      refusal === 'replaced' ? await deps.log.rename(storeId, handle) : handle,
    )
  }

  /** Waits for what follows a part that is at the end; gives the same part when nothing came. */
  async function withNews(
    storeId: string,
    part: LogPart,
    waitMs: number,
    gone?: AbortSignal,
  ): Promise<LogPart> {
    const signals = [deps.stopping, AbortSignal.timeout(Math.max(0, Math.ceil(waitMs)))]
    const over = AbortSignal.any(gone === undefined ? signals : [...signals, gone])
    let seen = part
    while (seen.rows.length === 0 && !over.aborted) {
      // First the wait and then the look: what is committed in between is not missed.
      const grown = deps.growth.next(storeId, over)
      seen = (await deps.log.read(storeId, part, LIMITS)) ?? part
      if (seen.rows.length > 0 || seen.refusal !== null) break
      await grown
    }
    return seen
  }

  /** Each message is an event; what is complete is followed by an "up-to-date". */
  async function stream(
    reply: FastifyReply,
    storeId: string,
    first: LogPart,
  ): Promise<FastifyReply> {
    const gone = new AbortController()
    reply.hijack()
    reply.raw.on('close', () => gone.abort())
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      ...shapeHeaders(first, { live: true }),
    })
    const write = async (messages: readonly ShapeMessage[]): Promise<void> => {
      const text = messages.map((message) => `data: ${JSON.stringify(message)}\n\n`).join('')
      if (!reply.raw.write(text)) await drained(reply, gone.signal)
    }
    try {
      const endMs = performance.now() + SHAPE_STREAM_MS
      let part = first
      while (!gone.signal.aborted && !deps.stopping.aborted && performance.now() < endMs) {
        if (part.refusal !== null) break
        await write(messagesOf(storeId, part))
        const read = { ...part, rows: [] }
        part = part.isEnd
          ? await withNews(storeId, read, endMs - performance.now(), gone.signal)
          : ((await deps.log.read(storeId, part, LIMITS)) ?? read)
      }
    } finally {
      // Whatever went wrong: the answer has begun, and its end is all that can be told.
      reply.raw.end()
    }
    return reply
  }

  async function sendEnd(reply: FastifyReply, storeId: string): Promise<FastifyReply> {
    const end = await deps.log.end(storeId)
    if (end === null) return unknownStore(reply)
    return reply
      .headers(shapeHeaders({ ...end, isEnd: true }, { live: false }))
      .type('application/json')
      .send(JSON.stringify([upToDate(end.position)]))
  }
}

const send = (reply: FastifyReply, storeId: string, part: LogPart, live: boolean): FastifyReply =>
  reply
    .headers(shapeHeaders(part, { live }))
    .type('application/json')
    .send(JSON.stringify(messagesOf(storeId, part)))

const sendRefetch = (reply: FastifyReply, handle: string): FastifyReply =>
  reply
    .code(409)
    .headers({ 'electric-handle': handle, 'cache-control': 'no-store' })
    .type('application/json')
    .send(JSON.stringify([MUST_REFETCH]))

const badRequest = (reply: FastifyReply, detail: string): FastifyReply =>
  sendProblem(reply, { status: 400, code: 'bad_request', detail })

const unknownStore = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, {
    status: 404,
    code: 'unknown_store',
    detail: 'This store is not known here.',
  })

const tooMany = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply.header('retry-after', RETRY_SECONDS), {
    status: 429,
    code: 'too_many_readers',
    detail: `At most ${MAX_SHAPE_WAITING} calls of a store wait for news at one time.`,
  })

async function drained(reply: FastifyReply, gone: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (gone.aborted) return
  reply.raw.once('drain', resolve)
  gone.addEventListener('abort', () => resolve(), { once: true })
  await promise
}
