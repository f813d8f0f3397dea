import { z } from 'zod'
import { PAPER_LANGUAGES } from '../../domain/languages.ts'
import { MAX_CHECKS } from '../../domain/split-schema.ts'
import { PRINTER_CODEPAGES, PRINTER_COLUMNS } from '../../domain/catalog.ts'
import { PRINTER_TROUBLES } from '../paper.ts'
import { pageOf, text, timeOut } from './values.ts'

/** Printers of the store, how they stand, and what is printed by hand. */

const ids = z.array(text(80).min(1)).max(100)
const columns = z.union(PRINTER_COLUMNS.map((one) => z.literal(one)))

export const printerParams = z.strictObject({ id: text(80).min(1) })

export const printerIn = z
  .strictObject({
    name: text(120).min(1),
    address: text(120).min(3).meta({ description: '`HOST:PORT`; the port is 9100 on most.' }),
    columns: columns.default(42),
    codepage: z.enum(PRINTER_CODEPAGES).default('cp858'),
    receipts_of: ids
      .default([])
      .meta({ description: 'Devices whose receipts and reports come out here.' }),
    slips_of: ids
      .default([])
      .meta({ description: 'Stations that read paper: each ticket is printed as it is sent.' }),
    fallback_for: ids.default([]).meta({
      description: 'Stations whose tickets are printed when no kitchen screen has shown them.',
    }),
    drawer: z
      .boolean()
      .default(false)
      .meta({ description: 'A cash drawer hangs on it, for the devices of `receipts_of`.' }),
  })
  .meta({ description: 'The whole printer: what is left out has its default.' })
export type PrinterIn = z.output<typeof printerIn>

export const printer = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    address: z.string(),
    columns: z.int(),
    codepage: z.enum(PRINTER_CODEPAGES),
    receipts_of: z.array(z.string()),
    slips_of: z.array(z.string()),
    fallback_for: z.array(z.string()),
    drawer: z.boolean(),
    state: z
      .strictObject({
        trouble: z
          .enum(PRINTER_TROUBLES)
          .nullable()
          .meta({ description: 'Null: none is known. As this device sees it.' }),
        waiting: z.int(),
        dropped: z.int(),
        last_printed_at: timeOut.nullable(),
        last_answered_at: timeOut.nullable(),
        unprintable: z.array(z.string()).meta({
          description: 'Characters of the last job that this printer does not have.',
        }),
      })
      .nullable()
      .meta({ description: 'Null: the device that answers does not print here.' }),
  })
  .meta({ id: 'Printer' })
export type RestPrinter = z.infer<typeof printer>
export const printerPage = pageOf(printer)

export const printed = z
  .strictObject({ printer_id: z.string(), duplicate: z.boolean() })
  .meta({ id: 'Printed', description: 'It waits for its printer; `state` says how that stands.' })
export type Printed = z.infer<typeof printed>

export const receiptQuery = z.strictObject({
  format: z
    .enum(['html', 'text'])
    .optional()
    .meta({ description: 'The receipt itself is the answer, and nothing is printed.' }),
  check: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_CHECKS)
    .optional()
    .meta({ description: 'Of a split bill: the receipt of that check alone.' }),
  language: z
    .enum(PAPER_LANGUAGES)
    .optional()
    .meta({ description: 'The guest’s; left out: the store’s.' }),
})
