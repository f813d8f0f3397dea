import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { fromPgText, toPgText } from '../../../domain/nul-free-text.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import type { Database } from '../database.ts'
import type { Sql } from '../rows.ts'
import { writeAudit } from './audit.ts'

/** The people of the back office. */
export interface OfficeUsers {
  /** By e-mail, whatever its letters' case. */
  readonly find: (email: string) => Promise<UserWithHash | null>
  readonly byId: (userId: string) => Promise<UserWithHash | null>
  /** In the order of their e-mails; of `within`, only those whose stores all lie in it. */
  readonly list: (
    within: UserStores,
    after: string | null,
    limit: number,
  ) => Promise<readonly OfficeUser[]>
  readonly create: (
    user: NewUser,
    by: string | null,
    now: Date,
  ) => Promise<Result<OfficeUser, 'email_taken'>>
  /**
   * Null: there is no such user. A new password and being disabled end the user's sessions, in the
   * same transaction; `exceptSession` stays.
   */
  readonly change: (
    userId: string,
    change: UserChange,
    by: string | null,
    now: Date,
    exceptSession?: string,
  ) => Promise<OfficeUser | null>
  readonly signedIn: (userId: string, now: Date) => Promise<void>
}

export type UserRole = 'admin' | 'manager' | 'viewer'
export type UserStores = 'all' | readonly string[]

export interface OfficeUser {
  readonly userId: string
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly stores: UserStores
  readonly disabled: boolean
  readonly createdAt: Date
  readonly lastSignInAt: Date | null
}

export interface UserWithHash extends OfficeUser {
  readonly passwordHash: string
}

export interface NewUser {
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly stores: UserStores
  readonly passwordHash: string
}

/** What is absent stays. */
export type UserChange = Partial<Omit<NewUser, 'email'>> & { readonly disabled?: boolean }

export const emailKey = (email: string): string => email.trim().toLowerCase()

export function createOfficeUsers({ sql: db }: Pick<Database, 'sql'>): OfficeUsers {
  return {
    async find(email) {
      const rows = await selectUsers(db)
        .where('email', '=', toPgText(emailKey(email)))
        .execute()
      return rows[0] ? userOf(rows[0]) : null
    },
    byId: (userId) => readUser(db, userId),
    async list(within, after, limit) {
      let query = selectUsers(db).orderBy('email').limit(limit)
      if (after !== null) query = query.where('email', '>', toPgText(after))
      if (within !== 'all') {
        query = query.where('all_stores', '=', false).where(
          sql<boolean>`NOT EXISTS (
            SELECT FROM office_user_stores AS held
            WHERE held.user_id = office_users.user_id
              AND held.store_id <> ALL(${within.map(toPgText)}::text[]))`,
        )
      }
      const rows = await query.execute()
      return rows.map(userOf).map(({ passwordHash: _, ...user }) => user)
    },
    create: (user, by, now) =>
      db.transaction().execute(async (trx) => {
        const userId = randomUUID()
        const made = await trx
          .insertInto('office_users')
          .values({
            user_id: userId,
            email: toPgText(emailKey(user.email)),
            name: toPgText(user.name),
            role: user.role,
            all_stores: user.stores === 'all',
            password_hash: user.passwordHash,
            created_at: now,
            last_sign_in_at: null,
          })
          .onConflict((row) => row.column('email').doNothing())
          .executeTakeFirst()
        if (made.numInsertedOrUpdatedRows !== 1n) return refuse('email_taken')
        await giveStores(trx, userId, user.stores)
        await writeAudit(trx, { at: now, userId: by, action: 'user_created', subject: userId })
        const created = await readUser(trx, userId)
        if (created === null) throw new Error('a user that was just made is gone')
        return ok(created)
      }),
    change: (userId, change, by, now, exceptSession) =>
      db.transaction().execute(async (trx) => {
        const changed = await changeUser(trx, userId, change)
        if (!changed) return null
        if (change.passwordHash !== undefined || change.disabled === true) {
          let ending = trx.deleteFrom('office_sessions').where('user_id', '=', toPgText(userId))
          if (exceptSession) ending = ending.where('token_hash', '!=', exceptSession)
          await ending.execute()
        }
        await writeAudit(trx, {
          at: now,
          userId: by,
          action: 'user_changed',
          subject: userId,
          changed: Object.keys(change).map((key) => (key === 'passwordHash' ? 'password' : key)),
        })
        return readUser(trx, userId)
      }),
    async signedIn(userId, now) {
      await db
        .updateTable('office_users')
        .set({ last_sign_in_at: now })
        .where('user_id', '=', userId)
        .execute()
      await writeAudit(db, { at: now, userId, action: 'signed_in' })
    },
  }
}

const selectUsers = (db: Sql) =>
  db
    .selectFrom('office_users')
    .selectAll()
    .select(
      sql<string[]>`ARRAY(
        SELECT store_id FROM office_user_stores AS held
        WHERE held.user_id = office_users.user_id ORDER BY store_id)`.as('store_ids'),
    )

type UserRow = Awaited<ReturnType<ReturnType<typeof selectUsers>['execute']>>[number]

const userOf = (row: UserRow): UserWithHash => ({
  userId: row.user_id,
  email: fromPgText(row.email),
  name: fromPgText(row.name),
  role: row.role as UserRole,
  stores: row.all_stores ? 'all' : row.store_ids.map(fromPgText),
  disabled: row.disabled,
  createdAt: row.created_at,
  lastSignInAt: row.last_sign_in_at,
  passwordHash: row.password_hash,
})

async function readUser(db: Sql, userId: string): Promise<UserWithHash | null> {
  const rows = await selectUsers(db).where('user_id', '=', toPgText(userId)).execute()
  return rows[0] ? userOf(rows[0]) : null
}

/** False: there is no such user. */
async function changeUser(trx: Sql, userId: string, change: UserChange): Promise<boolean> {
  const { name, role, stores, passwordHash, disabled } = change
  const changed = await trx
    .updateTable('office_users')
    .set({
      user_id: toPgText(userId),
      ...(name !== undefined && { name: toPgText(name) }),
      ...(role !== undefined && { role }),
      ...(stores !== undefined && { all_stores: stores === 'all' }),
      ...(passwordHash !== undefined && { password_hash: passwordHash }),
      ...(disabled !== undefined && { disabled }),
    })
    .where('user_id', '=', toPgText(userId))
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  if (stores !== undefined) await giveStores(trx, userId, stores)
  return true
}

async function giveStores(trx: Sql, userId: string, stores: UserStores): Promise<void> {
  await trx.deleteFrom('office_user_stores').where('user_id', '=', toPgText(userId)).execute()
  if (stores === 'all' || stores.length === 0) return
  await trx
    .insertInto('office_user_stores')
    .values([...new Set(stores)].map((id) => ({ user_id: userId, store_id: toPgText(id) })))
    .execute()
}
