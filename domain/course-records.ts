import { z } from 'zod'

/** Who at the table gets a line, and with which course it comes, as commands and the log say it. */

export const MAX_SEATS = 99
export const MAX_COURSES = 9

export const seatNumber = z.int().min(1).max(MAX_SEATS)
export const courseNumber = z.int().min(1).max(MAX_COURSES)

/** Its id is the course's number. */
export const courseRecord = z.strictObject({
  name: z.string().min(1).max(40),
  /** What is rung up of these categories comes with this course, unless somebody says otherwise. */
  categoryIds: z.array(z.string().min(1).max(80)).max(100),
})
