import { courseParams, mergeIn, orderParams } from '../../../protocol/rest/order-requests.ts'
import { order } from '../../../protocol/rest/order.ts'
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
