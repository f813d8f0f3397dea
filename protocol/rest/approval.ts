import { z } from 'zod'
import { APPROVABLE, type Approvable } from '../../domain/approvals.ts'
import { MOST_IDLE_MINUTES, REASON_KINDS } from '../../domain/catalog.ts'
import { text, timeOut } from './values.ts'

/** REST's names of what a manager approves. */
const NAMES = {
  createOrder: 'create_order',
  addLines: 'add_items',
  changeLine: 'change_item',
  voidLine: 'remove_item',
  compLine: 'comp_item',
  changeDetails: 'overbook',
  cancelOrder: 'cancel_order',
  setDiscount: 'set_discount',
  setServiceCharge: 'set_service_charge',
  refundPayment: 'refund_payment',
  openDrawer: 'open_drawer',
} as const satisfies Record<Approvable, string>

export const APPROVAL_COMMANDS = APPROVABLE.map((command) => NAMES[command])

export const approvableOf = (name: (typeof APPROVAL_COMMANDS)[number]): Approvable =>
  APPROVABLE.find((command) => NAMES[command] === name) ?? 'openDrawer'

export const approvalIn = z.strictObject({
  staff_id: text(80).min(1).meta({ description: 'The manager who approves.' }),
  pin: z.string().regex(/^\d{4,8}$/, 'Invalid input: a PIN has 4 to 8 digits'),
  command: z.enum(APPROVAL_COMMANDS),
  order_id: text(120)
    .min(1)
    .nullable()
    .default(null)
    .meta({ description: 'The order that it is about; null for the cash drawer.' }),
})

export const approvalOut = z.strictObject({
  approval_id: z.string().meta({ description: 'For the header `Approval`: once, and soon.' }),
  approved_by: z.string(),
  expires_at: timeOut,
})

const rules = {
  discount_limit_ppm: z
    .int()
    .min(0)
    .max(1_000_000)
    .meta({ description: 'Of the order: a larger discount of a cashier takes a manager.' }),
  open_item_limit: z.int().min(0).max(100_000_000).nullable().default(null).meta({
    description: 'In minor units: a dearer open item takes a manager. Null: each does.',
  }),
  sign_out_after_minutes: z.int().min(1).max(MOST_IDLE_MINUTES).nullable().default(null).meta({
    description: 'A till that nobody touches for so long signs out by itself. Null: never.',
  }),
}

const reasonIn = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine(
    (value) => !value.includes('\0') && value.isWellFormed(),
    'Invalid input: cannot be stored',
  )

export const tillRulesIn = z.strictObject({
  ...rules,
  reasons: z.partialRecord(z.enum(REASON_KINDS), z.array(reasonIn).max(12)).meta({
    description: 'What the till offers to pick from; of what is left out it offers its own.',
  }),
})

export const tillRulesOut = z
  .strictObject({ ...rules, reasons: z.partialRecord(z.enum(REASON_KINDS), z.array(z.string())) })
  .meta({ id: 'TillRules' })
