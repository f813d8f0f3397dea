import type { Catalog } from './catalog.ts'

/** The courses that a store has named. */

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
