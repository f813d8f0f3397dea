import type { Credentials } from '../../../db/postgres/credentials.ts'
import type { Database } from '../../../db/postgres/database.ts'
import { writeAudit } from '../../../db/postgres/office/audit.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { enrollCodeBody, type EnrollCodeOut } from '../../../protocol/office/enroll-codes.ts'
import { ENROLL_CODES_PATH } from '../../../protocol/office/paths.ts'
import { officeRoute, type OfficeRoute } from './route.ts'
import { FORBIDDEN } from './serve-routes.ts'

export interface EnrollCodeDeps {
  readonly database: Pick<Database, 'sql'>
  readonly credentials: Pick<Credentials, 'newEnrollCode'>
  readonly now: () => Date
}

/** A new store is nobody's yet: who may see some stores alone takes none in. */
export const enrollCodeRoute = ({ database, credentials, now }: EnrollCodeDeps): OfficeRoute =>
  officeRoute({
    method: 'POST',
    path: ENROLL_CODES_PATH,
    roles: ['admin'],
    body: enrollCodeBody,
    handle: async ({ body, session }) => {
      if (session.stores !== 'all') return refuse(FORBIDDEN)
      const made = await credentials.newEnrollCode(body.store_name, now())
      const { userId } = session
      await writeAudit(database.sql, { at: now(), userId, action: 'enroll_code_made' })
      const shown: EnrollCodeOut = { code: made.code, expires_at: made.expiresAt.toISOString() }
      return ok({ status: 201, body: shown })
    },
  })
