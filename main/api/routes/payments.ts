import { derivedId } from '../../../domain/ids.ts'
import { ok } from '../../../domain/result.ts'
import {
  orderParams,
  paymentIn,
  paymentParams,
  refundIn,
} from '../../../protocol/rest/order-requests.ts'
import { order } from '../../../protocol/rest/order.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { z } from 'zod'
import {
  answerOrder,
  changeOrder,
  findOrder,
  minorOf,
  refused,
  rolesOf,
  runCommand,
} from '../order-calls.ts'
import { route, type Route } from '../route.ts'

const PAYMENTS = '/api/v1/orders/{id}/payments'

const paidOrder = order
  .extend({ payment_id: z.string().meta({ description: 'The one of this request.' }) })
  .meta({ id: 'PaidOrder' })

export const paymentRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: PAYMENTS,
    operationId: 'takePayment',
    summary: 'Takes a payment. The last cent of a pending order confirms it.',
    roles: rolesOf('takePayment'),
    params: orderParams,
    query: noQuery,
    body: paymentIn,
    answer: { status: 201, schema: paidOrder },
    handle: async (call) => {
      const { params, body } = call
      const found = await findOrder(call, params.id)
      if (!found.ok) return found
      const { currency } = found.value
      const amount = minorOf(body.amount, currency)
      if (!amount.ok) return amount
      const tip = body.tip ? minorOf(body.tip, currency) : ok(0)
      if (!tip.ok) return tip
      const tendered = body.tendered ? minorOf(body.tendered, currency) : ok(null)
      if (!tendered.ok) return tendered
      const paid = await runCommand(call, {
        type: 'takePayment',
        orderId: params.id,
        method: body.method,
        amountMinor: amount.value,
        tipMinor: tip.value,
        tenderedMinor: tendered.value,
      })
      if (!paid.ok) return paid
      const answer = await answerOrder(call, paid.value)
      const payment_id = derivedId(call.commandId, 0)
      return ok({ ...answer, body: { ...answer.body, payment_id } })
    },
  }),
  route({
    method: 'POST',
    path: `${PAYMENTS}/{payment_id}/refund`,
    operationId: 'refundPayment',
    summary: 'Gives back a payment or a part of it, with a reason.',
    roles: rolesOf('refundPayment'),
    params: paymentParams,
    query: noQuery,
    body: refundIn,
    answer: { status: 200, schema: order },
    handle: async (call) => {
      const { params, body } = call
      const found = await findOrder(call, params.id)
      if (!found.ok) return found
      const amount = minorOf(body.amount, found.value.currency)
      if (!amount.ok) return amount
      const reason = body.reason?.trim() ?? ''
      if (reason === '') return refused({ code: 'reason_required' })
      return changeOrder(call, {
        type: 'refundPayment',
        orderId: params.id,
        paymentId: params.payment_id,
        amountMinor: amount.value,
        reason,
      })
    },
  }),
]
