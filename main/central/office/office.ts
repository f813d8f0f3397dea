import type { FastifyInstance } from 'fastify'
import type { Credentials } from '../../../db/postgres/credentials.ts'
import type { Database } from '../../../db/postgres/database.ts'
import { readStores } from '../../../db/postgres/office/read-stores.ts'
import { createOfficeSessions } from '../../../db/postgres/office/sessions.ts'
import { createSignInTries } from '../../../db/postgres/office/sign-in-tries.ts'
import { findStore } from '../../../db/postgres/office/stores.ts'
import { createOfficeUsers } from '../../../db/postgres/office/users.ts'
import { createOfficeCaller } from './caller.ts'
import { dayRoute } from './day-route.ts'
import { deviceRoute } from './device-route.ts'
import { enrollCodeRoute } from './enroll-code-route.ts'
import { exceptionsRoute } from './exceptions-route.ts'
import { exportRoutes } from './export-routes.ts'
import { overviewRoutes } from './overview-routes.ts'
import { preparationRoute } from './preparation-route.ts'
import type { OfficeRoute } from './route.ts'
import { salesRoutes } from './sales-routes.ts'
import { serveOfficeRoutes } from './serve-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { userRoutes } from './user-routes.ts'

export interface OfficeDeps {
  readonly database: Pick<Database, 'sql'>
  readonly credentials: Pick<Credentials, 'newEnrollCode'>
  readonly now: () => Date
}

/** The back office's own side of the centre. */
export interface Office {
  readonly routes: readonly OfficeRoute[]
  /** Who asks the API of orders, and for which store; null where no session is shown. */
  readonly callerOf: ReturnType<typeof createOfficeCaller>
  readonly addTo: (app: FastifyInstance) => void
}

export function createOffice({ database, credentials, now }: OfficeDeps): Office {
  const users = createOfficeUsers(database)
  const sessions = createOfficeSessions(database)
  const tries = createSignInTries(database)
  const storeExists = async (storeId: string): Promise<boolean> =>
    (await readStores(database, [storeId], (trx) => findStore(trx, storeId))) !== null
  const callerDeps = { sessions, storeExists, now }
  const routes = [
    ...sessionRoutes({ database, users, sessions, tries, now }),
    ...userRoutes({ database, users, now }),
    enrollCodeRoute({ database, credentials, now }),
    ...overviewRoutes({ database, now }),
    ...salesRoutes({ database, now }),
    dayRoute({ database, now }),
    preparationRoute({ database, now }),
    exceptionsRoute({ database, now }),
    deviceRoute({ database, now }),
    ...exportRoutes({ database, now }),
  ]
  return {
    routes,
    callerOf: createOfficeCaller(callerDeps),
    addTo: (app) => serveOfficeRoutes(app, routes, callerDeps),
  }
}
