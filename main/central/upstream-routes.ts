import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Credentials } from '../../db/postgres/credentials.ts'
import type { StoreLag } from '../../db/postgres/lag.ts'
import type { PostgresStore } from '../../db/postgres/store.ts'
import { MAX_UPLOAD_BYTES } from '../../protocol/limits.ts'
import {
  decodeKeyUpload,
  encodeKeyAnswer,
  encodeUploadAnswer,
  UPSTREAM_CONTENT_TYPE,
  UPSTREAM_ENTRIES_PATH,
  UPSTREAM_FRONTIER_PATH,
  UPSTREAM_KEYS_PATH,
  type UploadAnswer,
} from '../../protocol/upstream.ts'
import { decodeLookUp, encodeLookUpAnswer, UPSTREAM_ORDERS_PATH } from '../../protocol/look-up.ts'
import {
  decodeHashesAsked,
  encodeHashesAnswer,
  UPSTREAM_HASHES_PATH,
} from '../../protocol/held-hashes.ts'
import {
  decodeLinkAsked,
  encodeLinkAnswer,
  UPSTREAM_LINKS_PATH,
} from '../../protocol/tracking-links.ts'
import { bytesToUpload } from '../../sync/upload-bytes.ts'
import type { Logger } from '../logger.ts'
import type { Observation } from './observation.ts'
import { sendProblem } from './problem.ts'
import { authorisedStore, requireToken, tokenOf } from './store-auth.ts'
import { checkStoreToken } from './upstream-token.ts'

export const UPSTREAM_STATUS_PATH = '/api/v1/upstream/status'

export interface UpstreamDeps {
  readonly store: PostgresStore
  readonly credentials: Credentials
  readonly isBehindTls: boolean
  readonly observation: Pick<Observation, 'onUpload'>
  /** Null: this centre gives out no links. */
  readonly trackingUrlOf: ((storeId: string, orderId: string) => string) | null
  readonly now: () => Date
  readonly logger: Logger
}

/** The way in for the stores' entries (rules U1, U2). */
export function addUpstreamRoutes(app: FastifyInstance, deps: UpstreamDeps): void {
  const { store, observation, now, logger } = deps

  app.removeAllContentTypeParsers()
  app.addContentTypeParser(UPSTREAM_CONTENT_TYPE, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )

  app.post(
    UPSTREAM_ENTRIES_PATH,
    { bodyLimit: MAX_UPLOAD_BYTES, onRequest: requireToken },
    async (request, reply) => {
      const upload = request.body instanceof Uint8Array ? bytesToUpload(request.body) : null
      if (upload === null) {
        const detail = 'The body is no upload of this protocol version.'
        return sendProblem(reply, { status: 400, code: 'bad_upload', detail })
      }
      const checked = await checkStoreToken(deps, upload.storeId, tokenOf(request))
      if (!checked.ok) return sendProblem(reply, checked.error)
      const applied = await store.applyUpload(upload, now())
      observation.onUpload(applied)
      const { storeId, deviceId } = upload
      if (applied.forks.length > 0) {
        logger.warn('kept entries aside: their numbers are taken', {
          request_id: request.id,
          storeId,
          deviceId,
          forks: applied.forks.slice(0, 10),
        })
      }
      if (applied.broken.length > 0) {
        logger.warn('refused ranges that do not chain', {
          request_id: request.id,
          storeId,
          broken: applied.broken,
        })
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

  app.post(UPSTREAM_KEYS_PATH, { onRequest: requireToken }, async (request, reply) => {
    const brought = request.body instanceof Uint8Array ? decodeKeyUpload(request.body) : null
    if (brought === null) {
      const detail = 'The body is no exchange of keys of this protocol version.'
      return sendProblem(reply, { status: 400, code: 'bad_keys', detail })
    }
    const checked = await checkStoreToken(deps, brought.storeId, tokenOf(request))
    if (!checked.ok) return sendProblem(reply, checked.error)
    const given = await store.exchangeKeys(brought)
    return reply.type(UPSTREAM_CONTENT_TYPE).send(Buffer.from(encodeKeyAnswer(given)))
  })

  app.post(UPSTREAM_ORDERS_PATH, { onRequest: requireToken }, async (request, reply) => {
    const asked = request.body instanceof Uint8Array ? decodeLookUp(request.body) : null
    if (asked === null) {
      const detail = 'The body is no look-up of this protocol version.'
      return sendProblem(reply, { status: 400, code: 'bad_look_up', detail })
    }
    const { storeId, wish } = asked
    const checked = await checkStoreToken(deps, storeId, tokenOf(request))
    if (!checked.ok) return sendProblem(reply, checked.error)
    const found =
      'orderId' in wish
        ? await store.findOrder(storeId, wish.orderId)
        : await store.findOrders(storeId, wish.filter, wish.after, wish.limit)
    return reply.type(UPSTREAM_CONTENT_TYPE).send(Buffer.from(encodeLookUpAnswer(found)))
  })

  app.post(UPSTREAM_HASHES_PATH, { onRequest: requireToken }, async (request, reply) => {
    const asked = request.body instanceof Uint8Array ? decodeHashesAsked(request.body) : null
    if (asked === null) {
      const detail = 'The body is no question for hashes of this protocol version.'
      return sendProblem(reply, { status: 400, code: 'bad_hashes', detail })
    }
    const checked = await checkStoreToken(deps, asked.storeId, tokenOf(request))
    if (!checked.ok) return sendProblem(reply, checked.error)
    const held = await store.heldHashes(asked.storeId, asked.at)
    return reply.type(UPSTREAM_CONTENT_TYPE).send(Buffer.from(encodeHashesAnswer(held)))
  })

  app.post(UPSTREAM_LINKS_PATH, { onRequest: requireToken }, async (request, reply) => {
    const asked = request.body instanceof Uint8Array ? decodeLinkAsked(request.body) : null
    if (asked === null) {
      const detail = 'The body is no question for a link of this protocol version.'
      return sendProblem(reply, { status: 400, code: 'bad_link', detail })
    }
    const { storeId, orderId } = asked
    const checked = await checkStoreToken(deps, storeId, tokenOf(request))
    if (!checked.ok) return sendProblem(reply, checked.error)
    const url = deps.trackingUrlOf?.(storeId, orderId) ?? null
    return reply.type(UPSTREAM_CONTENT_TYPE).send(Buffer.from(encodeLinkAnswer(url)))
  })

  app.get(UPSTREAM_FRONTIER_PATH, { onRequest: requireToken }, async (request, reply) => {
    const storeId = await authorisedStore(deps, request, reply)
    if (storeId === null) return reply
    const frontier = await store.frontier(storeId)
    return sendAnswer(reply, { frontier, accepted: 0, repeated: 0, forks: [] })
  })

  app.get(UPSTREAM_STATUS_PATH, { onRequest: requireToken }, async (request, reply) => {
    const storeId = await authorisedStore(deps, request, reply)
    if (storeId === null) return reply
    return statusBody(storeId, await store.lag(storeId))
  })
}

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
