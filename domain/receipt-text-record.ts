import { z } from 'zod'
import { plainText } from './text.ts'

/** What stands on every receipt over and under the order: an address, a tax number, thanks. */

const lines = z.array(plainText(80)).max(8)

export const receiptTextRecord = z.strictObject({ header: lines, footer: lines })
export type ReceiptText = z.infer<typeof receiptTextRecord>
