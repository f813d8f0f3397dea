import { z } from 'zod'
import { ROLES } from '../../../domain/catalog.ts'
import type { OpenCommand } from '../../../domain/commands.ts'
import { possibleFrom } from '../../../domain/order-status.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import type { OrderPosition } from '../../../domain/order-filter.ts'
import { historyPage } from '../../../protocol/rest/event.ts'
import {
  cancelIn,
  createOrderIn,
  discountIn,
  orderListQuery,
  orderParams,
  serviceChargeIn,
  statusIn,
  updateOrderIn,
  type CreateOrderIn,
  type UpdateOrderIn,
} from '../../../protocol/rest/order-requests.ts'
import { createdOrder, order, orderPage } from '../../../protocol/rest/order.ts'
import { noQuery, pageQuery } from '../../../protocol/rest/values.ts'
import { lineRequest } from '../line-request.ts'
import {
  answerOrder,
  changeOrder,
  explainMissing,
  findOrder,
  minorOf,
  olderUnreachable,
  orderNotFound,
  readerOf,
  refused,
  rolesOf,
  runCommand,
  shownToRest,
} from '../order-calls.ts'
import { orderHistory } from '../order-history.ts'
import { decodeCursor, encodeCursor, pageOfAll } from '../paging.ts'
import { problemOf, type Problem } from '../problems.ts'
import type { OrderWish } from '../rest-store.ts'
import { route, type Call, type Route } from '../route.ts'

type Discount = NonNullable<Extract<OpenCommand, { type: 'setDiscount' }>['discount']>

const ORDERS = '/api/v1/orders'
const ORDER = `${ORDERS}/{id}`

const orderCursor = z.tuple([z.string(), z.string()])

export const orderRoutes: readonly Route[] = [
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
      const { store, query } = call
      const after = decodeCursor(query.cursor, orderCursor)
      if (!after.ok) return after
      const filter = {
        ...(query.status && { status: query.status }),
        ...(query.order_type && { orderType: query.order_type }),
        ...(query.table_number && { tableNumber: query.table_number }),
        ...(query.from && { from: query.from }),
        ...(query.to && { to: query.to }),
        ...(query.q && { q: query.q }),
      }
      const position = after.value && { createdAt: after.value[0], id: after.value[1] }
      const list = await store.listOrders(filter, position, query.limit)
      const { orders, next, missingBefore } = list
      if (missingBefore !== null && asksForOlder(filter, position, missingBefore)) {
        return refuse(olderUnreachable({ missingBefore }))
      }
      const reader = await readerOf(call)
      return ok({
        body: {
          data: orders.map((one) => shownToRest(call, reader.show(one))),
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
    approval: 'sometimes',
    query: noQuery,
    body: createOrderIn,
    answer: { status: 201, schema: createdOrder },
    handle: async (call) => {
      if (lacksAddress(call.body)) return refuse(noAddress)
      const created = await runCommand(call, createCommand(call.newOrderId, call.body))
      if (!created.ok) return created
      const answer = await answerOrder(call, created.value)
      const location = `${ORDERS}/${encodeURIComponent(created.value.id)}`
      const { trackingUrl } = call.store
      const body = {
        ...answer.body,
        ...(trackingUrl && { tracking_url: trackingUrl(created.value.id) }),
      }
      return ok({ body, headers: { ...answer.headers, location } })
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
      const { id } = call.params
      const found = await call.store.lookUp(id)
      if (!found.ok) return refuse(olderUnreachable(found.error))
      return found.value === null ? orderNotFound(id) : ok(await answerOrder(call, found.value))
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
    handle: async (call) => {
      const { id } = call.params
      if (lacksAddress(call.body)) {
        const found = await findOrder(call, id)
        if (!found.ok) return found
        // What is kept of a guest is sealed: whether there is anybody is all that can be asked.
        if (found.value.customer === null && found.value.customerId === null) {
          return refuse(noAddress)
        }
      }
      return changeOrder(call, changeCommand(id, call.body))
    },
  }),
  route({
    method: 'PUT',
    path: `${ORDER}/status`,
    operationId: 'setOrderStatus',
    summary: 'Moves the order on: pending, confirmed, preparing, ready, completed; or cancelled.',
    roles: rolesOf('confirmOrder', 'startPreparing', 'markReady', 'completeOrder', 'cancelOrder'),
    approval: 'sometimes',
    params: orderParams,
    query: noQuery,
    body: statusIn,
    answer: { status: 200, schema: order },
    handle: async (call) => {
      const command = await statusCommand(call)
      return command.ok ? changeOrder(call, command.value) : command
    },
  }),
  route({
    method: 'POST',
    path: `${ORDER}/cancel`,
    operationId: 'cancelOrder',
    summary: 'Cancels the order, with a reason.',
    roles: rolesOf('cancelOrder'),
    approval: 'sometimes',
    params: orderParams,
    query: noQuery,
    body: cancelIn,
    answer: { status: 200, schema: order },
    handle: (call) => {
      const command = cancelCommand(call.params.id, call.body.reason)
      return command.ok ? changeOrder(call, command.value) : command
    },
  }),
  route({
    method: 'PUT',
    path: `${ORDER}/discount`,
    operationId: 'setDiscount',
    summary:
      'Gives a discount on the order, with a reason, or takes it back. All of it is a comp. Above the limit in `/api/v1/till-rules` a cashier needs a manager.',
    roles: rolesOf('setDiscount'),
    approval: 'sometimes',
    params: orderParams,
    query: noQuery,
    body: discountIn,
    answer: { status: 200, schema: order },
    handle: async (call) => {
      const { params, body } = call
      const found = await findOrder(call, params.id)
      if (!found.ok) return found
      const discount = body.discount && shareOf(body.discount, found.value.currency)
      if (discount?.ok === false) return discount
      const reason = body.reason?.trim() || null
      return changeOrder(call, {
        type: 'setDiscount',
        orderId: params.id,
        discount: discount && discount.value,
        reason,
      })
    },
  }),
  route({
    method: 'PUT',
    path: `${ORDER}/service-charge`,
    operationId: 'setServiceCharge',
    summary: 'Sets the service charge by hand, with a reason, or by the rule of the store again.',
    roles: rolesOf('setServiceCharge'),
    approval: 'always',
    params: orderParams,
    query: noQuery,
    body: serviceChargeIn,
    answer: { status: 200, schema: order },
    handle: async (call) => {
      const { params, body } = call
      const found = await findOrder(call, params.id)
      if (!found.ok) return found
      const { service_charge: said } = body
      const charge =
        said === null || said === 'none'
          ? ok(said && ({ kind: 'none' } as const))
          : shareOf(said, found.value.currency)
      if (!charge.ok) return charge
      const reason = body.reason?.trim() || null
      const set = { type: 'setServiceCharge', orderId: params.id, charge: charge.value } as const
      return changeOrder(call, { ...set, reason })
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
      const { id } = call.params
      const found = await call.store.lookUpWhole(id)
      if (!found.ok) return refuse(olderUnreachable(found.error))
      if (found.value === null) return orderNotFound(id)
      const lines = orderHistory(found.value, await readerOf(call))
      const page = pageOfAll(lines, ({ sortKey }) => sortKey, call.query)
      if (!page.ok) return page
      const { data, next_cursor } = page.value
      return ok({ body: { data: data.map(({ event }) => event), next_cursor } })
    },
  }),
]

function shareOf(
  said: NonNullable<z.infer<typeof discountIn>['discount']>,
  currency: string,
): Result<Discount, Problem> {
  if ('rate_ppm' in said) return ok({ kind: 'percent', ratePpm: said.rate_ppm })
  const amount = minorOf(said.amount, currency)
  return amount.ok ? ok({ kind: 'amount', amountMinor: amount.value }) : amount
}

/** Whoever names a time, or goes on to a page, that lies there: half an answer would be none. */
const asksForOlder = (
  { from, to }: OrderWish,
  after: OrderPosition | null,
  before: string,
): boolean => [from, to, after?.createdAt].some((time) => time !== undefined && time < before)

const incompleteBefore = (before: string) => ({
  code: 'older_orders_unreachable' as const,
  detail: explainMissing(before),
  before,
})

/** Somebody's own system knows where a customer of theirs lives. */
const lacksAddress = ({ order_type, customer, customer_id: customerId }: UpdateOrderIn): boolean =>
  order_type === 'delivery' &&
  (customer?.address ?? '').trim() === '' &&
  (customerId ?? null) === null

const noAddress = problemOf(
  'address_required',
  'Say where a delivery goes: customer.address, or the customer_id of somebody whose address you have.',
)

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
    ...(body.promised_for !== undefined && { promisedFor: body.promised_for }),
    notes: body.notes ?? null,
    ...(body.pager !== undefined && { pager: body.pager }),
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
  ...(body.promised_for !== undefined && { promisedFor: body.promised_for }),
  ...(body.overbook !== undefined && { overbook: body.overbook }),
  ...(body.notes !== undefined && { notes: body.notes }),
  ...(body.guests !== undefined && { guests: body.guests }),
  ...(body.pager !== undefined && { pager: body.pager }),
})

async function statusCommand(
  call: Call<{ readonly id: string }, unknown, z.output<typeof statusIn>>,
): Promise<Result<OpenCommand, Problem>> {
  const { body } = call
  const orderId = call.params.id
  switch (body.status) {
    case 'pending': {
      const found = await findOrder(call, orderId)
      if (!found.ok) return found
      // No command leads back to where every order starts.
      const { status } = found.value
      const possible = possibleFrom(status)
      return refused({ code: 'invalid_transition', command: 'createOrder', status, possible })
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
      return cancelCommand(orderId, body.reason)
  }
}

function cancelCommand(orderId: string, reason: string | undefined): Result<OpenCommand, Problem> {
  const given = reason?.trim() ?? ''
  return given === ''
    ? refused({ code: 'reason_required' })
    : ok({ type: 'cancelOrder', orderId, reason: given })
}
