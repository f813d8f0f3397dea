import type { Role } from '../../../domain/catalog.ts'
import { ok, refuse } from '../../../domain/result.ts'
import type { VoucherAccount } from '../../../domain/vouchers.ts'
import { orderParams } from '../../../protocol/rest/order-requests.ts'
import { order } from '../../../protocol/rest/order.ts'
import { moneyOf, noQuery } from '../../../protocol/rest/values.ts'
import {
  findVoucherIn,
  orderVoucherParams,
  sellVoucherIn,
  settleVoucherIn,
  soldVoucher,
  voucher,
  voucherParams,
  vouchersOut,
  type RestVoucher,
} from '../../../protocol/rest/voucher.ts'
import type { Vouchers } from '../../vouchers/vouchers.ts'
import {
  answerOrder,
  changeOrder,
  currencyOf,
  findOrder,
  minorOf,
  refused,
  rolesOf,
} from '../order-calls.ts'
import { problemOf } from '../problems.ts'
import { route, type Route } from '../route.ts'

const VOUCHERS = '/api/v1/vouchers'
const MANAGERS: readonly Role[] = ['manager', 'admin']
const MAX_LISTED = 500

/** Gift vouchers are sold at a till and looked after at one: a code is made where it is printed. */
export const voucherRoutes = (vouchers: Vouchers): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/vouchers',
    operationId: 'sellVoucher',
    summary:
      'Sells a gift voucher with an order. It is no revenue, is neither discounted nor taxed, and can be paid with once the order is paid.',
    roles: rolesOf('sellVoucher'),
    params: orderParams,
    query: noQuery,
    body: sellVoucherIn,
    answer: { status: 201, schema: soldVoucher },
    handle: async (call) => {
      const { params, body, caller, commandId: id, at } = call
      const found = await findOrder(call, params.id)
      if (!found.ok) return found
      const { currency, version: actual } = found.value
      const amount = minorOf(body.amount, currency)
      if (!amount.ok) return amount
      const { expectedVersion: expected, isRepeat } = call
      if (expected !== undefined && expected !== actual && !isRepeat) {
        return refused({ code: 'version_mismatch', expected, actual })
      }
      if (amount.value < 1) {
        return refuse(problemOf('validation_failed', 'A voucher is worth something.'))
      }
      const sold = vouchers.sell({ id, at, actor: caller.actor }, params.id, amount.value)
      if (!sold.ok) return refused(sold.error, currency)
      const answer = await answerOrder(call, sold.value.order)
      const { id: voucherId, code } = sold.value
      const sale = { id: voucherId, code, amount: moneyOf(amount.value, currency) }
      return ok({ ...answer, body: { ...answer.body, voucher: sale } })
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/orders/{id}/vouchers/{voucher_id}',
    operationId: 'withdrawVoucher',
    summary: 'Takes a gift voucher out of an order again, as long as nothing was paid with it.',
    roles: rolesOf('withdrawVoucher'),
    params: orderVoucherParams,
    query: noQuery,
    answer: { status: 200, schema: order },
    handle: (call) => {
      const { id: orderId, voucher_id: voucherId } = call.params
      return changeOrder(call, { type: 'withdrawVoucher', orderId, voucherId })
    },
  }),
  route({
    method: 'POST',
    path: `${VOUCHERS}/find`,
    operationId: 'findVoucher',
    summary: 'What a gift voucher is worth, by its code.',
    roles: rolesOf('takePayment'),
    query: noQuery,
    body: findVoucherIn,
    answer: { status: 200, schema: voucher },
    handle: ({ body }) => {
      const account = vouchers.find(body.code)
      return account ? ok({ body: voucherToRest(account) }) : refused({ code: 'voucher_unknown' })
    },
  }),
  route({
    method: 'GET',
    path: VOUCHERS,
    operationId: 'listVouchers',
    summary: 'What the store owes on gift vouchers, and those that were spent twice.',
    roles: MANAGERS,
    query: noQuery,
    answer: { status: 200, schema: vouchersOut },
    handle: async ({ store }) => {
      const currency = currencyOf(await store.catalog())
      const debt = vouchers.debt()
      return ok({
        body: {
          open: { count: debt.openCount, total: moneyOf(debt.openMinor, currency) },
          overdrawn: {
            total: moneyOf(debt.overdrawnMinor, currency),
            vouchers: debt.overdrawn.map(voucherToRest),
          },
          data: vouchers.all().slice(0, MAX_LISTED).map(voucherToRest),
        },
      })
    },
  }),
  route({
    method: 'POST',
    path: `${VOUCHERS}/{voucher_id}/settle`,
    operationId: 'settleVoucher',
    summary: 'Says that the store bears what was spent too much of a gift voucher, and why.',
    roles: MANAGERS,
    params: voucherParams,
    query: noQuery,
    body: settleVoucherIn,
    answer: { status: 200, schema: voucher },
    handle: ({ params, body, caller, commandId: id, at }) => {
      const reason = body.reason?.trim() ?? ''
      if (reason === '') return refused({ code: 'reason_required' })
      const settled = vouchers.settle({ id, at, actor: caller.actor }, params.voucher_id, reason)
      if (settled.ok) return ok({ body: voucherToRest(settled.value) })
      return settled.error === 'voucher_unknown'
        ? refused({ code: 'voucher_unknown' })
        : refuse(problemOf('voucher_not_overdrawn', 'Nothing was spent too much of it.'))
    },
  }),
]

export function voucherToRest(account: VoucherAccount): RestVoucher {
  const price = (minor: number) => moneyOf(minor, account.currency)
  return {
    id: account.id,
    hint: account.hint,
    sold_on: account.soldOn,
    sold_at: account.soldAt,
    issued: price(account.issuedMinor),
    spent: price(account.spentMinor),
    returned: price(account.returnedMinor),
    balance: price(account.balanceMinor),
  }
}
