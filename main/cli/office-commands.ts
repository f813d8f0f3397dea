import { text as readText } from 'node:stream/consumers'
import {
  email as emailSchema,
  newPassword as passwordSchema,
  OFFICE_ROLES,
  type OfficeRole,
} from '../../protocol/office/session.ts'
import { databaseOptions, databaseValues, withCentralDatabase } from './central-database.ts'
import { failUsage, print, requiredText, textList, type Command } from './command.ts'

export const centralUser: Command = {
  name: 'central user',
  summary:
    'Makes somebody a user of the back office, or sets role, stores and password anew and ends the sessions.\nWithout --store: all stores. The password is made and shown once, or read from the input with --password-stdin.\nThe database is named as for "central"; its PostgreSQL has to run.',
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    store: { type: 'string', multiple: true },
    'password-stdin': { type: 'boolean' },
    ...databaseOptions,
  },
  values: { role: OFFICE_ROLES.join('|'), store: 'ID', ...databaseValues },
  required: ['email', 'name', 'role'],
  run: async ({ values }) => {
    const email = requiredText(values, 'email')
    if (!emailSchema.safeParse(email).success) failUsage(`--email takes an address, not ${email}`)
    const role = roleOf(requiredText(values, 'role'))
    const name = requiredText(values, 'name')
    const listed = textList(values, 'store')
    const stores = listed.length === 0 ? 'all' : listed
    const given = values['password-stdin'] === true ? await passwordFromInput() : null
    const { hashPassword, newPassword } = await import('../central/office/password.ts')
    const { createOfficeUsers } = await import('../../db/postgres/office/users.ts')
    const { createSignInTries } = await import('../../db/postgres/office/sign-in-tries.ts')
    const { unknownStores } = await import('../../db/postgres/office/stores.ts')
    const made = given === null ? newPassword() : null
    const passwordHash = await hashPassword(given ?? made ?? '')
    await withCentralDatabase(values, async (database) => {
      const [unknown] = await unknownStores(database, listed)
      if (unknown !== undefined) failUsage(`--store takes the id of a store here, not ${unknown}`)
      const users = createOfficeUsers(database)
      const now = new Date()
      const held = await users.find(email)
      const wish = { name, role, stores, passwordHash } as const
      if (held === null) await users.create({ email, ...wish }, null, now)
      else await users.change(held.userId, { ...wish, disabled: false }, null, now)
      await createSignInTries(database).forget(email)
      const shown = { email, role, stores, ...(made !== null && { password: made }) }
      const about = made === null ? '' : ` The password, shown this once: ${made}`
      print(values, shown, `${email} may use the back office as ${role}.${about}`)
    })
  },
}

function roleOf(asked: string): OfficeRole {
  const role = OFFICE_ROLES.find((known) => known === asked)
  return role ?? failUsage(`--role takes ${OFFICE_ROLES.join(', ')}, not ${asked}`)
}

/** One line; the line break is not part of it. */
async function passwordFromInput(): Promise<string> {
  const password = (await readText(process.stdin)).replace(/\r?\n$/, '')
  const read = passwordSchema.safeParse(password)
  return read.success ? read.data : failUsage('a password has 12 to 200 characters')
}
