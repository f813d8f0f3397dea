import type { PairingCode } from '../../protocol/pairing.ts'
import { parseAddress } from '../../sync/address.ts'
import { runningDevice } from '../data-folder.ts'
import { joinDevice } from '../join-device.ts'
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
  const joined = await joinDevice({ dir, address, code, name, role })
  if (!joined.ok) return fail(joined.error)
  const { storeId, storeName, deviceId, deviceCode } = joined.value
  print(
    values,
    { store_id: storeId, device_id: deviceId, code: deviceCode },
    `${name} has joined ${storeName}. Its orders are numbered ${deviceCode}-001 and so on.`,
  )
}

function roleOf(asked: string): 'terminal' | 'kitchen' {
  if (asked === 'terminal' || asked === 'kitchen') return asked
  return failUsage(`--role takes terminal or kitchen, not ${asked}`)
}
