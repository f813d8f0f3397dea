import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { emailKey } from './users.ts'

/**
 * Tries to sign in, counted for the account and for the address from which they come. A try is
 * counted before the password is looked at, in one statement, so that many at once at several centres
 * get no more of them than one after the other would. E-mails and addresses lie here as hashes.
 */
export interface SignInTries {
  /** 0: go ahead; else the milliseconds to wait. */
  readonly take: (who: Trier, now: Date) => Promise<number>
  /** It was the right password: nothing is held against the account, nor this try against the address. */
  readonly succeeded: (who: Trier) => Promise<void>
  /** Somebody who may has said so: the account waits no longer. */
  readonly forget: (email: string) => Promise<void>
}

export interface Trier {
  readonly email: string
  readonly address: string
}

interface Patience {
  /** Tries that cost nothing; after the next one, and each further one, there is a wait. */
  readonly free: number
  readonly firstWaitMs: number
  readonly longestWaitMs: number
}

/** A whole restaurant may sit behind one address. */
const OF_ACCOUNT: Patience = { free: 4, firstWaitMs: 30_000, longestWaitMs: 15 * 60_000 }
const OF_ADDRESS: Patience = { free: 29, firstWaitMs: 30_000, longestWaitMs: 15 * 60_000 }
const FORGET_AFTER_MS = 24 * 60 * 60_000

const subjectOf = (kind: 'account' | 'address', value: string): string =>
  `${kind}:${createHash('sha256').update(value).digest('hex')}`

export function createSignInTries({ sql: db }: Pick<Database, 'sql'>): SignInTries {
  return {
    async take({ email, address }, now) {
      const forgotten = new Date(now.getTime() - FORGET_AFTER_MS)
      await db.deleteFrom('office_sign_in_tries').where('last_try_at', '<', forgotten).execute()
      const fromAddress = await takeOne(subjectOf('address', address), OF_ADDRESS, now)
      return fromAddress > 0
        ? fromAddress
        : takeOne(subjectOf('account', emailKey(email)), OF_ACCOUNT, now)
    },
    async succeeded({ email, address }) {
      await forget(email)
      await sql`
        UPDATE office_sign_in_tries
        SET tries = greatest(tries - 1, 0),
          blocked_until = CASE WHEN tries - 1 > ${OF_ADDRESS.free} THEN blocked_until END
        WHERE subject = ${subjectOf('address', address)}
      `.execute(db)
    },
    forget,
  }

  async function forget(email: string): Promise<void> {
    await db
      .deleteFrom('office_sign_in_tries')
      .where('subject', '=', subjectOf('account', emailKey(email)))
      .execute()
  }

  async function takeOne(subject: string, patience: Patience, now: Date): Promise<number> {
    const { free, firstWaitMs, longestWaitMs } = patience
    const { rows } = await sql<{ tries: number }>`
      INSERT INTO office_sign_in_tries AS held (subject, tries, last_try_at)
      VALUES (${subject}, 1, ${now})
      ON CONFLICT (subject) DO UPDATE SET
        tries = held.tries + 1,
        last_try_at = ${now},
        blocked_until = CASE WHEN held.tries >= ${free} THEN ${now}::timestamptz
          + least(${longestWaitMs}, ${firstWaitMs} * 2 ^ least(held.tries - ${free}, 20))
          * interval '1 millisecond' END
      WHERE held.blocked_until IS NULL OR held.blocked_until <= ${now}
      RETURNING tries
    `.execute(db)
    if (rows.length > 0) return 0
    const held = await db
      .selectFrom('office_sign_in_tries')
      .select('blocked_until')
      .where('subject', '=', subject)
      .executeTakeFirst()
    return Math.max(1, (held?.blocked_until?.getTime() ?? 0) - now.getTime())
  }
}
