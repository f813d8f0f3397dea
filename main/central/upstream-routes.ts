import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StoreLag } from '../../db/postgres/lag.ts'
import type { PostgresStore } from '../../db/postgres/store.ts'
import { MAX_UPLOAD_BYTES } from '../../protocol/limits.ts'
import {
  decodeUpload,
  encodeUploadAnswer,
  UPSTREAM_CONTENT_TYPE,
  UPSTREAM_ENTRIES_PATH,
  UPSTREAM_FRONTIER_PATH,
  type UploadAnswer,
} from '../../protocol/upstream.ts'
import type { Logger } from '../logger.ts'
import { sendProblem } from './problem.ts'
import { bearerToken, checkStoreToken } from './upstream-token.ts'

export const UPSTREAM_STATUS_PATH = '/api/v1/upstream/status'

export interface UpstreamDeps {
  readonly store: PostgresStore
  readonly now: () => Date
  readonly logger: Logger
}

/** The way in for the stores' entries (rules U1, U2). */
export function addUpstreamRoutes(app: FastifyInstance, deps: UpstreamDeps): void {
  const { store, now, logger } = deps

  app.removeAllContentTypeParsers()
  app.addContentTypeParser(UPSTREAM_CONTENT_TYPE, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )

  app.post(
    UPSTREAM_ENTRIES_PATH,
    { bodyLimit: MAX_UPLOAD_BYTES, onRequest: requireToken },
    async (request, reply) => {
      const upload = request.body instanceof Uint8Array ? decodeUpload(request.body) : null
      if (upload === null) {
        const detail = 'The body is no upload of this protocol version.'
        return sendProblem(reply, { status: 400, code: 'bad_upload', detail })
      }
      const checked = await checkStoreToken(store, upload.storeId, tokenOf(request))
      if (!checked.ok) return sendProblem(reply, checked.error)
      const applied = await store.applyUpload(upload, now())
      const { storeId, deviceId } = upload
      if (applied.forks.length > 0) {
        logger.warn('kept entries aside: their numbers are taken', {
          storeId,
          deviceId,
          forks: applied.forks.slice(0, 10),
        })
      }
      if (applied.broken.length > 0) {
        logger.warn('refused ranges that do not chain', { storeId, broken: applied.broken })
        // What did chain has been taken all the same; asking for the frontier shows it.
        return sendProblem(
          reply,
          {
            status: 409,
            code: 'broken_chain',
            detail: 'Entries do not continue the log that is held here.',
          },
          {
            broken: applied.broken.map(({ origin, fromSeq }) => ({ origin, from_seq: fromSeq })),
            accepted: applied.accepted,
            repeated: applied.repeated,
          },
        )
      }
      return sendAnswer(reply, applied)
    },
  )

  app.get<{ Querystring: { store_id?: unknown } }>(
    UPSTREAM_FRONTIER_PATH,
    { onRequest: requireToken },
    async (request, reply) => {
      const storeId = await authorisedStore(request, reply)
      if (storeId === null) return reply
      const frontier = await store.frontier(storeId)
      return sendAnswer(reply, { frontier, accepted: 0, repeated: 0, forks: [] })
    },
  )

  app.get<{ Querystring: { store_id?: unknown } }>(
    UPSTREAM_STATUS_PATH,
    { onRequest: requireToken },
    async (request, reply) => {
      const storeId = await authorisedStore(request, reply)
      if (storeId === null) return reply
      return statusBody(storeId, await store.lag(storeId))
    },
  )

  /** The store that the query names and the token speaks for; null where the reply was sent. */
  async function authorisedStore(
    request: FastifyRequest<{ Querystring: { store_id?: unknown } }>,
    reply: FastifyReply,
  ): Promise<string | null> {
    const storeId = request.query.store_id
    if (typeof storeId !== 'string' || storeId.length === 0 || storeId.length > MAX_ID_LENGTH) {
      const detail = 'The query has to name one store_id.'
      sendProblem(reply, { status: 400, code: 'bad_request', detail })
      return null
    }
    const checked = await checkStoreToken(store, storeId, tokenOf(request))
    if (checked.ok) return storeId
    sendProblem(reply, checked.error)
    return null
  }
}

/** As long as an upload's. */
const MAX_ID_LENGTH = 120

/** Before the body is read: who shows no token does not make us read 16 MB. */
async function requireToken(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (bearerToken(request.headers.authorization) !== null) return
  reply.header('www-authenticate', 'Bearer')
  const detail = 'Show the store\'s token as "Authorization: Bearer TOKEN".'
  await sendProblem(reply, { status: 401, code: 'missing_token', detail })
}

const tokenOf = (request: FastifyRequest): string =>
  bearerToken(request.headers.authorization) ?? ''

const sendAnswer = (reply: FastifyReply, answer: UploadAnswer): FastifyReply =>
  reply.type(UPSTREAM_CONTENT_TYPE).send(Buffer.from(encodeUploadAnswer(answer)))

const statusBody = (storeId: string, lag: StoreLag) => ({
  store_id: storeId,
  origins: lag.origins.map((origin) => ({
    origin: origin.origin,
    device_id: origin.deviceId,
    device_name: origin.deviceName,
    head_seq: origin.headSeq,
    known_seq: origin.knownSeq,
    missing: origin.knownSeq - origin.headSeq,
    head_at: origin.headAt,
    received_at: origin.receivedAt,
  })),
  devices: lag.devices.map((device) => ({
    device_id: device.deviceId,
    last_upload_at: device.lastUploadAt,
  })),
  quarantined: lag.quarantined,
  unreadable: lag.unreadable,
})
