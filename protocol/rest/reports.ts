import { z } from 'zod'
import { exceptionsFields } from '../office/exceptions.ts'
import { SALES_BY } from '../office/sales.ts'
import { isRange, rangeFields, RANGE_RULE, rowsFields } from '../office/values.ts'

/** The questions of the back office's reports, asked of a device or of the centre as a store. */

const { format: _, ...range } = rangeFields

export const reportQuery = z.strictObject(range).refine(isRange, RANGE_RULE)

export const salesReportQuery = z
  .strictObject({ ...range, ...rowsFields, by: z.enum(SALES_BY) })
  .refine(isRange, RANGE_RULE)

export const exceptionsReportQuery = z
  .strictObject({ ...range, ...exceptionsFields })
  .refine(isRange, RANGE_RULE)
