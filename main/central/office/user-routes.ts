import type { Database } from '../../../db/postgres/database.ts'
import { unknownStores } from '../../../db/postgres/office/stores.ts'
import type {
  OfficeUser,
  OfficeUsers,
  UserChange,
  UserStores,
} from '../../../db/postgres/office/users.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { z } from 'zod'
import { USER_PATH, USERS_PATH } from '../../../protocol/office/paths.ts'
import { OFFICE_REFUSALS } from '../../../protocol/office/session.ts'
import {
  newUserBody,
  userChangeBody,
  userParams,
  usersQuery,
  type UserOut,
  type UserWithPasswordOut,
} from '../../../protocol/office/users.ts'
import { decodeCursor, encodeCursor } from '../../api/paging.ts'
import { maySee } from './caller.ts'
import { hashPassword, newPassword } from './password.ts'
import { officeRoute, type OfficeProblem, type OfficeRoute } from './route.ts'
import { FORBIDDEN } from './serve-routes.ts'

export interface UserDeps {
  readonly database: Pick<Database, 'sql'>
  readonly users: OfficeUsers
  readonly now: () => Date
}

const ADMINS = ['admin'] as const
const cursorKey = z.tuple([z.string()])

/**
 * Admins and the people of the back office. An admin of some stores manages those whose stores lie
 * among them, and gives nobody more.
 */
export function userRoutes({ database, users, now }: UserDeps): OfficeRoute[] {
  return [
    officeRoute({
      method: 'GET',
      path: USERS_PATH,
      roles: ADMINS,
      query: usersQuery,
      handle: async ({ query, session }) => {
        const after = decodeCursor(query.cursor, cursorKey)
        if (!after.ok) return after
        const found = await users.list(session.stores, after.value?.[0] ?? null, query.limit + 1)
        const data = found.slice(0, query.limit)
        const last = data.at(-1)
        const next_cursor = last && found.length > query.limit ? encodeCursor([last.email]) : null
        return ok({ body: { data: data.map(userToRest), next_cursor } })
      },
    }),
    officeRoute({
      method: 'POST',
      path: USERS_PATH,
      roles: ADMINS,
      body: newUserBody,
      handle: async ({ body, session }) => {
        const fault = await storesFault(session.stores, body.stores)
        if (fault !== null) return refuse(fault)
        const made = body.password === undefined ? newPassword() : null
        const passwordHash = await hashPassword(body.password ?? made ?? '')
        const created = await users.create({ ...body, passwordHash }, session.userId, now())
        if (!created.ok) return refuse(EMAIL_TAKEN)
        return ok({ status: 201, body: withPassword(created.value, made) })
      },
    }),
    officeRoute({
      method: 'GET',
      path: USER_PATH,
      roles: ADMINS,
      params: userParams,
      handle: async ({ params, session }) => {
        const user = await managed(session.stores, params.user_id)
        return user === null ? refuse(USER_NOT_FOUND) : ok({ body: userToRest(user) })
      },
    }),
    officeRoute({
      method: 'PUT',
      path: USER_PATH,
      roles: ADMINS,
      params: userParams,
      body: userChangeBody,
      handle: async ({ params, body, session }) => {
        const user = await managed(session.stores, params.user_id)
        if (user === null) return refuse(USER_NOT_FOUND)
        const { name, role, stores, disabled, password } = body
        const isOwn = user.userId === session.userId
        if (isOwn && (role !== undefined || stores !== undefined || disabled !== undefined)) {
          return refuse(OWN_ACCOUNT)
        }
        const fault = stores === undefined ? null : await storesFault(session.stores, stores)
        if (fault !== null) return refuse(fault)
        const made = password === true ? newPassword() : null
        const shown = typeof password === 'string' ? password : made
        const change: UserChange = {
          ...(name !== undefined && { name }),
          ...(role !== undefined && { role }),
          ...(stores !== undefined && { stores }),
          ...(disabled !== undefined && { disabled }),
          ...(shown !== null && { passwordHash: await hashPassword(shown) }),
        }
        const kept = isOwn ? session.sessionId : undefined
        const changed = await users.change(user.userId, change, session.userId, now(), kept)
        if (changed === null) return refuse(USER_NOT_FOUND)
        return ok({ body: withPassword(changed, made) })
      },
    }),
  ]

  async function managed(ownStores: UserStores, userId: string): Promise<OfficeUser | null> {
    const user = await users.byId(userId)
    return user !== null && mayGive(ownStores, user.stores) ? user : null
  }

  async function storesFault(own: UserStores, given: UserStores): Promise<OfficeProblem | null> {
    if (!mayGive(own, given)) return FORBIDDEN
    const unknown = given === 'all' ? [] : await unknownStores(database, given)
    if (unknown.length === 0) return null
    const message = `There is no store ${unknown[0]}`
    return {
      status: 422,
      code: OFFICE_REFUSALS.validationFailed,
      detail: `stores: ${message}`,
      errors: [{ path: 'stores', message }],
    }
  }
}

const mayGive = (own: UserStores, stores: UserStores): boolean =>
  own === 'all' || (stores !== 'all' && stores.every((id) => maySee(own, id)))

const userToRest = (user: OfficeUser): UserOut => ({
  id: user.userId,
  email: user.email,
  name: user.name,
  role: user.role,
  stores: user.stores === 'all' ? 'all' : [...user.stores],
  disabled: user.disabled,
  created_at: user.createdAt.toISOString(),
  last_sign_in_at: user.lastSignInAt?.toISOString() ?? null,
})

const withPassword = (user: OfficeUser, password: string | null): UserWithPasswordOut => ({
  ...userToRest(user),
  password,
})

const USER_NOT_FOUND: OfficeProblem = {
  status: 404,
  code: OFFICE_REFUSALS.userNotFound,
  detail: 'There is no such user among those whom you may manage.',
}

const EMAIL_TAKEN: OfficeProblem = {
  status: 409,
  code: OFFICE_REFUSALS.emailTaken,
  detail: 'Somebody else has this e-mail address here.',
}

const OWN_ACCOUNT: OfficeProblem = {
  status: 409,
  code: OFFICE_REFUSALS.ownAccount,
  detail: "Nobody changes the role, the stores or the access of one's own account.",
}
