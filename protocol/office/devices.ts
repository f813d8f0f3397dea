import { z } from 'zod'
import { timeOut } from '../rest/values.ts'
import { EXPORT_FORMATS } from './values.ts'

/** What the centre holds of each device of a store (rule U2). */

export const devicesQuery = z.strictObject({ format: z.enum(EXPORT_FORMATS).default('json') })

/** One log that a device writes or wrote; after a restore it goes on in another (rule L6). */
export const deviceLog = z.strictObject({
  origin: z.string(),
  /** Every entry up to this number is here; 0: none. */
  held_up_to: z.int(),
  /** The highest number that anyone has shown here. */
  known_up_to: z.int(),
  /** What is missing, by number; null: nothing. */
  missing: z.strictObject({ from: z.int(), to: z.int(), count: z.int() }).nullable(),
  /** When the newest entry that is here was made, by the device's clock, and when it came. */
  newest_made_at: timeOut.nullable(),
  newest_came_at: timeOut.nullable(),
})

export const officeDevice = z.strictObject({
  /** Null for a log that no device on the roster claims. */
  device_id: z.string().nullable(),
  name: z.string().nullable(),
  role: z.enum(['terminal', 'kitchen', 'central']).nullable(),
  code: z.string().nullable(),
  removed: z.boolean(),
  /**
   * When it last brought entries here itself, its own or others'. Any device brings the whole store's,
   * so one that never did may be all right.
   */
  last_contact_at: timeOut.nullable(),
  /** Seconds between making and coming of its newest entry here; null where nothing has come. */
  lag_seconds: z.int().nullable(),
  /** Entries that are known to be missing, over all its logs. */
  missing_count: z.int(),
  /** Something is missing, or nothing has ever come of a device that was not removed. */
  behind: z.boolean(),
  logs: z.array(deviceLog),
})
export type OfficeDevice = z.infer<typeof officeDevice>

export const officeDevices = z
  .strictObject({
    store_id: z.string(),
    data: z.array(officeDevice),
    /** Entries kept aside because another one has their number: for support. */
    quarantined: z.int(),
    /** Events that this version of the centre cannot read: it needs an update. */
    unreadable: z.int(),
  })
  .meta({ id: 'OfficeDevices' })
export type OfficeDevices = z.infer<typeof officeDevices>
