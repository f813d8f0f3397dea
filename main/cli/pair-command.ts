import { createIdentity } from '../../db/sqlite/identity.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { PAIR_PATH, pairAnswerSchema, type PairingCode } from '../../protocol/pairing.ts'
import { openNewDevice, runningDevice } from '../data-folder.ts'
import { messageOf } from '../logger.ts'
import { newId } from '../new-id.ts'
import { isLoopback, parseAddress } from '../../sync/loopback.ts'
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
import { callDevice } from './device.ts'

export const pair: Command = {
  name: 'pair',
  summary:
    'Lets a new device into the store.\n--show prints a code on a running member; --join uses it on the new device. On this computer alone, until devices prove who they are.',
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
  if (!isLoopback(address.host)) {
    return fail('Devices join on this computer alone until they can prove who they are.')
  }
  const code = text(values, 'code') ?? failUsage('--code is needed')
  if (!/^\d{8}$/.test(code)) failUsage('--code takes the eight digits that the member shows')
  const name = text(values, 'name') ?? failUsage('--name is needed')
  const role = roleOf(text(values, 'role') ?? 'terminal')
  const opened = await openNewDevice(requiredText(values, 'data'))
  if (!opened.ok) return fail(opened.error)
  const connection = opened.value
  try {
    const request = { code, deviceId: newId(), origin: newId(), name, role }
    const answer = await ask(requiredText(values, 'join'), request)
    createIdentity(
      connection,
      {
        store_id: answer.storeId,
        device_id: request.deviceId,
        device_name: name,
        device_role: role,
        device_code: answer.code,
        origin: request.origin,
        upstream_token: answer.upstreamToken,
      },
      null,
    )
    const local = createLocalSettings(connection)
    local.set('known_peers', answer.peer)
    if (answer.centralUrl !== null) local.set('central_url', answer.centralUrl)
    print(
      values,
      { store_id: answer.storeId, device_id: request.deviceId, code: answer.code },
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

async function ask(member: string, request: object) {
  let response: Response
  try {
    response = await fetch(`http://${member}${PAIR_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
  } catch (error) {
    return fail(`No device answers at ${member}: ${messageOf(error)}`)
  }
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const { error } = (body ?? {}) as { error?: string }
    return fail(error ?? `The member answered ${response.status}.`)
  }
  const answer = pairAnswerSchema.safeParse(body)
  return answer.success ? answer.data : fail('The member answered something that is no pairing.')
}
