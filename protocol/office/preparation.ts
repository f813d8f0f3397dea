import { z } from 'zod'
import { rangeOut } from './values.ts'

/**
 * From sending a ticket to a station until the kitchen put it away, by the clocks of the devices on
 * which both happened; where no screen puts tickets away, until the order was ready. Null where nothing
 * was measured.
 */
const seconds = z.int().nullable()

const times = {
  /** Tickets with both times. */
  tickets: z.int(),
  /** Not done yet, or done before they were sent, by a wrong clock. */
  unmeasured: z.int(),
  /** Half of them took at most this long, nine of ten, 99 of a hundred. */
  p50_seconds: seconds,
  p90_seconds: seconds,
  p99_seconds: seconds,
  longest_seconds: seconds,
}

export const preparationReport = z
  .strictObject({
    ...rangeOut,
    all: z.strictObject(times),
    by_station: z.array(
      z.strictObject({
        station_id: z.string(),
        name: z.string(),
        ...times,
        /** From when on the station calls a ticket late; null where it has left the menu. */
        late_after_seconds: seconds,
        /** Of the measured ones; null where nothing says what is late. */
        late: z.int().nullable(),
      }),
    ),
    /** By the hour in which it was sent, `00` … `23` in the store's zone, the day's first one first. */
    by_hour: z.array(z.strictObject({ hour: z.string(), ...times })),
  })
  .meta({ id: 'PreparationReport' })
export type PreparationReport = z.infer<typeof preparationReport>
