import { z } from 'zod'
import { text } from '../rest/values.ts'

/** The small parts of which the back office's calls are made. */

export const EXPORT_FORMATS = ['json', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Business days of one question. A year with its leap day, and the same day of the year before. */
export const MAX_RANGE_DAYS = 367

export const businessDay = z.iso.date()
const format = z.enum(EXPORT_FORMATS).default('json')
const DAY_MS = 86_400_000

export const storeParams = z.strictObject({ store_id: text(120).min(1) })

/** Both ends belong to the range. Both absent: the store's business day now. */
export const rangeFields = {
  from: businessDay.optional(),
  to: businessDay.optional(),
  format,
}

interface Range {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export const isRange = ({ from, to }: Range): boolean =>
  (from === undefined) === (to === undefined) &&
  (from === undefined || to === undefined || (from <= to && daysIn(from, to) <= MAX_RANGE_DAYS))

export const RANGE_RULE = `from and to are business days, the earlier first, at most ${MAX_RANGE_DAYS} days, or both absent for today`

/** How many business days lie in a range, both ends counted. */
export const daysIn = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1

export const rangeQuery = z.strictObject(rangeFields).refine(isRange, RANGE_RULE)

/** What the answer is about: resolved, where the question left it open. */
export const rangeOut = {
  store_id: z.string(),
  from: businessDay,
  to: businessDay,
  currency: z.string(),
  time_zone: z.string(),
}

/** Of long lists: how many rows at most, and where to go on. */
export const rowsFields = {
  limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
  cursor: z.string().max(1_000).optional(),
}
export const nextCursor = z.string().nullable()

/** Who did something. The name is as the staff's list has it now; null where it has none. */
export const doer = z.strictObject({
  actor: z.string(),
  /** Null for accountants, who see no names, and for what no member of the staff did. */
  name: z.string().nullable(),
})
