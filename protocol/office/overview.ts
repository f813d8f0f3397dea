import { z } from 'zod'
import { money, pageOf, pageQuery, text, timeOut } from '../rest/values.ts'
import { businessDay, EXPORT_FORMATS } from './values.ts'

const search = text(120).optional().meta({ description: 'A part of the name.' })

export const storesQuery = pageQuery.extend({ q: search })

/** A store to choose. */
export const storeLine = z.strictObject({
  store_id: z.string(),
  name: z.string(),
  currency: z.string(),
  time_zone: z.string(),
  /** `HH:MM` in the store's zone: before it, a sale counts for the day before. */
  day_starts_at: z.string(),
  /** The business day now. */
  business_day: businessDay,
})
export type StoreLine = z.infer<typeof storeLine>
export const storesPage = pageOf(storeLine)

export const overviewQuery = pageQuery.extend({
  q: search,
  /** Absent: each store's own business day now. */
  day: businessDay.optional(),
  format: z.enum(EXPORT_FORMATS).default('json'),
})

const sold = z.strictObject({
  /** Orders that were not cancelled. */
  orders: z.int(),
  total: money,
})

/** How one store is doing, in one line. */
export const overviewLine = storeLine.extend({
  /** The day that this is about. */
  day: businessDay,
  sales: sold,
  /** The same weekday a week before: until the same time of day, where the day still runs. */
  week_before: sold,
  /** The same, the day as a whole. */
  week_before_whole: sold,
  open_orders: z.strictObject({ count: z.int(), due: money }),
  open_conflicts: z.int(),
  /** Of the day's tickets, from being sent to being done; null: none is done. */
  preparation: z.strictObject({
    p50_seconds: z.int().nullable(),
    p90_seconds: z.int().nullable(),
  }),
  devices: z.strictObject({
    /** On the roster and not removed. */
    count: z.int(),
    /** Of these: entries are known to be missing, or none has ever come. */
    behind: z.int(),
  }),
  /** When a device of the store last brought something here. */
  last_contact_at: timeOut.nullable(),
})
export type OverviewLine = z.infer<typeof overviewLine>
export const overviewPage = pageOf(overviewLine)
