import { z } from 'zod'
import { order } from './order.ts'
import { problem } from './problem.ts'
import { pageOf, text, timeOut } from './values.ts'

/** Many commands that were handed in at once, and what became of each. */

const result = z.strictObject({
  place: z.int().meta({ description: 'Of the command, from 0.' }),
  operation: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  tries: z.int(),
  status: z.int().nullable().meta({ description: 'As a request of its own would have answered.' }),
  order_id: z.string().nullable(),
  order: order
    .nullable()
    .meta({ description: 'As it is now; null also where it has left this device.' }),
  problem: problem.nullable(),
})
export type RestJobResult = z.infer<typeof result>

const head = {
  id: z.string(),
  state: z.enum(['waiting', 'done']).meta({ description: 'Done: nothing of it waits any more.' }),
  created_at: timeOut,
  finished_at: timeOut.nullable(),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
}

export const jobHead = z.strictObject(head).meta({ id: 'JobHead' })
export const job = z
  .strictObject({ ...head, results: pageOf(result) })
  .meta({ id: 'Job', description: 'Results page by `limit` and `cursor`, in the order asked.' })

export const jobParams = z.strictObject({ id: text(120).min(1) })
