import { createHash, randomBytes } from 'node:crypto'
import { ROLES, type Role } from '../../domain/catalog.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** Bearer tokens of this device's API: opaque outside, only their SHA-256 inside. */
export interface Tokens {
  /** Draws a new token; it is shown once and cannot be read back. */
  readonly create: (role: Role, label: string, at: string) => string
  readonly find: (token: string) => { readonly role: Role; readonly label: string } | null
  readonly list: () => readonly ListedToken[]
  /** From now on it opens nothing; null: there is none. */
  readonly end: (id: string) => ListedToken | null
  readonly idOf: (token: string) => string
}

export interface ListedToken {
  /** The beginning of its hash: it names the token and opens nothing. */
  readonly id: string
  readonly role: Role
  readonly label: string
  readonly createdAt: string
}

const TOKEN_BYTES = 24
const ID_CHARS = 16

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
  const selectAll = prepare(connection, sql.selectFrom('tokens').selectAll().orderBy('created_at'))
  const remove = prepare(
    connection,
    sql.deleteFrom('tokens').where('hash', '>=', '').where('hash', '<', ''),
  )

  const list = (): ListedToken[] =>
    selectAll.all().flatMap(({ hash, role: asked, label, created_at: createdAt }) => {
      const role = ROLES.find((known) => known === asked)
      return role === undefined ? [] : [{ id: hash.slice(0, ID_CHARS), role, label, createdAt }]
    })

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
    list,
    end: (id) => {
      const found = list().find((token) => token.id === id)
      // No digit of a hash lies beyond this one.
      if (found !== undefined) remove.run(id, `${id}g`)
      return found ?? null
    },
    idOf: (token) => hashOf(token).slice(0, ID_CHARS),
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
