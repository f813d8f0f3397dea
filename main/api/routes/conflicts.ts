import { z } from 'zod'
import { CONFLICT_KINDS } from '../../../domain/conflict-kinds.ts'
import { ROLES } from '../../../domain/catalog.ts'
import { ok, refuse } from '../../../domain/result.ts'
import {
  conflict,
  conflictPage,
  conflictParams,
  conflictQuery,
  conflictToRest,
  readConflictId,
  settleIn,
} from '../../../protocol/rest/conflict.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { MAX_HELD_BACK_LISTED } from '../limits.ts'
import { etagOf, rolesOf, runCommand } from '../order-calls.ts'
import { decodeCursor, encodeCursor } from '../paging.ts'
import { problemOf } from '../problems.ts'
import { route, type Route } from '../route.ts'

const CONFLICTS = '/api/v1/conflicts'
const conflictCursor = z.tuple([z.string(), z.string(), z.enum(CONFLICT_KINDS)])

/** What devices did apart and a person has to settle (rule F4). */
export const conflictRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: CONFLICTS,
    operationId: 'listConflicts',
    summary: 'What a person has to settle, or has settled; of the newest orders first.',
    roles: ROLES,
    query: conflictQuery,
    answer: { status: 200, schema: conflictPage },
    handle: async ({ store, query }) => {
      const after = decodeCursor(query.cursor, conflictCursor)
      if (!after.ok) return after
      const [createdAt, orderId, kind] = after.value ?? []
      const position = createdAt && orderId && kind ? { createdAt, orderId, kind } : null
      const found = await store.conflicts(query.state, position, query.limit + 1)
      const page = found.slice(0, query.limit)
      const orders = await store.orders([...new Set(page.map((one) => one.orderId))])
      const ordersById = new Map(orders.map((order) => [order.id, order]))
      const last = page.at(-1)
      const data = page.flatMap((one) => {
        const order = ordersById.get(one.orderId)
        const held = order?.conflicts.find((c) => c.kind === one.kind)
        return order && held ? [conflictToRest(order, held)] : []
      })
      const heldBack = await store.heldBack(MAX_HELD_BACK_LISTED)
      return ok({
        body: {
          data,
          next_cursor:
            last && found.length > query.limit
              ? encodeCursor([last.createdAt, last.orderId, last.kind])
              : null,
          held_back: heldBack.map((number) => ({
            kind: 'two_entries_one_number' as const,
            ...number,
          })),
        },
      })
    },
  }),
  route({
    method: 'POST',
    path: `${CONFLICTS}/{id}/settle`,
    operationId: 'settleConflict',
    summary: 'Settles it for good; it comes back only if more becomes known.',
    roles: rolesOf('settleConflict'),
    params: conflictParams,
    query: noQuery,
    body: settleIn,
    answer: { status: 200, schema: conflict },
    handle: async (call) => {
      const named = readConflictId(call.params.id)
      if (named === null) return refuse(notFound(call.params.id))
      const { kind, orderId } = named
      const { resolution, note = null } = call.body
      const settled = await runCommand(call, {
        type: 'settleConflict',
        orderId,
        kind,
        resolution,
        note,
      })
      if (!settled.ok) return settled
      const held = settled.value.conflicts.find((one) => one.kind === kind)
      // A repeat of the request may come when the sum has become right in the meantime.
      if (!held) return refuse(notFound(call.params.id))
      return ok({
        body: conflictToRest(settled.value, held),
        headers: { etag: etagOf(settled.value) },
      })
    },
  }),
]

const notFound = (id: string) => problemOf('conflict_not_found', `There is no conflict ${id}.`)
