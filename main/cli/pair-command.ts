import { createIdentity } from '../../db/sqlite/identity.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import type { PairingCode } from '../../protocol/pairing.ts'
import { formatAddress, parseAddress } from '../../sync/address.ts'
import { openNewDevice, runningDevice, writeNewKeys } from '../data-folder.ts'
import { newId } from '../new-id.ts'
import { PAIRING_CODE_PATH } from '../terminal/control.ts'
import {
  fail,
  failUsage,
  print,
  requiredText,
  text,
  type Command,
  type OptionValues,
} from './command.ts'
import { callDevice } from './call-device.ts'

export const pair: Command = {
  name: 'pair',
  summary:
    'Lets a new device into the store.\n--show prints a code on a running member, good for two minutes, three tries and one device;\n--join uses it on the new device.',
  options: {
    data: { type: 'string' },
    show: { type: 'boolean' },
    join: { type: 'string' },
    code: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
  },
  values: { data: 'DIR', join: 'HOST:PORT', code: '12345678', role: 'terminal|kitchen' },
  required: ['data'],
  run: async ({ values }) => {
    if (values['show'] === true) return showCode(values)
    if (text(values, 'join') === undefined) failUsage('Either --show or --join HOST:PORT is needed')
    return join(values)
  },
}

async function showCode(values: OptionValues): Promise<void> {
  const dir = requiredText(values, 'data')
  const control =
    runningDevice(dir) ?? fail(`The device in ${dir} does not run. Start it with "terminal" first.`)
  const shown = await callDevice<PairingCode>(control, 'POST', PAIRING_CODE_PATH, {})
  process.stdout.write(`${JSON.stringify(shown)}\n`)
}

async function join(values: OptionValues): Promise<void> {
  const address = parseAddress(requiredText(values, 'join'))
  if (!address) return failUsage('--join takes HOST:PORT')
  const code = text(values, 'code') ?? failUsage('--code is needed')
  if (!/^\d{8}$/.test(code)) failUsage('--code takes the eight digits that the member shows')
  const name = text(values, 'name') ?? failUsage('--name is needed')
  const role = roleOf(text(values, 'role') ?? 'terminal')
  const dir = requiredText(values, 'data')
  const opened = await openNewDevice(dir)
  if (!opened.ok) return fail(opened.error)
  const connection = opened.value
  try {
    const keys = writeNewKeys(dir)
    const origin = newId()
    const { joinStore } = await import('../../sync/pairing/joiner.ts')
    const joined = await joinStore({ address, keys, code, newcomer: { origin, name, role } })
    if (!joined.ok) return fail(joined.error)
    const { answer, memberId } = joined.value
    const { deviceId } = keys
    // All of it or nothing: a device that does not know whom to trust would be left alone.
    connection.raw
      .transaction(() => {
        const local = createLocalSettings(connection)
        local.set('admitted_by', memberId)
        // The address that has just worked, and the one the member has of itself.
        local.set('known_peers', [...new Set([formatAddress(address), answer.peer])].join(' '))
        if (answer.centralUrl !== null) local.set('central_url', answer.centralUrl)
        const identity = {
          store_id: answer.storeId,
          device_id: deviceId,
          device_name: name,
          device_role: role,
          device_code: answer.code,
          origin,
          upstream_token: answer.upstreamToken,
        }
        createIdentity(connection, identity, null)
      })
      .immediate()
    print(
      values,
      { store_id: answer.storeId, device_id: deviceId, code: answer.code },
      `${name} has joined ${answer.storeName}. Its orders are numbered ${answer.code}-001 and so on.`,
    )
  } finally {
    connection.close()
  }
}

function roleOf(asked: string): 'terminal' | 'kitchen' {
  if (asked === 'terminal' || asked === 'kitchen') return asked
  return failUsage(`--role takes terminal or kitchen, not ${asked}`)
}
