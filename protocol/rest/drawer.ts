import { z } from 'zod'
import { CASH_MOVES } from '../../domain/journal.ts'
import { money, moneyIn, someMoneyIn, text, timeOut } from './values.ts'

/** The cash drawer of a device, as REST shows it. */

const reason = text(500).trim().min(1)

export const openDrawerIn = z.strictObject({
  float: moneyIn.meta({ description: 'What lies in the drawer at the start.' }),
})
export const moveCashIn = z.strictObject({
  move: z.enum(CASH_MOVES),
  amount: someMoneyIn,
  reason,
})
export const noSaleIn = z.strictObject({ reason })
export const closeDrawerIn = z.strictObject({
  counted: moneyIn.meta({
    description: 'What was counted, without being told what should be there.',
  }),
  note: text(500).nullable().optional(),
})

export const drawerSession = z
  .strictObject({
    id: z.string(),
    device_id: z.string(),
    opened_at: timeOut,
    opened_by: z.string(),
    float: money,
    paid_in: money,
    paid_out: money,
    dropped: money,
    no_sales: z.int(),
    /** For managers, while it is open; for everybody, once it is counted. */
    cash_sales: money.nullable(),
    cash_refunds: money.nullable(),
    expected: money.nullable(),
    counted: money.nullable(),
    over_short: money.nullable(),
    closed_at: timeOut.nullable(),
    closed_by: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'DrawerSession' })
export type RestDrawerSession = z.infer<typeof drawerSession>

export const drawerState = z
  .strictObject({ session: drawerSession.nullable() })
  .meta({ id: 'Drawer' })

export const drawersOfDay = z
  .strictObject({
    business_day: z.string().meta({ format: 'date' }),
    sessions: z.array(drawerSession),
  })
  .meta({ id: 'DrawersOfDay' })
