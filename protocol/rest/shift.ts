import { z } from 'zod'
import { timeOut } from './values.ts'

export const shiftOut = z
  .strictObject({
    id: z.string(),
    staff_id: z.string(),
    staff_name: z.string().nullable(),
    business_day: z.string(),
    from: timeOut,
    to: timeOut.nullable().meta({ description: 'Null: somebody is still at work, or forgot.' }),
    forgotten: z.boolean(),
    void: z.boolean().meta({ description: 'A manager said that there was none.' }),
    minutes: z.int().meta({ description: 'Until now where it is open, 0 where it was forgotten.' }),
    corrected: z.strictObject({ by: z.string(), at: timeOut, reason: z.string() }).nullable(),
  })
  .meta({ id: 'Shift' })
export type RestShift = z.infer<typeof shiftOut>

const DAY = z.iso.date()

export const shiftsQuery = z.strictObject({
  from: DAY.optional().meta({ description: 'The first business day; absent: the one now.' }),
  to: DAY.optional().meta({ description: 'The last one, up to 92 days later.' }),
})
export type ShiftsQuery = z.infer<typeof shiftsQuery>

export const shiftsOut = z
  .strictObject({
    from: DAY,
    to: DAY,
    shifts: z.array(shiftOut),
    people: z
      .array(
        z.strictObject({
          staff_id: z.string(),
          staff_name: z.string().nullable(),
          minutes: z.int(),
        }),
      )
      .meta({ description: 'Hours that overlap count once.' }),
  })
  .meta({ id: 'Shifts' })
