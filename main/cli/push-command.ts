import { newVapidKeys } from '../push/vapid.ts'
import { print, type Command } from './command.ts'

export const pushKeys: Command = {
  name: 'push keys',
  summary:
    'Makes the pair of keys that web push takes, and keeps them nowhere.\nBoth go into the configuration of each device (notifications.push), the public one into AURA_PUSH_PUBLIC_KEY of the centre. A new pair ends every subscription.',
  options: {},
  values: {},
  required: [],
  run: async ({ values }) => {
    const { publicKey, privateKey } = newVapidKeys()
    print(
      values,
      { public_key: publicKey, private_key: privateKey },
      `public_key: ${publicKey}\nprivate_key: ${privateKey}`,
    )
  },
}
