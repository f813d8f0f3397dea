import type { ScreenCall } from '../../../protocol/screens.ts'

/** What the sheets of the till ask for, as its terminal takes it. */

export type DrawerWish = Extract<ScreenCall, { type: 'drawer' }>['wish']

/** Which receipt of an order, and for whom. */
export type ReceiptChoice = Pick<Extract<ScreenCall, { type: 'printReceipt' }>, 'part' | 'language'>

export type ShiftCorrection = Omit<
  Extract<ScreenCall, { type: 'correctShift' }>,
  'type' | 'callId' | 'commandId'
>

export type VoucherWish = Extract<ScreenCall, { type: 'vouchers' }>['wish']

export type StaffChange = Omit<
  Extract<ScreenCall, { type: 'setStaff' }>,
  'type' | 'callId' | 'commandId'
>

export type StockWish = Extract<ScreenCall, { type: 'stock' }>['wish']
