import { changeOrder, rolesOf } from '../order-calls.ts'
import {
  addItemsIn,
  changeItemIn,
  compIn,
  itemParams,
  moveItemIn,
  orderParams,
  removeItemIn,
  removeItemQuery,
} from '../../../protocol/rest/order-requests.ts'
import { order } from '../../../protocol/rest/order.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { lineRequest } from '../line-request.ts'
import { route, type Route } from '../route.ts'

const ITEMS = '/api/v1/orders/{id}/items'
const ITEM = `${ITEMS}/{item_id}`

export const itemRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: ITEMS,
    operationId: 'addItems',
    summary: 'Adds an item, or several together.',
    roles: rolesOf('addLines'),
    approval: 'sometimes',
    params: orderParams,
    query: noQuery,
    body: addItemsIn,
    answer: { status: 201, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'addLines',
        orderId: call.params.id,
        lines: call.body.map(lineRequest),
      }),
  }),
  route({
    method: 'PUT',
    path: ITEM,
    operationId: 'changeItem',
    summary: 'Changes an item that the kitchen does not have yet.',
    roles: rolesOf('changeLine'),
    approval: 'sometimes',
    params: itemParams,
    query: noQuery,
    body: changeItemIn,
    answer: { status: 200, schema: order },
    handle: (call) => {
      const { quantity, modifiers, special_instructions: instructions, seat, course } = call.body
      return changeOrder(call, {
        type: 'changeLine',
        orderId: call.params.id,
        lineId: call.params.item_id,
        ...(quantity !== undefined && { quantity }),
        ...(modifiers !== undefined && { modifierIds: modifiers }),
        ...(instructions !== undefined && { instructions }),
        ...(seat !== undefined && { seat }),
        ...(course !== undefined && { course }),
      })
    },
  }),
  route({
    method: 'POST',
    path: `${ITEM}/move`,
    operationId: 'moveItem',
    summary: 'Moves an item to another open order. Answers with the order that it left.',
    roles: rolesOf('moveLines'),
    params: itemParams,
    query: noQuery,
    body: moveItemIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'moveLines',
        orderId: call.params.id,
        toOrderId: call.body.to_order_id,
        lineIds: [call.params.item_id],
      }),
  }),
  route({
    method: 'PUT',
    path: `${ITEM}/comp`,
    operationId: 'compItem',
    summary: 'Says that an item is made and served for nothing, and why; or takes that back.',
    roles: rolesOf('compLine'),
    approval: 'sometimes',
    params: itemParams,
    query: noQuery,
    body: compIn,
    answer: { status: 200, schema: order },
    handle: (call) => {
      const reason = call.body.reason?.trim() ?? null
      return changeOrder(call, {
        type: 'compLine',
        orderId: call.params.id,
        lineId: call.params.item_id,
        reason,
      })
    },
  }),
  route({
    method: 'DELETE',
    path: ITEM,
    operationId: 'removeItem',
    summary: 'Voids an item; with a reason where the kitchen has it already.',
    roles: rolesOf('voidLine'),
    approval: 'sometimes',
    params: itemParams,
    query: removeItemQuery,
    body: removeItemIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'voidLine',
        orderId: call.params.id,
        lineId: call.params.item_id,
        reason: call.body?.reason ?? call.query.reason ?? null,
      }),
  }),
]
