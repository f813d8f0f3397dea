import { hostname } from 'node:os'
import { randomInt } from 'node:crypto'
import { storeRecord } from '../../domain/catalog.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { demoRecords } from '../demo/demo-records.ts'
import { demoCounts, demoStockRecords } from '../demo/stock.ts'
import { foundStore } from '../founding/found-store.ts'
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
    const founded = await foundStore({
      dir: requiredText(values, 'data'),
      deviceName: text(values, 'device') ?? hostname(),
      settings: settings.data,
      begin: ({ hash, commandId, nowMs }) =>
        isDemo
          ? [
              ...demoRecords(hash).map(
                (record) => ({ type: 'record.set', ...record }) as RecordEvent,
              ),
              ...demoStockRecords(),
              ...demoCounts(commandId, nowMs),
            ]
          : [firstAdmin(hash(pin))],
    })
    if (!founded.ok) return fail(founded.error)
    const { storeId, deviceId, origin } = founded.value
    const result = { store_id: storeId, device_id: deviceId, origin }
    const signIn = isDemo ? 'Sign in with PIN 1234.' : `The admin signs in with PIN ${pin}.`
    print(values, { ...result, ...(!isDemo && { admin_pin: pin }) }, `Made the store. ${signIn}`)
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
