import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readLinesAbout } from '../../../db/postgres/customer-keys.ts'
import { loadOrders } from '../../../db/postgres/projections.ts'
import { isSealed } from '../../../domain/customer.ts'
import type { JournalEvent } from '../../../domain/journal.ts'
import { toPgText } from '../../../domain/nul-free-text.ts'
import type { OrderView } from '../../../domain/order-view.ts'
import { TRACK_PATH, trackParams } from '../../../protocol/rest/tracking.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { sendProblem } from '../../api/failures.ts'
import { problemError, problemOf } from '../../api/problems.ts'
import { validationProblem } from '../../api/read-input.ts'
import type { Operation } from '../../api/route.ts'
import type { DataKey } from '../../personal-data/seal.ts'
import {
  endpointFault,
  liveSubscriptions,
  MAX_SUBSCRIPTIONS,
  openSubscription,
  sealSubscription,
  subscriptionSchema,
} from '../../push/subscription.ts'
import { writeAsCentre, type AsCentre, type MemberDeps } from '../member/writing.ts'
import type { TrackedPlace, Tracking } from './tracking.ts'

export interface PushRouteDeps extends MemberDeps {
  readonly tracking: Tracking | null
  /** What browsers subscribe with: the public half of the devices' pair. Null: nobody is told so. */
  readonly pushPublicKey: string | null
  readonly pushPrivateHosts: readonly string[]
}

const PUSH_PATH = `${TRACK_PATH}/push`

const { endpoint, p256dh, auth } = subscriptionSchema.shape
/** As a browser's own `PushSubscription` says it. */
const subscribeIn = z.object({ endpoint, keys: z.object({ p256dh, auth }) })
const unsubscribeIn = z.object({ endpoint })
const followed = z.strictObject({ followed: z.boolean() })

const shared = {
  path: PUSH_PATH,
  roles: null,
  params: trackParams,
  query: noQuery,
  answer: { status: 200, schema: followed },
} as const

export const PUSH_OPERATIONS: readonly Operation[] = [
  {
    ...shared,
    method: 'POST',
    operationId: 'followOrder',
    summary: 'A browser wants to be told what becomes of the order, by web push.',
    body: subscribeIn,
  },
  {
    ...shared,
    method: 'DELETE',
    operationId: 'unfollowOrder',
    summary: 'A browser wants to be told no more.',
    body: unsubscribeIn,
  },
]

/** What the page of a tracking link asks for. Whoever has the link may. */
export function addPushRoutes(app: FastifyInstance, deps: PushRouteDeps): void {
  const path = PUSH_PATH.replace('{token}', ':token')

  app.post(path, async (request, reply) => {
    const place = placeOf(request)
    if (place === null || deps.pushPublicKey === null) return nothingThere(reply)
    const read = subscribeIn.safeParse(request.body)
    if (!read.success) return sendProblem(reply, validationProblem(read.error))
    const fault = endpointFault(read.data.endpoint, deps.pushPrivateHosts)
    if (fault !== null) return sendProblem(reply, problemOf('push_endpoint_refused', fault))
    const subscription = { endpoint: read.data.endpoint, ...read.data.keys, page: tokenOf(request) }
    return answer(reply, place, true, (held) => {
      const live = liveSubscriptions(held.lines)
      const sealed = sealSubscription(held.key, place.orderId, subscription)
      if (live.some(({ value }) => value.sealed === sealed)) return []
      if (live.length >= MAX_SUBSCRIPTIONS) throw problemError(TOO_MANY)
      const value = { key: held.key.id, sealed }
      return [{ ...SUBSCRIBED, id: deps.newId(), about: place.orderId, value }]
    })
  })

  app.delete(path, async (request, reply) => {
    const place = placeOf(request)
    if (place === null) return nothingThere(reply)
    const read = unsubscribeIn.safeParse(request.body)
    if (!read.success) return sendProblem(reply, validationProblem(read.error))
    return answer(reply, place, false, (held) =>
      liveSubscriptions(held.lines)
        .filter((line) => openSubscription(line, held.find)?.endpoint === read.data.endpoint)
        .map(({ id }) => ({ ...ENDED, id, about: place.orderId })),
    )
  })

  const tokenOf = (request: FastifyRequest): string =>
    (request.params as { readonly token: string }).token
  const placeOf = (request: FastifyRequest): TrackedPlace | null =>
    deps.tracking?.placeOf(tokenOf(request)) ?? null

  async function answer(
    reply: FastifyReply,
    place: TrackedPlace,
    followed: boolean,
    linesOf: (held: Held) => readonly JournalEvent[],
  ): Promise<FastifyReply> {
    const isThere = await write(place, linesOf)
    return isThere ? reply.send({ followed }) : nothingThere(reply)
  }

  /** False: there is no such order any more. */
  const write = (
    { storeId, orderId }: TrackedPlace,
    linesOf: (held: Held) => readonly JournalEvent[],
  ): Promise<boolean> =>
    writeAsCentre(deps, storeId, async (as) => {
      const stored = toPgText(storeId)
      const [known] = await loadOrders(as.trx, stored, [orderId])
      if (!known?.view) return false
      const keys = await keysFor(as, known.view)
      const lines = await readLinesAbout(as.trx, stored, [orderId])
      const more = linesOf({ ...keys, lines })
      const at = new Date(deps.nowMs()).toISOString()
      if (more.length > 0) {
        as.desk.writeJournal({ id: deps.newId(), at, actor: `order:${orderId}` }, () => more)
      }
      return true
    })
}

interface Held {
  /** What is sealed now is sealed with this one. */
  readonly key: DataKey
  readonly find: (keyId: string) => DataKey | null
  readonly lines: Awaited<ReturnType<typeof readLinesAbout>>
}

/** With the customer's own key, where the order has one: erasing the customer ends this, too. */
async function keysFor(
  { ring, guests, trx, mustKnowGuests }: AsCentre,
  order: OrderView,
): Promise<Omit<Held, 'lines'>> {
  mustKnowGuests()
  await guests.readFor(trx, [order])
  const book = guests.book(ring)
  const { customer } = order
  const own = customer !== null && isSealed(customer) ? book.open(customer.key) : null
  return { key: own ?? ring.sealing(), find: (keyId) => ring.find(keyId) ?? book.open(keyId) }
}

const SUBSCRIBED = { type: 'journal.written', kind: 'push_subscribed' } as const
const ENDED = {
  type: 'journal.written',
  kind: 'push_ended',
  value: { why: 'unwanted' },
} as const

const nothingThere = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, problemOf('not_found', 'Nobody can be told of an order behind this link.'))

const TOO_MANY = problemOf(
  'too_many_subscriptions',
  `At most ${MAX_SUBSCRIPTIONS} browsers follow one order.`,
)
