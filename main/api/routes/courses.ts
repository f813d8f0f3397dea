import type { z } from 'zod'
import type { Split } from '../../../domain/split-schema.ts'
import {
  courseParams,
  mergeIn,
  orderParams,
  splitIn,
} from '../../../protocol/rest/order-requests.ts'
import { order, type splitBody } from '../../../protocol/rest/order.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { changeOrder, rolesOf } from '../order-calls.ts'
import { route, type Route } from '../route.ts'

const ORDER = '/api/v1/orders/{id}'

/** What a waiter says of the courses of a table, and tables that are pushed together. */
export const courseRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: `${ORDER}/courses/{course}/hold`,
    operationId: 'holdCourse',
    summary: 'What is not sent of a course waits until the course is fired.',
    roles: rolesOf('holdCourse'),
    params: courseParams,
    query: noQuery,
    answer: { status: 200, schema: order },
    handle: (call) => {
      const { id: orderId, course } = call.params
      return changeOrder(call, { type: 'holdCourse', orderId, course })
    },
  }),
  route({
    method: 'POST',
    path: `${ORDER}/courses/{course}/fire`,
    operationId: 'fireCourse',
    summary: 'Sends a course to the kitchen. Once it is there, this changes nothing.',
    roles: rolesOf('fireCourse'),
    params: courseParams,
    query: noQuery,
    answer: { status: 200, schema: order },
    handle: (call) => {
      const { id: orderId, course } = call.params
      return changeOrder(call, { type: 'fireCourse', orderId, course })
    },
  }),
  route({
    method: 'PUT',
    path: `${ORDER}/split`,
    operationId: 'splitOrder',
    summary:
      'Says how the guests share the bill, or, with null, that it is one again. It moves no money: each check is paid as any payment is, with its `paid_for`.',
    roles: rolesOf('splitOrder'),
    params: orderParams,
    query: noQuery,
    body: splitIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'splitOrder',
        orderId: call.params.id,
        split: call.body.split && splitOf(call.body.split),
      }),
  }),
  route({
    method: 'POST',
    path: `${ORDER}/merge`,
    operationId: 'mergeOrder',
    summary:
      'Moves all items to another open order. This one ends as completed, with `merged_into`, and counts nowhere. Refused where money is on it. Answers with the order that was emptied.',
    roles: rolesOf('mergeOrder'),
    params: orderParams,
    query: noQuery,
    body: mergeIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'mergeOrder',
        orderId: call.params.id,
        toOrderId: call.body.into_order_id,
      }),
  }),
]

function splitOf(body: z.infer<typeof splitBody>): Split {
  if ('equal' in body) return { kind: 'equal', parts: body.equal }
  if ('amounts' in body) return { kind: 'amounts', amountsMinor: body.amounts }
  return 'items' in body ? { kind: 'items', groups: body.items } : { kind: 'seats' }
}
