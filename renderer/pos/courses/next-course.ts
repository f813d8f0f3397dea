import { isLive, type LineView, type ShownOrder } from '../../../domain/order-view.ts'

/** What waits in an order, and what is to be said next. Pure. */

export interface CourseGroup {
  /** Null: in no course. */
  readonly course: number | null
  readonly lines: readonly LineView[]
  readonly isHeld: boolean
}

/** Lines by their course, the first course first; what is in none stands before all. */
export function byCourse(lines: readonly LineView[]): CourseGroup[] {
  const groups = Map.groupBy(lines, ({ course }) => course)
  return [...groups]
    .toSorted(([a], [b]) => (a ?? 0) - (b ?? 0))
    .map(([course, own]) => ({ course, lines: own, isHeld: own.some(({ held }) => held) }))
}

/** Something can be sent that waits for no word. */
export const hasSendable = ({ lines }: Pick<ShownOrder, 'lines'>): boolean =>
  lines.some((line) => isLive(line) && !line.fired && !line.held)

/** The course to be fired next; null: none waits. */
export const nextCourse = ({ heldCourses }: Pick<ShownOrder, 'heldCourses'>): number | null =>
  heldCourses[0] ?? null

/** The seats that can be chosen: those of the table, and those that somebody sits on already. */
export function seatsAt(tableSeats: number | null, lines: readonly LineView[]): number[] {
  const used = lines.map(({ seat }) => seat ?? 0)
  const count = Math.max(tableSeats ?? 0, ...used, 2)
  return Array.from({ length: count }, (_, index) => index + 1)
}
