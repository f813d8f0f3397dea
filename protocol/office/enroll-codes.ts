import { z } from 'zod'
import { text, timeOut } from '../rest/values.ts'

/** A code with which one store joins the centre. For admins of all stores. */
export const enrollCodeBody = z.strictObject({ store_name: text(120).min(1) })

export const enrollCodeOut = z.strictObject({
  /** Eight digits, once. */
  code: z.string(),
  expires_at: timeOut,
})
export type EnrollCodeOut = z.infer<typeof enrollCodeOut>
