import type { RecordEvent } from '../../domain/events.ts'
import type { StoreSettings } from '../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { FoundingForm, MenuFileFound, menuFileCheck } from '../../protocol/founding.ts'
import { MAX_ENTRY_BYTES } from '../../protocol/limits.ts'
import type { z } from 'zod'
import { isTimeZone } from '../time-zone.ts'
import { checkMenuFile, firstMenu, type MenuSetting } from './first-menu.ts'
import { foundStore } from './found-store.ts'

const SEATS = 4

/** Makes the store that a person described at its first screen. What is refused is sentences. */
export async function foundFromForm(
  dir: string,
  form: FoundingForm,
): Promise<Result<{ readonly storeName: string }, readonly string[]>> {
  const { store, manager, deviceName } = form
  if (!isTimeZone(store.timeZone)) return refuse([`${store.timeZone} is no time zone.`])
  const settings = settingsOf(form)
  const menu = firstMenu(form.menu, settingOf(form, settings))
  if (!menu.ok) return menu
  const records = [...menu.value, ...tablesOf(form)].map(
    (record) => ({ type: 'record.set', ...record }) as RecordEvent,
  )
  if (Buffer.byteLength(JSON.stringify(records)) > MAX_ENTRY_BYTES - ROOM_FOR_THE_REST) {
    return refuse(['The menu is too large for a first one. Take a part of it now.'])
  }
  const founded = await foundStore({
    dir,
    deviceName,
    settings,
    begin: ({ hash }) => [
      ...records,
      {
        type: 'record.set',
        kind: 'staff',
        id: 'admin',
        value: { name: manager.name, role: 'admin', pinHash: hash(manager.pin) },
      },
    ],
  })
  return founded.ok ? ok({ storeName: store.name }) : refuse([founded.error])
}

/** In the one entry beside the menu: the store, its device, its first key and its manager. */
const ROOM_FOR_THE_REST = 20_000

export function checkFirstMenu({
  file,
  currency,
}: z.infer<typeof menuFileCheck>): Result<MenuFileFound, readonly string[]> {
  const settings = {
    ...USUAL_SETTINGS,
    name: '-',
    currency,
    timeZone: 'UTC',
    dayStartsAtMinutes: 0,
  }
  const words = { room: '-', kitchen: '-', menu: '-', noTax: '-' }
  return checkMenuFile(file, { settings, tax: noTax(words.noTax), words })
}

const USUAL_SETTINGS: Pick<StoreSettings, 'taxRounding' | 'serviceChargePpm' | 'payLaterChannels'> =
  {
    taxRounding: 'line',
    serviceChargePpm: 0,
    payLaterChannels: ['dine_in', 'takeout', 'delivery'],
  }

const settingsOf = ({ store }: FoundingForm): StoreSettings => ({ ...store, ...USUAL_SETTINGS })

const settingOf = ({ tax, words }: FoundingForm, settings: StoreSettings): MenuSetting => ({
  settings,
  tax: tax ?? noTax(words.noTax),
  words,
})

const noTax = (name: string) => ({ name, ratePpm: 0, included: true })

const tablesOf = ({ tables, words }: FoundingForm) =>
  Array.from({ length: tables }, (_, position) => {
    const number = String(position + 1)
    const value = { number, room: words.room, seats: SEATS, position }
    return { kind: 'dining_table' as const, id: `table-${number}`, value }
  })
