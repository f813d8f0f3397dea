import { createTokens } from '../../db/sqlite/tokens.ts'
import { ROLES } from '../../domain/catalog.ts'
import { fail, failUsage, print, requiredText, text, type Command } from './command.ts'
import { withDevice } from './device.ts'

export const token: Command = {
  name: 'token',
  summary:
    'Prints a bearer token for the REST API of this device. It is shown once.\nWith --list the tokens that there are, and with --end ID one of them ends instead.',
  options: {
    data: { type: 'string' },
    role: { type: 'string' },
    label: { type: 'string' },
    list: { type: 'boolean' },
    end: { type: 'string' },
  },
  values: { data: 'DIR', role: ROLES.join('|'), label: 'TEXT', end: 'ID' },
  required: ['data'],
  run: async ({ values }) => {
    const ending = text(values, 'end')
    await withDevice(values, (connection) => {
      const tokens = createTokens(connection)
      if (values['list'] === true) {
        const listed = tokens
          .list()
          .map(({ createdAt, ...known }) => ({ ...known, created_at: createdAt }))
        const lines = listed.map(
          ({ id, role, label, created_at }) => `${id}  ${role}  ${label}  ${created_at}`,
        )
        return print(values, { tokens: listed }, lines.join('\n'))
      }
      if (ending !== undefined) {
        const ended = tokens.end(ending)
        if (ended === null) return fail(`This device has no token ${ending}. See --list.`)
        return print(
          values,
          { ended: ended.id, label: ended.label },
          `The token ${ended.label} ended.`,
        )
      }
      const asked = requiredText(values, 'role')
      const role =
        ROLES.find((known) => known === asked) ??
        failUsage(`--role ${asked} is no role. There are: ${ROLES.join(', ')}.`)
      const label = requiredText(values, 'label')
      if (!/^[^\n]{1,80}$/.test(label)) failUsage('--label takes one line of up to 80 characters')
      const made = tokens.create(role, label, new Date().toISOString())
      print(values, { token: made, role, label }, made)
    })
  },
}
