import { z } from 'zod'

/** RFC 9457. Further members carry the data of the refusal. */
export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable: programs decide by it.' }),
    detail: z.string(),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })

export const PROBLEM_CONTENT_TYPE = 'application/problem+json'
