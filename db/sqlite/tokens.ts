import { createHash, randomBytes } from 'node:crypto'
import { ROLES, type Role } from '../../domain/catalog.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** Bearer tokens of this device's API: opaque outside, only their SHA-256 inside. */
export interface Tokens {
  /** Draws a new token; it is shown once and cannot be read back. */
  readonly create: (role: Role, label: string, at: string) => string
  readonly find: (token: string) => { readonly role: Role; readonly label: string } | null
}

const TOKEN_BYTES = 24

export function createTokens(connection: Connection): Tokens {
  const { sql } = connection
  const insert = prepare(
    connection,
    sql.insertInto('tokens').values({ hash: '', role: '', label: '', created_at: '' }),
  )
  const select = prepare(
    connection,
    sql.selectFrom('tokens').select(['role', 'label']).where('hash', '=', ''),
  )
  return {
    create: (role, label, at) => {
      const token = `aura_${randomBytes(TOKEN_BYTES).toString('base64url')}`
      insert.run(hashOf(token), role, label, at)
      return token
    },
    find: (token) => {
      const row = select.get(hashOf(token))
      const role = ROLES.find((known) => known === row?.role)
      return row && role ? { role, label: row.label } : null
    },
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
