import fastify from 'fastify'
import { createCredentials } from '../../db/postgres/credentials.ts'
import { migrate, openDatabase, type Database } from '../../db/postgres/database.ts'
import { createOfficeSessions } from '../../db/postgres/office/sessions.ts'
import {
  createOfficeUsers,
  type UserRole,
  type UserStores,
} from '../../db/postgres/office/users.ts'
import { createOffice, type Office } from '../../main/central/office/office.ts'
import { problemOf, sendProblem } from '../../main/central/problem.ts'
import { OFFICE_COOKIE } from '../../protocol/office/paths.ts'

/** The back office's side of a centre, with a clock that the test moves. */
export interface OfficeServer {
  readonly api: string
  readonly database: Database
  readonly office: Office
  readonly ask: (
    cookie: string | null,
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<Asked>
  /** Somebody who is signed in already; the password fits nothing. */
  readonly signedIn: (role: UserRole, stores: UserStores) => Promise<SignedInUser>
  readonly stop: () => Promise<void>
}

export interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** What the body says; `{}` where it is no JSON. */
  readonly json: Readonly<Record<string, unknown>>
}

export interface SignedInUser {
  readonly userId: string
  readonly email: string
  readonly cookie: string
}

let made = 0

export const cookieOf = (token: string): string => `${OFFICE_COOKIE}=${token}`

export async function startOffice(databaseUrl: string, now: () => Date): Promise<OfficeServer> {
  const database = openDatabase(databaseUrl, () => {})
  await migrate(database)
  const credentials = createCredentials(database)
  const office = createOffice({ database, credentials, now })
  // As behind what ends TLS, which says who called it.
  const app = fastify({ trustProxy: (_address: string, hop: number) => hop === 0 })
  app.setErrorHandler((error, _request, reply) => sendProblem(reply, problemOf(error)))
  office.addTo(app)
  const api = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    api,
    database,
    office,
    ask: async (cookie, method, path, body) => {
      const answer = await fetch(`${api}${path}`, {
        method,
        headers: {
          ...(cookie !== null && { cookie }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      const isJson = answer.headers.get('content-type')?.includes('json') ?? false
      const json = isJson ? (JSON.parse(text) as Asked['json']) : {}
      return { status: answer.status, headers: answer.headers, text, json }
    },
    signedIn: (role, stores) => signIn(database, role, stores, now()),
    stop: async () => {
      await app.close()
      await database.close()
    },
  }
}

export async function signIn(
  database: Database,
  role: UserRole,
  stores: UserStores,
  now: Date,
): Promise<SignedInUser> {
  const email = `${role}-${(made += 1)}@example.com`
  const user = { email, name: `The ${role}`, role, stores, passwordHash: 'none' }
  const created = await createOfficeUsers(database).create(user, null, now)
  if (!created.ok) throw new Error(created.error)
  const { userId } = created.value
  const { token } = await createOfficeSessions(database).begin(userId, now)
  return { userId, email, cookie: cookieOf(token) }
}
