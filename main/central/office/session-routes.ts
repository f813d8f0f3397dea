import type { FastifyRequest } from 'fastify'
import type { OfficeSession } from '../../../db/postgres/office/sessions.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { PASSWORD_PATH, SESSION_PATH } from '../../../protocol/office/paths.ts'
import {
  OFFICE_REFUSALS,
  OFFICE_ROLES,
  passwordBody,
  signInBody,
  type SessionOut,
} from '../../../protocol/office/session.ts'
import { houseOf } from './address.ts'
import { endedCookie, sessionCookie, sessionToken } from './cookie.ts'
import { createPasswordCheck, hashPassword } from './password.ts'
import { officeRoute, type OfficeProblem, type OfficeRoute } from './route.ts'
import { createSignIn, type SignInDeps, type SignInRefusal } from './sign-in.ts'

/** Signing in and out, and one's own password. */
export function sessionRoutes(deps: SignInDeps): OfficeRoute[] {
  const { users, sessions, tries, now } = deps
  const signIn = createSignIn(deps)
  const check = createPasswordCheck()
  const cookieFor = (request: FastifyRequest, token: string, expiresAt: Date): string =>
    sessionCookie(request, token, Math.floor((expiresAt.getTime() - now().getTime()) / 1_000))

  return [
    officeRoute({
      method: 'POST',
      path: SESSION_PATH,
      roles: null,
      body: signInBody,
      handle: async ({ body, request }) => {
        const signedIn = await signIn({ ...body, address: houseOf(request.ip) })
        if (!signedIn.ok) return refuse(signInProblem(signedIn.error))
        const { user, session } = signedIn.value
        const headers = { 'set-cookie': cookieFor(request, session.token, session.expiresAt) }
        return ok({ headers, body: sessionToRest({ ...user, ...session }) })
      },
    }),
    officeRoute({
      method: 'GET',
      path: SESSION_PATH,
      roles: OFFICE_ROLES,
      handle: async ({ session }) => ok({ body: sessionToRest(session) }),
    }),
    officeRoute({
      method: 'DELETE',
      path: SESSION_PATH,
      roles: null,
      handle: async ({ request }) => {
        const token = sessionToken(request)
        if (token !== null) await sessions.end(token, now())
        return ok({ headers: { 'set-cookie': endedCookie(request) } })
      },
    }),
    officeRoute({
      method: 'PUT',
      path: PASSWORD_PATH,
      roles: OFFICE_ROLES,
      body: passwordBody,
      handle: async ({ body, session, request }) => {
        const who = { email: session.email, address: houseOf(request.ip) }
        const waitMs = await tries.take(who, now())
        if (waitMs > 0) return refuse(signInProblem({ code: 'wait', waitMs }))
        const user = await users.byId(session.userId)
        const isRight = await check(user?.passwordHash ?? '', body.current_password)
        if (isRight === null) return refuse(signInProblem({ code: 'busy' }))
        if (!isRight) return refuse(WRONG_PASSWORD)
        await tries.succeeded(who)
        const passwordHash = await hashPassword(body.new_password)
        const { userId, sessionId } = session
        await users.change(userId, { passwordHash }, userId, now(), sessionId)
        return ok({})
      },
    }),
  ]
}

type ShownSession = Omit<OfficeSession, 'sessionId'>

const sessionToRest = (session: ShownSession): SessionOut => ({
  user: {
    id: session.userId,
    email: session.email,
    name: session.name,
    role: session.role,
    stores: session.stores === 'all' ? 'all' : [...session.stores],
  },
  expires_at: session.expiresAt.toISOString(),
  idle_expires_at: session.idleExpiresAt.toISOString(),
})

function signInProblem(refusal: SignInRefusal): OfficeProblem {
  switch (refusal.code) {
    case 'wrong':
      return {
        status: 401,
        code: OFFICE_REFUSALS.wrongSignIn,
        detail: 'E-mail or password is not right.',
      }
    case 'wait': {
      const seconds = Math.ceil(refusal.waitMs / 1_000)
      return {
        status: 429,
        code: OFFICE_REFUSALS.tooManyTries,
        detail: `Too many tries. Wait ${seconds} seconds.`,
        retryAfterSeconds: seconds,
      }
    }
    case 'busy':
      return {
        status: 503,
        code: 'busy',
        detail: 'Too many people sign in at this moment. Try again.',
        retryAfterSeconds: 2,
      }
  }
}

const WRONG_PASSWORD: OfficeProblem = {
  status: 403,
  code: OFFICE_REFUSALS.wrongPassword,
  detail: 'The present password is not right.',
}
