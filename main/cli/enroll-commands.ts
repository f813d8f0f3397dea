import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { admitCentre } from '../admit-centre.ts'
import { lockDevice, openKeys } from '../data-folder.ts'
import { newId } from '../new-id.ts'
import { createKeyRing } from '../personal-data/key-ring.ts'
import { fail, failUsage, print, requiredText, type Command } from './command.ts'
import { storeIn, withDevice } from './device.ts'

export const enroll: Command = {
  name: 'enroll',
  summary:
    'Ties the store of a device to a centre, by a code that the centre shows.\nThe device must not run. The other devices of the store need no code: they prove who they are.\nThe centre becomes a member of the store. With --without-guests it gets no key for what is known of guests: it takes no orders with a name, and its back office shows none.',
  options: {
    data: { type: 'string' },
    central: { type: 'string' },
    code: { type: 'string' },
    'without-guests': { type: 'boolean' },
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
            local.set('central_credential', enrolled.value.credential)
          })
          .immediate()
        const { centre } = enrolled.value
        if (centre !== null) {
          const store = storeIn(connection, requiredText(values, 'data'))
          const ring = createKeyRing({ store, keys: keys.value, nowMs: Date.now, newId })
          const deviceCode = local.require('device_code')
          const at = new Date().toISOString()
          const stamp = { id: newId(), at, actor: `device:${store.deviceId}` }
          const knowsGuests = values['without-guests'] !== true
          admitCentre({ store, ring, deviceCode }, stamp, { ...centre, knowsGuests })
        }
        print(values, { store_id: storeId, central: url }, `The store belongs to ${url} now.`)
      })
    } finally {
      lock.release()
    }
  },
}
