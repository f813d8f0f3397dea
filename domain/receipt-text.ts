import { z } from 'zod'
import type { Catalog } from './catalog.ts'
import { plainText } from './text.ts'

/** What stands on every receipt over and under the order: an address, a tax number, thanks. */

const lines = z.array(plainText(80)).max(8)

export const receiptTextRecord = z.strictObject({ header: lines, footer: lines })
export type ReceiptText = z.infer<typeof receiptTextRecord>

/** The one record of kind `receipt_text` has this id. */
export const RECEIPT_TEXT_ID = 'store'

const NO_TEXT: ReceiptText = { header: [], footer: [] }

export const receiptTextOf = (catalog: Pick<Catalog, 'receipt_text'>): ReceiptText =>
  catalog.receipt_text.get(RECEIPT_TEXT_ID) ?? NO_TEXT
