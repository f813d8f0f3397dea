import { createCredentials } from '../../db/postgres/credentials.ts'
import { openDatabase, type Database } from '../../db/postgres/database.ts'
import { createOfficeSessions } from '../../db/postgres/office/sessions.ts'
import {
  createOfficeUsers,
  type UserRole,
  type UserStores,
} from '../../db/postgres/office/users.ts'
import { createOffice, type Office } from '../../main/central/office/office.ts'
import { startCentral } from '../../main/central/central.ts'
import { OFFICE_COOKIE } from '../../protocol/office/paths.ts'

/** A centre's HTTP side with a clock that the test moves. */
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

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
let made = 0

export const cookieOf = (token: string): string => `${OFFICE_COOKIE}=${token}`

export async function startOffice(databaseUrl: string, now: () => Date): Promise<OfficeServer> {
  const { api, stop } = await startCentral({
    database: { url: databaseUrl },
    port: 0,
    logger: quiet,
    now,
  })
  const database = openDatabase(databaseUrl, () => {})
  return {
    api,
    database,
    office: createOffice({ database, credentials: createCredentials(database), now }),
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
    signedIn: async (role, stores) => {
      const email = `${role}-${(made += 1)}@example.com`
      const user = { email, name: `The ${role}`, role, stores, passwordHash: 'none' }
      const created = await createOfficeUsers(database).create(user, null, now())
      if (!created.ok) throw new Error(created.error)
      const { userId } = created.value
      const { token } = await createOfficeSessions(database).begin(userId, now())
      return { userId, email, cookie: cookieOf(token) }
    },
    stop: async () => {
      await stop()
      await database.close()
    },
  }
}
