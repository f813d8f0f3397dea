import { z } from 'zod'
import { ROLES } from '../../../domain/catalog.ts'
import type { OpenCommand } from '../../../domain/commands.ts'
import { possibleFrom, type OrderStatus } from '../../../domain/order-status.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import type { OrderFilter, OrderPosition } from '../../../domain/order-filter.ts'
import { historyPage } from '../../../protocol/rest/event.ts'
import {
  cancelIn,
  createOrderIn,
  orderListQuery,
  orderParams,
  statusIn,
  updateOrderIn,
  type CreateOrderIn,
  type UpdateOrderIn,
} from '../../../protocol/rest/order-requests.ts'
import { order, orderPage } from '../../../protocol/rest/order.ts'
import { noQuery, pageQuery } from '../../../protocol/rest/values.ts'
import type { ApiDeps } from '../deps.ts'
import { lineRequest } from '../line-request.ts'
import { explainMissing, olderUnreachable, rolesOf, type OrderCalls } from '../order-calls.ts'
import { listOrders } from '../order-list.ts'
import { createOrderHistory } from '../order-history.ts'
import { decodeCursor, encodeCursor, pageOfAll } from '../paging.ts'
import type { Problem } from '../problems.ts'
import { route, type Route } from '../route.ts'

const ORDERS = '/api/v1/orders'
const ORDER = `${ORDERS}/{id}`

const orderCursor = z.tuple([z.string(), z.string()])

export function orderRoutes(deps: ApiDeps, calls: OrderCalls): Route[] {
  const { store, searchOrders } = deps
  const history = createOrderHistory(store.connection)
  return [
    route({
      method: 'GET',
      path: ORDERS,
      operationId: 'listOrders',
      summary:
        'Orders, newest first. Those that have left this device are asked for at the centre; `incomplete` says where it could not be reached.',
      roles: ROLES,
      query: orderListQuery,
      answer: { status: 200, schema: orderPage },
      handle: async (call) => {
        const { query } = call
        const after = decodeCursor(query.cursor, orderCursor)
        if (!after.ok) return after
        const filter = {
          ...(query.status && { status: query.status }),
          ...(query.order_type && { orderType: query.order_type }),
          ...(query.table_number && { tableNumber: query.table_number }),
          ...(query.from && { from: query.from }),
          ...(query.to && { to: query.to }),
          ...(query.q && { q: searchOrders(query.q) }),
        }
        const position = after.value && { createdAt: after.value[0], id: after.value[1] }
        const { orders, next, missingBefore } = await listOrders(
          deps,
          filter,
          position,
          query.limit,
        )
        if (missingBefore !== null && asksForOlder(filter, position, missingBefore)) {
          return refuse(olderUnreachable(missingBefore))
        }
        return ok({
          body: {
            data: orders.map((one) => calls.answer(call, one).body),
            next_cursor: next && encodeCursor([next.createdAt, next.id]),
            ...(missingBefore !== null && { incomplete: incompleteBefore(missingBefore) }),
          },
        })
      },
    }),
    route({
      method: 'POST',
      path: ORDERS,
      operationId: 'createOrder',
      summary: 'Creates a pending order. Prices, names and taxes come from the menu.',
      roles: rolesOf('createOrder'),
      query: noQuery,
      body: createOrderIn,
      answer: { status: 201, schema: order },
      handle: (call) => {
        const created = calls.run(call, createCommand(call.newOrderId, call.body))
        if (!created.ok) return created
        const answer = calls.answer(call, created.value)
        const location = `${ORDERS}/${encodeURIComponent(created.value.id)}`
        return ok({ ...answer, headers: { ...answer.headers, location } })
      },
    }),
    route({
      method: 'GET',
      path: ORDER,
      operationId: 'getOrder',
      summary: 'One order, whole.',
      roles: ROLES,
      params: orderParams,
      query: noQuery,
      answer: { status: 200, schema: order },
      handle: async (call) => {
        const found = await calls.lookUp(call.params.id)
        return found.ok ? ok(calls.answer(call, found.value.order)) : found
      },
    }),
    route({
      method: 'PUT',
      path: ORDER,
      operationId: 'updateOrder',
      summary: 'Changes what is said about the order; its items have their own endpoints.',
      roles: rolesOf('changeDetails'),
      params: orderParams,
      query: noQuery,
      body: updateOrderIn,
      answer: { status: 200, schema: order },
      handle: (call) => calls.change(call, changeCommand(call.params.id, call.body)),
    }),
    route({
      method: 'PUT',
      path: `${ORDER}/status`,
      operationId: 'setOrderStatus',
      summary: 'Moves the order on: pending, confirmed, preparing, ready, completed; or cancelled.',
      roles: rolesOf('confirmOrder', 'startPreparing', 'markReady', 'completeOrder', 'cancelOrder'),
      params: orderParams,
      query: noQuery,
      body: statusIn,
      answer: { status: 200, schema: order },
      handle: (call) => {
        const command = statusCommand(call.params.id, call.body, calls)
        return command.ok ? calls.change(call, command.value) : command
      },
    }),
    route({
      method: 'POST',
      path: `${ORDER}/cancel`,
      operationId: 'cancelOrder',
      summary: 'Cancels the order, with a reason.',
      roles: rolesOf('cancelOrder'),
      params: orderParams,
      query: noQuery,
      body: cancelIn,
      answer: { status: 200, schema: order },
      handle: (call) => {
        const command = cancelCommand(call.params.id, call.body.reason, calls)
        return command.ok ? calls.change(call, command.value) : command
      },
    }),
    route({
      method: 'GET',
      path: `${ORDER}/history`,
      operationId: 'getOrderHistory',
      summary: 'Every event of the order, oldest first: what, who, where and when.',
      roles: ROLES,
      params: orderParams,
      query: pageQuery,
      answer: { status: 200, schema: historyPage },
      handle: async (call) => {
        const found = await calls.lookUp(call.params.id)
        if (!found.ok) return found
        const lines = history(found.value, calls.reader(call))
        const page = pageOfAll(lines, ({ sortKey }) => sortKey, call.query)
        if (!page.ok) return page
        const { data, next_cursor } = page.value
        return ok({ body: { data: data.map(({ event }) => event), next_cursor } })
      },
    }),
  ]
}

/** Whoever names a time, or goes on to a page, that lies there: half an answer would be none. */
const asksForOlder = (
  { from, to }: OrderFilter,
  after: OrderPosition | null,
  before: string,
): boolean => [from, to, after?.createdAt].some((time) => time !== undefined && time < before)

const incompleteBefore = (before: string) => ({
  code: 'older_orders_unreachable' as const,
  detail: explainMissing(before),
  before,
})

function createCommand(orderId: string, body: CreateOrderIn): OpenCommand {
  return {
    type: 'createOrder',
    orderId,
    channel: body.order_type,
    table: body.table_number ?? null,
    customerId: body.customer_id ?? null,
    customer: body.customer ?? null,
    locationId: body.location_id ?? null,
    scheduledFor: body.scheduled_for ?? null,
    notes: body.notes ?? null,
    lines: body.items.map(lineRequest),
  }
}

const changeCommand = (orderId: string, body: UpdateOrderIn): OpenCommand => ({
  type: 'changeDetails',
  orderId,
  ...(body.order_type !== undefined && { channel: body.order_type }),
  ...(body.table_number !== undefined && { table: body.table_number }),
  ...(body.customer_id !== undefined && { customerId: body.customer_id }),
  ...(body.customer !== undefined && { customer: body.customer }),
  ...(body.scheduled_for !== undefined && { scheduledFor: body.scheduled_for }),
  ...(body.notes !== undefined && { notes: body.notes }),
})

function statusCommand(
  orderId: string,
  body: { readonly status: OrderStatus; readonly reason?: string | undefined },
  calls: OrderCalls,
): Result<OpenCommand, Problem> {
  switch (body.status) {
    case 'pending': {
      const found = calls.find(orderId)
      if (!found.ok) return found
      // No command leads back to where every order starts.
      const { status } = found.value
      const possible = possibleFrom(status)
      return calls.refuse({ code: 'invalid_transition', command: 'createOrder', status, possible })
    }
    case 'confirmed':
      return ok({ type: 'confirmOrder', orderId })
    case 'preparing':
      return ok({ type: 'startPreparing', orderId })
    case 'ready':
      return ok({ type: 'markReady', orderId })
    case 'completed':
      return ok({ type: 'completeOrder', orderId })
    case 'cancelled':
      return cancelCommand(orderId, body.reason, calls)
  }
}

function cancelCommand(
  orderId: string,
  reason: string | undefined,
  calls: OrderCalls,
): Result<OpenCommand, Problem> {
  const given = reason?.trim() ?? ''
  return given === ''
    ? calls.refuse({ code: 'reason_required' })
    : ok({ type: 'cancelOrder', orderId, reason: given })
}
