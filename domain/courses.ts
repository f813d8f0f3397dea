import { z } from 'zod'

/** Who at the table gets a line, and with which course it comes. */

export const MAX_SEATS = 99
export const MAX_COURSES = 9

export const seatNumber = z.int().min(1).max(MAX_SEATS)
export const courseNumber = z.int().min(1).max(MAX_COURSES)
