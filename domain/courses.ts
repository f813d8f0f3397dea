import { z } from 'zod'
import type { Catalog } from './catalog.ts'

/** Who at the table gets a line, and with which course it comes. */

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

export const isCourseId = (id: string): boolean => /^[1-9]$/.test(id)

type Courses = Pick<Catalog, 'course'>

/** The courses that the store has named, the first one first. */
export const namedCourses = ({ course: courses }: Courses): { number: number; name: string }[] =>
  [...courses]
    .filter(([id]) => isCourseId(id))
    .map(([id, { name }]) => ({ number: Number(id), name }))
    .toSorted((a, b) => a.number - b.number)

/** Null: it comes with none by itself. */
export function courseOfCategory({ course: courses }: Courses, categoryId: string): number | null {
  const found = [...courses]
    .filter(([id, { categoryIds }]) => isCourseId(id) && categoryIds.includes(categoryId))
    .map(([id]) => Number(id))
  return found.length === 0 ? null : Math.min(...found)
}
