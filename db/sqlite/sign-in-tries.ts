import { NO_TRIES, type Tries } from '../../domain/sign-in-lock.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** Wrong PINs at this device, durable before the PIN is looked at. */
export interface SignInTries {
  readonly of: (subject: string) => Tries
  /** Who has tried and not been right since. */
  readonly all: () => readonly (Tries & { readonly subject: string })[]
  readonly set: (subject: string, tries: Tries) => void
  readonly forget: (subject: string) => void
}

export function createSignInTries(connection: Connection): SignInTries {
  const { sql } = connection
  const table = 'sign_in_tries'
  const select = prepare(connection, sql.selectFrom(table).selectAll().where('subject', '=', ''))
  const selectAll = prepare(connection, sql.selectFrom(table).selectAll())
  const upsert = prepare(
    connection,
    sql.replaceInto(table).values({ subject: '', wrong: 0, locks: 0, locked_until_ms: 0 }),
  )
  const remove = prepare(connection, sql.deleteFrom(table).where('subject', '=', ''))
  return {
    of: (subject) => {
      const row = select.get(subject)
      if (row === undefined) return NO_TRIES
      return { wrong: row.wrong, locks: row.locks, lockedUntilMs: row.locked_until_ms }
    },
    all: () =>
      selectAll.all().map(({ subject, wrong, locks, locked_until_ms: lockedUntilMs }) => ({
        subject,
        wrong,
        locks,
        lockedUntilMs,
      })),
    set: (subject, { wrong, locks, lockedUntilMs }) =>
      void upsert.run(subject, wrong, locks, lockedUntilMs),
    forget: (subject) => void remove.run(subject),
  }
}
