import { z } from 'zod'
import { pageOf, pageQuery, text, timeOut } from '../rest/values.ts'
import { email, newPassword, OFFICE_ROLES, storesOut } from './session.ts'

/** Who may use the back office. For admins. */

const name = text(120).min(1)
const storesIn = z.union([z.literal('all'), z.array(text(120).min(1)).max(2_000)])

export const usersQuery = pageQuery

export const userParams = z.strictObject({ user_id: text(120).min(1) })

export const newUserBody = z.strictObject({
  email,
  name,
  role: z.enum(OFFICE_ROLES),
  stores: storesIn,
  /** Absent: one is made and shown once, in the answer. */
  password: newPassword.optional(),
})

/** What is absent stays. A new password or `disabled` ends all of the user's sessions. */
export const userChangeBody = z.strictObject({
  name: name.optional(),
  role: z.enum(OFFICE_ROLES).optional(),
  stores: storesIn.optional(),
  disabled: z.boolean().optional(),
  /** A text sets it; true makes one, which is shown once, in the answer. */
  password: z.union([newPassword, z.literal(true)]).optional(),
})

export const userOut = z.strictObject({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(OFFICE_ROLES),
  stores: storesOut,
  disabled: z.boolean(),
  created_at: timeOut,
  /** Null: never. */
  last_sign_in_at: timeOut.nullable(),
})
export type UserOut = z.infer<typeof userOut>

export const usersOut = pageOf(userOut)

/** `password` where one was made: nobody can show it again. */
export const userWithPasswordOut = userOut.extend({ password: z.string().nullable() })
export type UserWithPasswordOut = z.infer<typeof userWithPasswordOut>
