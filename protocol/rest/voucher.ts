import { z } from 'zod'
import { order } from './order.ts'
import { money, moneyIn, text, timeOut } from './values.ts'

/** Gift vouchers. A code is told once, where one is sold, and stands in no address. */

export const voucher = z
  .strictObject({
    id: z.string().meta({ description: 'A hash of its code, which is kept nowhere.' }),
    hint: z.string().meta({ description: 'The last letters of the code.' }),
    sold_on: z.string().meta({ description: 'The order that it was sold with.' }),
    sold_at: timeOut,
    issued: money,
    spent: money,
    returned: money,
    balance: money.meta({
      description:
        'As far as this device has heard. Below zero: tills that were apart have both taken it.',
    }),
  })
  .meta({ id: 'Voucher' })
export type RestVoucher = z.infer<typeof voucher>

export const vouchersOut = z.strictObject({
  open: z.strictObject({ count: z.int(), total: money }).meta({
    description: 'What the store owes: every voucher with money on it.',
  }),
  overdrawn: z.strictObject({ total: money, vouchers: z.array(voucher) }),
  data: z.array(voucher).meta({ description: 'The newest first, up to 500.' }),
})

export const soldVoucher = order
  .extend({
    voucher: z.strictObject({
      id: z.string(),
      code: z.string().meta({ description: 'For the guest. It is told here and never again.' }),
      amount: money,
    }),
  })
  .meta({ id: 'OrderWithVoucher' })

export const voucherCode = text(60).min(1)

export const sellVoucherIn = z.strictObject({ amount: moneyIn })
export const findVoucherIn = z.strictObject({ code: voucherCode })
export const settleVoucherIn = z.strictObject({ reason: text(500).optional() })
export const voucherParams = z.strictObject({ voucher_id: text(120).min(1) })
export const orderVoucherParams = z.strictObject({
  id: text(120).min(1),
  voucher_id: text(120).min(1),
})
