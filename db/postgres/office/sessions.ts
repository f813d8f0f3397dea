import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { fromPgText } from '../../../domain/nul-free-text.ts'
import type { Database } from '../database.ts'
import { writeAudit } from './audit.ts'
import type { UserRole, UserStores } from './users.ts'

/** Who is signed in. The token is random and lies here as its SHA-256 alone. */
export interface OfficeSessions {
  readonly begin: (userId: string, now: Date) => Promise<NewSession>
  /** Null: there is none, or it has ended, or its user is disabled. Asking keeps it alive. */
  readonly find: (token: string, now: Date) => Promise<OfficeSession | null>
  /** Signing out; what has ended already stays ended. */
  readonly end: (token: string, now: Date) => Promise<void>
}

export interface NewSession {
  readonly token: string
  readonly expiresAt: Date
  readonly idleExpiresAt: Date
}

export interface OfficeSession {
  readonly sessionId: string
  readonly userId: string
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly stores: UserStores
  readonly expiresAt: Date
  readonly idleExpiresAt: Date
}

export const SESSION_MS = 24 * 60 * 60_000
export const SESSION_IDLE_MS = 4 * 60 * 60_000
/** A page asks many times a minute; one write a minute keeps the session alive. */
const TOUCH_EVERY_MS = 60_000

/** Names a session without opening it. */
const sessionIdOf = (token: string): string => createHash('sha256').update(token).digest('hex')

export function createOfficeSessions({ sql: db }: Pick<Database, 'sql'>): OfficeSessions {
  return {
    async begin(userId, now) {
      const token = randomBytes(32).toString('base64url')
      await db
        .deleteFrom('office_sessions')
        .where('created_at', '<', new Date(now.getTime() - SESSION_MS))
        .execute()
      await db
        .insertInto('office_sessions')
        .values({
          token_hash: sessionIdOf(token),
          user_id: userId,
          created_at: now,
          last_used_at: now,
        })
        .execute()
      return { token, ...endsOf(now, now) }
    },
    async find(token, now) {
      const sessionId = sessionIdOf(token)
      const nowMs = now.getTime()
      const row = await db
        .selectFrom('office_sessions as session')
        .innerJoin('office_users as user', 'user.user_id', 'session.user_id')
        .where('session.token_hash', '=', sessionId)
        .where('session.created_at', '>', new Date(nowMs - SESSION_MS))
        .where('session.last_used_at', '>', new Date(nowMs - SESSION_IDLE_MS))
        .where('user.disabled', '=', false)
        .select([
          'user.user_id',
          'user.email',
          'user.name',
          'user.role',
          'user.all_stores',
          'session.created_at',
          'session.last_used_at',
          sql<string[]>`ARRAY(
            SELECT store_id FROM office_user_stores AS held
            WHERE held.user_id = "user".user_id ORDER BY store_id)`.as('store_ids'),
        ])
        .executeTakeFirst()
      if (row === undefined) return null
      if (nowMs - row.last_used_at.getTime() > TOUCH_EVERY_MS) {
        await db
          .updateTable('office_sessions')
          .set({ last_used_at: now })
          .where('token_hash', '=', sessionId)
          .execute()
      }
      return {
        sessionId,
        userId: row.user_id,
        email: fromPgText(row.email),
        name: fromPgText(row.name),
        role: row.role as UserRole,
        stores: row.all_stores ? 'all' : row.store_ids.map(fromPgText),
        ...endsOf(row.created_at, now),
      }
    },
    async end(token, now) {
      const ended = await db
        .deleteFrom('office_sessions')
        .where('token_hash', '=', sessionIdOf(token))
        .returning('user_id')
        .executeTakeFirst()
      if (ended) await writeAudit(db, { at: now, userId: ended.user_id, action: 'signed_out' })
    },
  }
}

const endsOf = (createdAt: Date, lastUsedAt: Date) => ({
  expiresAt: new Date(createdAt.getTime() + SESSION_MS),
  idleExpiresAt: new Date(
    Math.min(createdAt.getTime() + SESSION_MS, lastUsedAt.getTime() + SESSION_IDLE_MS),
  ),
})
