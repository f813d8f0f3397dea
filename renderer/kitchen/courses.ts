import type { LineView, ShownOrder } from '../../domain/order-view.ts'
import type { KitchenTicket } from './tickets.ts'

/** What of an order the kitchen is still to get: pure. */
export interface HeldCourse {
  readonly course: number
  readonly lines: readonly LineView[]
}

/** The next one first; `stationId`: only what that station will make of it. */
export function heldCourses(
  { lines }: Pick<ShownOrder, 'lines'>,
  stationId: string | null,
): HeldCourse[] {
  const held = lines.filter(
    (line) => line.held && (stationId === null || line.stationId === stationId),
  )
  return [...Map.groupBy(held, ({ course }) => course)]
    .flatMap(([course, own]) => (course === null ? [] : [{ course, lines: own }]))
    .toSorted((a, b) => a.course - b.course)
}

/** The course that all of a ticket belongs to; null: it has none, or several. */
export function courseOf({ lines }: Pick<KitchenTicket, 'lines'>): number | null {
  const courses = new Set(lines.filter(({ line }) => !line.voided).map(({ line }) => line.course))
  const [course] = courses
  return courses.size === 1 ? (course ?? null) : null
}
