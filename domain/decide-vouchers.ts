import type { OrderCommandOf } from './commands.ts'
import type { DecideContext, Decision } from './decision.ts'
import { MAX_MINOR } from './money.ts'
import { sumOf } from './order-parts.ts'
import type { OrderView } from './order-view.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'
import type { VoucherAccount } from './vouchers.ts'

/** Gift vouchers in an order: sold with it, taken out of it again, and spent on it. */

export function sellVoucher(
  order: OrderView,
  command: OrderCommandOf<'sellVoucher'>,
  { voucherById }: DecideContext,
): Decision {
  const { orderId, voucherId, hint, amountMinor } = command
  if (voucherById(voucherId) !== null) return refuse({ code: 'voucher_exists' })
  const vouchers = order.vouchers.reduce((sum, voucher) => sum + voucher.amountMinor, 0)
  if (sumOf(order.lines) + vouchers + amountMinor > MAX_MINOR) {
    return refuse({ code: 'amount_too_large', maxMinor: MAX_MINOR })
  }
  return ok([{ type: 'order.voucher_sold', orderId, voucherId, hint, amountMinor }])
}

/** As long as nothing was paid with it. */
export function withdrawVoucher(
  order: OrderView,
  { orderId, voucherId }: OrderCommandOf<'withdrawVoucher'>,
  { voucherById }: DecideContext,
): Decision {
  const sold = order.vouchers.find(({ id, withdrawn }) => id === voucherId && !withdrawn)
  if (!sold) return refuse({ code: 'voucher_unknown' })
  const spentMinor = voucherById(voucherId)?.spentMinor ?? 0
  if (spentMinor > 0) return refuse({ code: 'voucher_spent', spentMinor })
  return ok([{ type: 'order.voucher_withdrawn', orderId, voucherId }])
}

/** The voucher, where as much is left on it as this device knows. */
export function voucherToPayWith(
  order: OrderView,
  voucherId: string,
  neededMinor: number,
  { voucherById, orderById }: DecideContext,
): Result<VoucherAccount, Rejection> {
  const account = voucherById(voucherId)
  if (account === null || account.currency !== order.currency) {
    return refuse({ code: 'voucher_unknown' })
  }
  // An order that has left this device was closed, and is paid.
  const sale = account.soldOn === order.id ? order : orderById(account.soldOn)
  if (sale !== null && sale.totals.dueMinor > 0) return refuse({ code: 'voucher_not_paid' })
  const balanceMinor = Math.max(0, account.balanceMinor)
  return neededMinor > balanceMinor
    ? refuse({ code: 'voucher_balance', balanceMinor, neededMinor })
    : ok(account)
}
