import { z } from 'zod'
import { text, timeOut } from '../rest/values.ts'

/**
 * Roles in the back office. `admin`: everything, and users and stores beside it. `manager`: orders,
 * menu and reports of the stores that were given. `viewer`, the accountant: reports and exports,
 * without names, reasons or anything that is known of a guest.
 */
export const OFFICE_ROLES = ['admin', 'manager', 'viewer'] as const
export type OfficeRole = (typeof OFFICE_ROLES)[number]

export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 200

export const email = z.email().max(200)
export const newPassword = text(MAX_PASSWORD).min(MIN_PASSWORD)

export const signInBody = z.strictObject({ email: text(200), password: text(MAX_PASSWORD) })
export type SignInBody = z.infer<typeof signInBody>

export const passwordBody = z.strictObject({
  current_password: text(MAX_PASSWORD),
  new_password: newPassword,
})

/** `all`, also stores that are still to come, or these. */
export const storesOut = z.union([z.literal('all'), z.array(z.string())])

/** The answer to signing in and to GET. */
export const sessionOut = z.strictObject({
  user: z.strictObject({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(OFFICE_ROLES),
    stores: storesOut,
  }),
  /** When it ends at the latest. */
  expires_at: timeOut,
  /** When it ends if nothing is asked until then. */
  idle_expires_at: timeOut,
})
export type SessionOut = z.infer<typeof sessionOut>

/** Refusals of these calls, by `code`. */
export const OFFICE_REFUSALS = {
  /** 401: the cookie is missing, or its session has ended. */
  signedOut: 'signed_out',
  /** 401: e-mail or password is wrong; which of them is not said. */
  wrongSignIn: 'wrong_sign_in',
  /** 403: what was given as the present password is not it. */
  wrongPassword: 'wrong_password',
  /** 429 with `retry-after` in seconds. */
  tooManyTries: 'too_many_tries',
  /** 403: the role may not. */
  forbidden: 'forbidden',
  /** 404: there is no such store, or it is not one of the user's. */
  storeNotFound: 'store_not_found',
  /** 404: there is no such user, or one whom the admin may not manage. */
  userNotFound: 'user_not_found',
  /** 409 */
  emailTaken: 'email_taken',
  /** 409: nobody takes away one's own admin role, or disables oneself. */
  ownAccount: 'own_account',
  /** 422 with `errors`. */
  validationFailed: 'validation_failed',
} as const
