import type { Migration } from 'kysely/migration'
import { firstSchema } from './0001-first-schema.ts'
import { sealedCustomers } from './0002-sealed-customers.ts'

/** In order of their names; one that was released is never changed again. */
export const migrations: Record<string, Migration> = {
  '0001-first-schema': firstSchema,
  '0002-sealed-customers': sealedCustomers,
}
