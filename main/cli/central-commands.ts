import { ROLES } from '../../domain/catalog.ts'
import {
  databaseOptions,
  databaseValues,
  WHICH_DATABASE,
  withCentralDatabase,
} from './central-database.ts'
import { fail, failUsage, print, requiredText, text, type Command } from './command.ts'

/** What is asked of the centre's database beside the running centre. */

export const centralEnrollCode: Command = {
  name: 'central enroll-code',
  summary: `Shows a code with which one store joins the centre, within a quarter of an hour.\n${WHICH_DATABASE}`,
  options: { store: { type: 'string' }, ...databaseOptions },
  values: { store: 'NAME', ...databaseValues },
  required: ['store'],
  run: async ({ values }) => {
    const name = requiredText(values, 'store')
    const { createCredentials } = await import('../../db/postgres/credentials.ts')
    await withCentralDatabase(values, async (database) => {
      const made = await createCredentials(database).newEnrollCode(name, new Date())
      const shown = { code: made.code, expires_at: made.expiresAt.toISOString() }
      process.stdout.write(`${JSON.stringify(shown)}\n`)
    })
  },
}

export const centralToken: Command = {
  name: 'central token',
  summary: `Prints a bearer token for the REST API of one store at the centre. It is shown once.\nWith --end the tokens of the store with this label end instead.\n${WHICH_DATABASE}`,
  options: {
    store: { type: 'string' },
    role: { type: 'string' },
    label: { type: 'string' },
    end: { type: 'boolean' },
    ...databaseOptions,
  },
  values: { store: 'ID', role: ROLES.join('|'), label: 'TEXT', ...databaseValues },
  required: ['store', 'label'],
  run: async ({ values }) => {
    const storeId = requiredText(values, 'store')
    const label = requiredText(values, 'label')
    if (!/^[^\n]{1,80}$/.test(label)) failUsage('--label takes one line of up to 80 characters')
    const ends = values['end'] === true
    const asked = text(values, 'role')
    const role = ROLES.find((known) => known === asked)
    if (!ends && role === undefined) {
      failUsage(`--role ${asked ?? ''} is no role. There are: ${ROLES.join(', ')}.`)
    }
    const { createStoreToken, endStoreTokens } = await import('../../db/postgres/store-tokens.ts')
    const { createPostgresStore } = await import('../../db/postgres/store.ts')
    const { withStores } = await import('../../db/postgres/scope.ts')
    await withCentralDatabase(values, async (database) => {
      const known = await createPostgresStore(database).storeIds()
      if (!known.includes(storeId)) fail(`The centre has no store ${storeId}.`)
      await withStores(database, [storeId], async (trx) => {
        if (ends || role === undefined) {
          const ended = await endStoreTokens(trx, storeId, label)
          return print(values, { ended, label }, `Tokens that ended: ${ended}.`)
        }
        const token = await createStoreToken(trx, storeId, { role, label })
        print(values, { token, role, label }, token)
      })
    })
  },
}
