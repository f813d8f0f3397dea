import { derivedId } from '../../../domain/ids.ts'
import { ok } from '../../../domain/result.ts'
import { orderParams } from '../../../protocol/rest/order-requests.ts'
import { paidForIn } from '../../../protocol/rest/payment-json.ts'
import {
  intentParams,
  paymentIn,
  paymentParams,
  refundIn,
  settleIn,
} from '../../../protocol/rest/payment.ts'
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
import { voucherIdOf } from '../../vouchers/code.ts'

const PAYMENTS = '/api/v1/orders/{id}/payments'
const INTENTS = '/api/v1/orders/{id}/payment-intents'

const paidOrder = order
  .extend({
    payment_id: z
      .string()
      .meta({ description: 'The one of this request; of a card, the id of the intent.' }),
  })
  .meta({ id: 'PaidOrder' })

export const paymentRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: PAYMENTS,
    operationId: 'takePayment',
    summary:
      'Takes a payment. The last cent of a pending order confirms it. Of a card the answer is 202: the terminal is asked, and what became of it is in `payment_intents` and in the events.',
    roles: rolesOf('takePayment'),
    params: orderParams,
    query: noQuery,
    body: paymentIn,
    answer: { status: 201, schema: paidOrder },
    otherAnswers: [{ status: 202, schema: paidOrder, when: 'The card terminal is asked.' }],
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
        ...(body.reference !== undefined && { reference: body.reference }),
        ...(body.voucher_code !== undefined && { voucherId: voucherIdOf(body.voucher_code) }),
        ...(body.paid_for !== undefined && { paidFor: paidForIn(body.paid_for) }),
        ...(body.despite_pending && { despitePending: true }),
      })
      if (!paid.ok) return paid
      const answer = await answerOrder(call, paid.value)
      const payment_id = derivedId(call.commandId, 0)
      const status = body.method === 'card' ? { status: 202 } : {}
      return ok({ ...answer, ...status, body: { ...answer.body, payment_id } })
    },
  }),
  route({
    method: 'POST',
    path: `${PAYMENTS}/{payment_id}/refund`,
    operationId: 'refundPayment',
    summary:
      'Gives back a payment or a part of it, with a reason. A card is paid back by the terminal: see `payment_intents`.',
    roles: rolesOf('refundPayment'),
    approval: 'always',
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
        ...(body.refund_for !== undefined && { refundFor: body.refund_for }),
      })
    },
  }),
  route({
    method: 'POST',
    path: `${INTENTS}/{intent_id}/cancel`,
    operationId: 'cancelPayment',
    summary: 'Asks the terminal to stop. Whether it had charged by then, `payment_intents` says.',
    roles: rolesOf('cancelPayment'),
    params: intentParams,
    query: noQuery,
    answer: { status: 202, schema: order },
    handle: (call) => {
      const { id: orderId, intent_id: intentId } = call.params
      return changeOrder(call, { type: 'cancelPayment', orderId, intentId })
    },
  }),
  route({
    method: 'POST',
    path: `${INTENTS}/{intent_id}/settle`,
    operationId: 'settlePayment',
    summary:
      'Says what became of it where the terminal cannot. Should it answer later, that counts.',
    roles: rolesOf('settlePayment'),
    params: intentParams,
    query: noQuery,
    body: settleIn,
    answer: { status: 200, schema: order },
    handle: (call) => {
      const { id: orderId, intent_id: intentId } = call.params
      const reason = call.body.reason?.trim() ?? ''
      if (reason === '') return refused({ code: 'reason_required' })
      const { as } = call.body
      return changeOrder(call, { type: 'settlePayment', orderId, intentId, as, reason })
    },
  }),
]
