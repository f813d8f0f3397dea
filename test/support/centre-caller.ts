import type { Database } from '../../db/postgres/database.ts'
import { withStores } from '../../db/postgres/scope.ts'
import { createStoreToken } from '../../db/postgres/store-tokens.ts'
import type { Role } from '../../domain/catalog.ts'
import type { Central } from '../../main/central/central.ts'

/** Calls of the REST API at a running centre, with a token of one store. */
export interface CentreAnswer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly text: string
}

export type CentreCall = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
  at?: Pick<Central, 'api'>,
) => Promise<CentreAnswer>

export const storeToken = (database: Database, storeId: string, role: Role): Promise<string> =>
  withStores(database, [storeId], (trx) => createStoreToken(trx, storeId, { role, label: role }))

/** `token` null: without one. */
export function callerWith(central: Pick<Central, 'api'>, token: string | null): CentreCall {
  return async (method, path, body, headers = {}, at = central) => {
    const response = await fetch(`${at.api}${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, text, body: isJson ? JSON.parse(text) : {} }
  }
}
