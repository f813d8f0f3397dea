import { z } from 'zod'
import { FLOOR_COLUMNS, FLOOR_ROWS, MAX_TABLE_CELLS, MIN_TABLE_CELLS } from './floor.ts'

/** Rooms, and where tables stand in them. */

const name = z.string().min(1).max(120)
const position = z.int().min(0).max(100_000)
const cells = z.int().min(MIN_TABLE_CELLS).max(MAX_TABLE_CELLS)

/** Its id is what tables name as their room. A room without a record is called as its tables call it. */
export const roomRecord = z.strictObject({ name, position })

/** Of the table with this id. Kept apart from it, so that dragging and a change of seats never collide. */
export const tablePlaceRecord = z
  .strictObject({
    x: z
      .int()
      .min(0)
      .max(FLOOR_COLUMNS - MIN_TABLE_CELLS),
    y: z
      .int()
      .min(0)
      .max(FLOOR_ROWS - MIN_TABLE_CELLS),
    width: cells,
    height: cells,
    shape: z.enum(['square', 'round']),
  })
  .refine(({ x, width }) => x + width <= FLOOR_COLUMNS, {
    message: `x and width together are at most ${FLOOR_COLUMNS}`,
    path: ['width'],
  })
  .refine(({ y, height }) => y + height <= FLOOR_ROWS, {
    message: `y and height together are at most ${FLOOR_ROWS}`,
    path: ['height'],
  })
