import { hostname } from 'node:os'
import { randomBytes, randomInt } from 'node:crypto'
import { emptyCatalog, STORE_RECORD_ID, storeRecord } from '../../domain/catalog.ts'
import type { DomainEvent, RecordEvent } from '../../domain/events.ts'
import { createIdentity } from '../../db/sqlite/identity.ts'
import { demoRecords } from '../demo/demo-records.ts'
import { demoCounts, demoStockRecords } from '../demo/stock.ts'
import { openNewDevice, writeNewKeys } from '../data-folder.ts'
import { newId } from '../new-id.ts'
import { signaturesOf } from '../signed-log.ts'
import { newDataKey } from '../personal-data/new-data-key.ts'
import { hashPin } from '../pin.ts'
import { fail, failUsage, print, requiredText, text, type Command } from './command.ts'

const DEFAULT_DAY_START_MINUTES = 4 * 60

export const storeCreate: Command = {
  name: 'store create',
  summary:
    'Makes a new store on this device.\nWith --demo it has a menu, tables and staff, and the admin signs in with PIN 1234.',
  options: {
    data: { type: 'string' },
    name: { type: 'string' },
    currency: { type: 'string' },
    demo: { type: 'boolean' },
    device: { type: 'string' },
    pin: { type: 'string' },
  },
  values: { data: 'DIR', name: 'STORE', currency: 'USD', device: 'NAME', pin: '4 digits' },
  required: ['data', 'name'],
  run: async ({ values }) => {
    const isDemo = values['demo'] === true
    const settings = storeRecord.safeParse({
      name: requiredText(values, 'name'),
      currency: text(values, 'currency') ?? 'USD',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      dayStartsAtMinutes: DEFAULT_DAY_START_MINUTES,
      taxRounding: 'line',
      serviceChargePpm: 0,
      payLaterChannels: ['dine_in', 'takeout', 'delivery'],
    })
    if (!settings.success) {
      const [issue] = settings.error.issues
      return failUsage(`--${issue?.path.join('.')}: ${issue?.message}`)
    }
    const pin = adminPin(text(values, 'pin'), isDemo)
    const opened = await openNewDevice(requiredText(values, 'data'))
    if (!opened.ok) return fail(opened.error)
    try {
      const keys = writeNewKeys(requiredText(values, 'data'))
      const { deviceId, publicKey } = keys
      const signatures = signaturesOf(keys)
      const origin = signatures.signer.newOrigin(newId())
      const name = text(values, 'device') ?? hostname()
      const dataKey = newDataKey(emptyCatalog(), keys)
      const hash = (chosen: string): string => hashPin(chosen, dataKey.key)
      const code = 'A'
      const nowMs = Date.now()
      const commandId = newId()
      const records: DomainEvent[] = [
        { type: 'record.set', kind: 'store', id: STORE_RECORD_ID, value: settings.data },
        {
          type: 'record.set',
          kind: 'device',
          id: deviceId,
          value: { name, role: 'terminal', code, origin, admittedBy: null, publicKey },
        },
        ...dataKey.records,
        ...(isDemo
          ? [
              ...demoRecords(hash).map(
                (record) => ({ type: 'record.set', ...record }) as RecordEvent,
              ),
              ...demoStockRecords(),
              ...demoCounts(commandId, nowMs),
            ]
          : [firstAdmin(hash(pin))]),
      ]
      const identity = {
        store_id: newId(),
        device_id: deviceId,
        device_name: name,
        device_role: 'terminal',
        device_code: code,
        origin,
        upstream_token: randomBytes(32).toString('base64url'),
      }
      const founding = {
        nowMs,
        stamped: {
          id: commandId,
          at: new Date(nowMs).toISOString(),
          actor: `device:${deviceId}`,
          command: records,
        },
      }
      createIdentity(opened.value, identity, founding, signatures)
      const result = { store_id: identity.store_id, device_id: deviceId, origin }
      const signIn = isDemo ? 'Sign in with PIN 1234.' : `The admin signs in with PIN ${pin}.`
      print(values, { ...result, ...(!isDemo && { admin_pin: pin }) }, `Made the store. ${signIn}`)
    } finally {
      opened.value.close()
    }
  },
}

/** A known PIN is for demos alone: a real store's first admin gets one of chance, shown once. */
function adminPin(asked: string | undefined, isDemo: boolean): string {
  if (asked === undefined) {
    return isDemo ? '1234' : String(randomInt(10_000)).padStart(4, '0')
  }
  if (!/^\d{4}$/.test(asked)) failUsage('--pin takes 4 digits')
  if (isDemo) failUsage('--demo brings its own PINs; leave --pin out')
  return asked
}

const firstAdmin = (pinHash: string): RecordEvent => ({
  type: 'record.set',
  kind: 'staff',
  id: 'admin',
  value: { name: 'Admin', role: 'admin', pinHash },
})
