import { randomUUID } from 'node:crypto'
import type { Database } from './database.ts'

/** Wrong codes, counted over all processes of the centre: who tries there is not listened to here. */
export interface CodeTries {
  /** Null: too many were wrong lately. Else it counts as wrong until it is taken back. */
  readonly begin: (now: Date) => Promise<CodeTry | null>
}

export interface CodeTry {
  readonly takeBack: () => Promise<void>
}

/** A code has a hundred million values and a quarter of an hour. */
const MAX_WRONG_CODES = 30
const WINDOW_MS = 60_000

export function createCodeTries({ sql: db }: Pick<Database, 'sql'>): CodeTries {
  return {
    async begin(now) {
      const try_id = randomUUID()
      const takeBack = async (): Promise<void> => {
        await db.deleteFrom('code_tries').where('try_id', '=', try_id).execute()
      }
      const oldest = new Date(now.getTime() - WINDOW_MS)
      await db.deleteFrom('code_tries').where('tried_at', '<', oldest).execute()
      // Written before it is counted: of many that come at once none is missed.
      await db.insertInto('code_tries').values({ try_id, tried_at: now }).execute()
      const { tries } = await db
        .selectFrom('code_tries')
        .select(({ fn }) => fn.countAll<number>().as('tries'))
        .executeTakeFirstOrThrow()
      if (tries <= MAX_WRONG_CODES) return { takeBack }
      await takeBack()
      return null
    },
  }
}
