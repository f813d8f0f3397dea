import type { Catalog } from './catalog.ts'
import type { ReceiptText } from './receipt-text-record.ts'

/** The one record of kind `receipt_text` has this id. */
export const RECEIPT_TEXT_ID = 'store'

const NO_TEXT: ReceiptText = { header: [], footer: [] }

export const receiptTextOf = (catalog: Pick<Catalog, 'receipt_text'>): ReceiptText =>
  catalog.receipt_text.get(RECEIPT_TEXT_ID) ?? NO_TEXT
