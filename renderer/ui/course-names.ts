import type { Catalog } from '../../domain/catalog.ts'
import { say } from '../words/say.ts'

/** What the store calls a course; where it has said nothing, its number. */
export const courseName = ({ course: courses }: Pick<Catalog, 'course'>, course: number): string =>
  courses.get(String(course))?.name ?? say('floor.course', { course })
