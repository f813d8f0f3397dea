import type { Database } from '../../../db/postgres/database.ts'
import { writeAudit } from '../../../db/postgres/office/audit.ts'
import type { NewSession, OfficeSessions } from '../../../db/postgres/office/sessions.ts'
import type { SignInTries } from '../../../db/postgres/office/sign-in-tries.ts'
import type { OfficeUser, OfficeUsers } from '../../../db/postgres/office/users.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import type { SignInBody } from '../../../protocol/office/session.ts'
import { createPasswordCheck, hashPassword, newPassword } from './password.ts'

export interface SignInDeps {
  readonly database: Pick<Database, 'sql'>
  readonly users: OfficeUsers
  readonly sessions: OfficeSessions
  readonly tries: SignInTries
  readonly now: () => Date
}

export interface SignInWish extends Readonly<SignInBody> {
  readonly address: string
}

export interface SignedIn {
  readonly user: OfficeUser
  readonly session: NewSession
}

export type SignInRefusal =
  | { readonly code: 'wrong' }
  | { readonly code: 'wait'; readonly waitMs: number }
  | { readonly code: 'busy' }

/**
 * Signing in. An unknown e-mail, a wrong password and a disabled user are one answer, after the same
 * work: a password is compared in any case, with a hash that nothing fits where there is no user.
 */
export function createSignIn({ database, users, sessions, tries, now }: SignInDeps) {
  const check = createPasswordCheck()
  const nobodysHash = hashPassword(newPassword())

  return async (wish: SignInWish): Promise<Result<SignedIn, SignInRefusal>> => {
    const who = { email: wish.email, address: wish.address }
    const waitMs = await tries.take(who, now())
    if (waitMs > 0) return refuse({ code: 'wait', waitMs })
    const user = await users.find(wish.email)
    const isRight = await check(user?.passwordHash ?? (await nobodysHash), wish.password)
    if (isRight === null) return refuse({ code: 'busy' })
    if (user === null || !isRight || user.disabled) {
      const failed = { at: now(), userId: null, action: 'sign_in_failed' } as const
      await writeAudit(database.sql, { ...failed, ...(user && { subject: user.userId }) })
      return refuse({ code: 'wrong' })
    }
    await tries.succeeded(who)
    await users.signedIn(user.userId, now())
    return ok({ user, session: await sessions.begin(user.userId, now()) })
  }
}
