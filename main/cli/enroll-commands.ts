import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { lockDevice, openKeys } from '../data-folder.ts'
import { messageOf } from '../logger.ts'
import { fail, failUsage, print, requiredText, text, type Command } from './command.ts'
import { withDevice } from './device.ts'

export const enroll: Command = {
  name: 'enroll',
  summary:
    'Ties the store of a device to a centre, by a code that the centre shows.\nThe device must not run. The other devices of the store need no code: they prove who they are.',
  options: {
    data: { type: 'string' },
    central: { type: 'string' },
    code: { type: 'string' },
  },
  values: { data: 'DIR', central: 'URL', code: '12345678' },
  required: ['data', 'central', 'code'],
  run: async ({ values }) => {
    const dir = requiredText(values, 'data')
    const code = requiredText(values, 'code')
    if (!/^\d{8}$/.test(code)) failUsage('--code takes the eight digits that the centre shows')
    const url = requiredText(values, 'central')
    if (!URL.canParse(url)) failUsage(`--central takes an address, not ${url}`)
    const lock = lockDevice(dir)
    if (lock === null)
      return fail(`The device in ${dir} is running. Stop it, enroll, start it again.`)
    try {
      await withDevice(values, async (connection) => {
        const local = createLocalSettings(connection)
        const keys = openKeys(dir, local.require('device_id'))
        if (!keys.ok) return fail(keys.error)
        const storeId = local.require('store_id')
        const { enrollStore } = await import('../../sync/centre-credential.ts')
        const enrolled = await enrollStore({ url, storeId, keys: keys.value, fetch }, code)
        if (!enrolled.ok) return fail(enrolled.error)
        connection.raw
          .transaction(() => {
            local.set('central_url', url)
            local.set('central_credential', enrolled.value)
          })
          .immediate()
        print(values, { store_id: storeId, central: url }, `The store belongs to ${url} now.`)
      })
    } finally {
      lock.release()
    }
  },
}

export const centralEnrollCode: Command = {
  name: 'central enroll-code',
  summary:
    'Shows a code with which one store joins the centre, within a quarter of an hour.\nThe database is named as for "central"; its PostgreSQL has to run.',
  options: {
    store: { type: 'string' },
    'database-url': { type: 'string' },
    embedded: { type: 'string' },
  },
  values: { store: 'NAME', 'database-url': 'URL', embedded: 'DIR' },
  required: ['store'],
  run: async ({ values }) => {
    const { chooseDatabase } = await import('../central/settings.ts')
    const { embeddedUrl } = await import('../central/embedded-postgres.ts')
    const { migrate, openDatabase } = await import('../../db/postgres/database.ts')
    const { createCredentials } = await import('../../db/postgres/credentials.ts')
    const name = requiredText(values, 'store')
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
      const made = await createCredentials(database).newEnrollCode(name, new Date())
      const shown = { code: made.code, expires_at: made.expiresAt.toISOString() }
      process.stdout.write(`${JSON.stringify(shown)}\n`)
    } catch (error) {
      fail(`The database cannot be reached: ${messageOf(error)}`)
    } finally {
      await database.close()
    }
  },
}
