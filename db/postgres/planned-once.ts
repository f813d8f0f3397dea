import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { isArrayParameter } from './array-parameter.ts'

/**
 * Most of what a small upload costs PostgreSQL is to plan the same thirty statements again. So a
 * statement about few rows is prepared, once a connection. One about many rows is planned each time
 * for as many as there are: what is right for five is quadratic for five hundred (decision 0072).
 */
export function planningOnce(pool: pg.Pool): PostgresPool {
  // The same for the same connection: Kysely knows its connections by it.
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const known = wrapped.get(client)
      if (known !== undefined) return known
      const made = preparing(client)
      wrapped.set(client, made)
      return made
    },
  }
}

/** More elements than that in an array, and the statement is planned for them. */
const FEW = 20
/** Statements of one connection that are prepared; their texts are the program's, so there are few. */
const MAX_PREPARED = 200
/** A table was changed under a prepared statement: this connection would fail with it for ever. */
const PLAN_IS_STALE = '0A000'

const isLong = (value: unknown): boolean =>
  (Array.isArray(value) || isArrayParameter(value)) && value.length > FEW

function preparing(client: pg.PoolClient): PostgresPoolClient {
  const names = new Map<string, string>()
  let isStale = false

  function nameOf(text: string, values: readonly unknown[]): string | undefined {
    if (values.some(isLong)) return undefined
    const known = names.get(text)
    if (known !== undefined || names.size >= MAX_PREPARED) return known
    const name = `aura_${names.size}`
    names.set(text, name)
    return name
  }

  async function query(text: string, values: readonly unknown[]) {
    const name = nameOf(text, values)
    try {
      return await client.query({ text, values: [...values], ...(name !== undefined && { name }) })
    } catch (error) {
      isStale ||= (error as { readonly code?: unknown }).code === PLAN_IS_STALE
      throw error
    }
  }

  return {
    ...('processID' in client && { processID: Number(client.processID) }),
    // Without a cursor in the dialect, Kysely asks in this one way.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy === true || isStale),
  }
}
