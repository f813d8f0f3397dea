import type { Database } from '../../db/postgres/database.ts'
import { messageOf } from '../logger.ts'
import { CommandFailed, fail, text, type OptionValues } from './command.ts'

/** The options that name a centre's database, for commands that work beside a centre that runs. */
export const databaseOptions = {
  'database-url': { type: 'string' },
  embedded: { type: 'string' },
} as const
export const databaseValues = { 'database-url': 'URL', embedded: 'DIR' } as const

export const WHICH_DATABASE = 'The database is named as for "central"; its PostgreSQL has to run.'

/** The database that the options name, brought up to date, for as long as the work takes. */
export async function withCentralDatabase(
  values: OptionValues,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const { chooseDatabase } = await import('../central/settings.ts')
  const { embeddedUrl } = await import('../central/embedded-postgres.ts')
  const { migrate, openDatabase } = await import('../../db/postgres/database.ts')
  const databaseUrl = text(values, 'database-url')
  const embeddedDir = text(values, 'embedded')
  const chosen = chooseDatabase(
    {
      ...(databaseUrl !== undefined && { databaseUrl }),
      ...(embeddedDir !== undefined && { embeddedDir }),
    },
    process.env['DATABASE_URL'],
  )
  const url = 'url' in chosen ? chosen.url : embeddedUrl(chosen.embeddedDir)
  if (url === null) return fail('There is no centre in this folder. Start "central" first.')
  const database = openDatabase(url, () => {})
  try {
    await migrate(database)
    await work(database)
  } catch (error) {
    if (error instanceof CommandFailed) throw error
    fail(`The database cannot be reached: ${messageOf(error)}`)
  } finally {
    await database.close()
  }
}
