import type { TablePlace } from '../../domain/floor.ts'
import type { RecordValue } from '../../domain/catalog.ts'

/** Where the demo restaurant's tables stand, and in which order it brings things. */

export const DEMO_ROOMS = ['Dining room', 'Terrace'].map((name, position) => ({
  id: name,
  value: { name, position },
}))

const round = (x: number, y: number, size: number): TablePlace => ({
  x,
  y,
  width: size,
  height: size,
  shape: 'round',
})
const square = (x: number, y: number, width = 4, height = 4): TablePlace => ({
  x,
  y,
  width,
  height,
  shape: 'square',
})

/** Of the tables 1 to 20, in the order of their numbers. */
const PLACES: readonly TablePlace[] = [
  round(1, 1, 3),
  round(6, 1, 3),
  square(11, 1),
  square(17, 1),
  square(23, 1),
  round(1, 7, 4),
  round(8, 8, 3),
  round(13, 8, 3),
  square(18, 8, 6, 4),
  square(27, 7, 4, 6),
  square(1, 15, 9, 4),
  square(13, 15),
  round(2, 2, 3),
  round(8, 2, 3),
  round(14, 2, 3),
  square(20, 2),
  round(2, 9, 4),
  round(9, 9, 4),
  round(16, 9, 4),
  square(22, 9, 7, 4),
]

export const DEMO_TABLE_PLACES = PLACES.map((value, index) => ({ id: `table-${index + 1}`, value }))

/** Named, and of no category: what comes when is the waiter's word. */
export const DEMO_COURSES: readonly { id: string; value: RecordValue<'course'> }[] = [
  'Drinks',
  'Starters',
  'Mains',
  'Desserts',
].map((name, index) => ({ id: String(index + 1), value: { name, categoryIds: [] } }))
