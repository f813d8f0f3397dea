import { languageOfStaff, paperLanguages } from '../../domain/languages.ts'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCatalog } from '../../db/sqlite/record-table.ts'
import type { Catalog } from '../../domain/catalog.ts'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { defaultConfig } from '../../main/config.ts'
import type { DeviceScreen } from '../../domain/device-screen.ts'
import { createDeviceCalls } from '../../main/terminal/device-calls.ts'
import { createSettingsCalls } from '../../main/terminal/settings-calls.ts'
import {
  beginTraining,
  endTraining,
  isTraining,
  optionsForTraining,
  TRAINING_MARK,
} from '../../main/training/training.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import type { SettingsRecord } from '../../protocol/settings.ts'
import { openTill } from '../support/till.ts'
import { openDevice, readKeyTexts } from '../../main/data-folder.ts'
import { checkFirstMenu, foundFromForm } from '../../main/founding/founding-screen.ts'
import type { FoundingForm } from '../../protocol/founding.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aura-founding-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const form: FoundingForm = {
  store: { name: 'Chez Nadia', currency: 'EUR', timeZone: 'Europe/Paris', dayStartsAtMinutes: 240 },
  manager: { name: 'Nadia', pin: '2468' },
  tables: 3,
  tax: { name: 'TVA 10 %', ratePpm: 100_000, included: true },
  deviceName: 'Caisse 1',
  menu: { kind: 'typed', items: [{ name: 'Espresso', priceMinor: 280 }] },
  words: { room: 'Salle', kitchen: 'Cuisine', menu: 'Carte', noTax: 'Sans taxe' },
}

const fileOf = (fileName: string, text: string) => ({
  fileName,
  base64: Buffer.from(text).toString('base64'),
})

async function opened(menu: FoundingForm['menu'], more: Partial<FoundingForm> = {}) {
  expect(await foundFromForm(dir, { ...form, ...more, menu })).toEqual({
    ok: true,
    value: { storeName: 'Chez Nadia' },
  })
  const device = await openDevice(dir)
  if (!device.ok) throw new Error(device.error)
  const catalog = readCatalog(device.value, Date.now())
  device.value.close()
  return catalog
}

const dishes = (catalog: Catalog) =>
  [...catalog.menu_item.values()].map((item) => ({
    name: item.name,
    price: item.priceMinor,
    tax: catalog.tax_rate.get(item.taxRateId)?.ratePpm,
    station: item.stationId === null ? null : catalog.station.get(item.stationId)?.name,
  }))

test('[J1] a store is opened whole: settings, one manager, tables, one tax and what was typed in', async () => {
  const catalog = await opened(form.menu)
  expect(catalog.store.get('store')).toMatchObject({ ...form.store, taxRounding: 'line' })
  expect([...catalog.staff.values()]).toMatchObject([{ name: 'Nadia', role: 'admin' }])
  expect([...catalog.dining_table.values()].map(({ number, room }) => [number, room])).toEqual([
    ['1', 'Salle'],
    ['2', 'Salle'],
    ['3', 'Salle'],
  ])
  expect(dishes(catalog)).toEqual([
    { name: 'Espresso', price: 280, tax: 100_000, station: 'Cuisine' },
  ])
})

test('[J1] a counter without tables and taxes begins with an empty menu that can be filled', async () => {
  const catalog = await opened({ kind: 'typed', items: [] }, { tables: 0, tax: null })
  expect(catalog.dining_table.size).toBe(0)
  expect([...catalog.tax_rate.values()]).toEqual([
    { name: 'Sans taxe', ratePpm: 0, included: true },
  ])
  expect([catalog.station.size, catalog.category.size, catalog.menu_item.size]).toEqual([1, 1, 0])
})

test('[J1] the demo menu comes with its stations, with the tax of the form, and without its people', async () => {
  const catalog = await opened({ kind: 'demo' })
  expect(catalog.menu_item.size).toBeGreaterThan(50)
  expect(new Set(dishes(catalog).map(({ tax }) => tax))).toEqual(new Set([100_000]))
  expect([...catalog.staff.keys()]).toEqual(['admin'])
  expect(catalog.dining_table.size).toBe(3)
})

test('[J2] twice makes one store: the second finds that the folder is taken', async () => {
  await opened(form.menu)
  const again = await foundFromForm(dir, form)
  expect(again).toMatchObject({ ok: false, error: [/holds a device of a store already/] })
})

test('[J2] what is wrong is said before anything is made', async () => {
  const file = fileOf('menu.csv', 'name,category,price\nEspresso,Drinks,cheap\n')
  const refused = await foundFromForm(dir, { ...form, menu: { kind: 'file', file } })
  expect(refused).toMatchObject({ ok: false, error: [/^Line 2, character 17: /] })
  expect(
    await foundFromForm(dir, { ...form, store: { ...form.store, timeZone: 'Mars/Base' } }),
  ).toMatchObject({ ok: false, error: ['Mars/Base is no time zone.'] })
  expect((await openDevice(dir)).ok).toBe(false)
  expect(await opened(form.menu)).toBeDefined()
})

test('[J3] a file that names neither stations nor taxes is made in the kitchen and taxed as the form says', async () => {
  const csv = fileOf('menu.csv', 'name,category,price\nEspresso,Drinks,2.80\nTarte,Desserts,6.50\n')
  expect(checkFirstMenu({ file: csv, currency: 'EUR' })).toEqual({
    ok: true,
    value: { items: 2, categories: 2, notes: [] },
  })
  expect(dishes(await opened({ kind: 'file', file: csv }))).toEqual([
    { name: 'Espresso', price: 280, tax: 100_000, station: 'Cuisine' },
    { name: 'Tarte', price: 650, tax: 100_000, station: 'Cuisine' },
  ])
})

test('[J3] the item library of Square is taken with its own taxes', async () => {
  const text = readFileSync(
    join(import.meta.dirname, '../fixtures/square-item-library.csv'),
    'utf8',
  )
  const catalog = await opened({ kind: 'file', file: fileOf('items.csv', text) })
  expect(catalog.menu_item.size).toBeGreaterThan(1)
  expect([...catalog.tax_rate.values()].some(({ ratePpm }) => ratePpm > 0)).toBe(true)
})

test('[J3] our JSON brings stations and taxes of its own, and leaves those of the form out', async () => {
  const json = JSON.stringify({
    version: 1,
    tax_rates: [{ id: 'vat', name: 'VAT', rate_ppm: 200_000, included: true }],
    stations: [
      { id: 'bar', name: 'Bar', position: 0, warn_after_seconds: 60, late_after_seconds: 90 },
    ],
    categories: [{ id: 'drinks', name: 'Drinks', position: 0, color: 'blue' }],
    items: [
      { id: 'tea', name: 'Tea', category: 'drinks', price: 300, tax_rate: 'vat', station: 'bar' },
      { id: 'water', name: 'Water', category: 'drinks', price: 200, tax_rate: 'vat' },
    ],
  })
  const catalog = await opened({ kind: 'file', file: fileOf('menu.json', json) })
  expect(dishes(catalog)).toEqual([
    { name: 'Tea', price: 300, tax: 200_000, station: 'Bar' },
    { name: 'Water', price: 200, tax: 200_000, station: null },
  ])
  expect([catalog.tax_rate.size, catalog.station.size]).toEqual([1, 1])
})

test('[J5] a training has the menu and the people of the store, nothing that leaves it, and is thrown away', async () => {
  await opened(form.menu)
  const device = await openDevice(dir)
  if (!device.ok) throw new Error(device.error)
  const catalog = readCatalog(device.value, Date.now())
  const before = digestOf(device.value)
  const deviceId = [...catalog.device.keys()][0] ?? ''
  const printer = { name: 'Bar', address: '127.0.0.1:9100' }
  const real = {
    deviceId,
    catalog: () => ({ ...catalog, printer: new Map([['bar', printer as never]]) }),
  }
  await beginTraining(dir, real, readKeyTexts(dir)!)
  expect(isTraining(dir)).toBe(true)
  const options = optionsForTraining({ dataDir: dir, config: defaultConfig() })
  expect(options).toMatchObject({ discovery: false, connect: [], central: null })
  const training = await openDevice(options.dataDir)
  if (!training.ok) throw new Error(training.error)
  const copied = readCatalog(training.value, Date.now())
  expect(copied.menu_item).toEqual(catalog.menu_item)
  expect(copied.staff).toEqual(catalog.staff)
  expect([...copied.device.keys()]).toEqual([deviceId])
  expect(copied.device.get(deviceId)?.origin).not.toBe(catalog.device.get(deviceId)?.origin)
  expect(copied.printer.size).toBe(0)
  expect(copied.store.get('store')?.name).toBe(`${TRAINING_MARK}Chez Nadia`)
  training.value.close()
  expect(digestOf(device.value)).toBe(before)
  device.value.close()
  endTraining(dir)
  expect(isTraining(dir)).toBe(false)
})

test('[J4] a manager sets what the store is like at the till; what does not hold together is refused', async () => {
  const till = await openTill('store', 'till', 'A')
  const { set, speak } = createSettingsCalls(till.store, Date.now)
  const manager = { staffId: 'staff-maria', name: 'Maria', role: 'manager' } as const
  let calls = 0
  const ask = (records: readonly SettingsRecord[], staff: SignedIn | null = manager) =>
    set(
      { type: 'setSettings', callId: 1, commandId: `set-${(calls += 1)}`, records: [...records] },
      staff,
    )
  const settings = till.store.catalog().store.get('store')
  if (settings === undefined) throw new Error('the store is there')
  const store = (value: typeof settings) => ({ kind: 'store', id: 'store', value }) as const
  expect(ask([store({ ...settings, name: 'Chez Ana' })], { ...manager, role: 'cashier' })).toEqual({
    ok: false,
    error: { code: 'not_allowed' },
  })
  const vat = { kind: 'tax_rate', id: 'vat', value: { name: 'VAT', ratePpm: 1, included: true } }
  expect(ask([store({ ...settings, name: 'Chez Ana' }), vat as SettingsRecord])).toMatchObject({
    ok: true,
  })
  expect(till.store.catalog().store.get('store')?.name).toBe('Chez Ana')
  expect(till.store.catalog().tax_rate.get('vat')).toEqual(vat.value)
  const refused = [
    ask([{ kind: 'tax_rate', id: 'sales', value: null }]),
    ask([store({ ...settings, currency: 'EUR' })]),
    ask([store({ ...settings, timeZone: 'Mars/Base' })]),
  ]
  for (const one of refused) {
    expect(one).toMatchObject({ ok: false, error: { code: 'settings_refused' } })
  }
  expect(till.store.catalog().tax_rate.has('sales')).toBe(true)

  const ana = { ...manager, staffId: 'staff-ana', role: 'cashier' } as const
  const german = { type: 'setOwnLanguage', callId: 1, commandId: 'de', language: 'de' } as const
  expect(speak(german, null)).toMatchObject({ error: { code: 'not_signed_in' } })
  expect(speak(german, ana)).toEqual({ ok: true, value: null })
  expect(languageOfStaff(till.store.catalog(), 'staff-ana')).toBe('de')
  expect(paperLanguages(till.store.catalog())).toEqual({ receipts: 'en', kitchen: 'en' })
  const value = { receipts: 'fr', kitchen: 'es' } as const
  expect(ask([{ kind: 'paper_language', id: 'store', value }])).toMatchObject({ ok: true })
  expect(paperLanguages(till.store.catalog())).toEqual(value)

  const printer = (address: string, receiptsOf: string[]) => {
    const usual = { columns: 42, codepage: 'cp858', slipsOf: [], fallbackFor: [] } as const
    const set = { ...usual, name: 'Bar', address, receiptsOf, drawer: true }
    return { kind: 'printer', id: 'bar', value: set } as unknown as SettingsRecord
  }
  for (const wrong of [printer('nowhere', []), printer('10.0.0.9:9100', ['nobody'])])
    expect(ask([wrong])).toMatchObject({ ok: false, error: { code: 'settings_refused' } })
  expect(ask([printer('10.0.0.9:9100', ['till'])])).toMatchObject({ ok: true })
  expect(till.store.catalog().printer.get('bar')).toMatchObject({ receiptsOf: ['till'] })

  const devices = createDeviceCalls({
    store: till.store,
    ring: { replacing: () => [] },
    pairing: { show: () => expect.fail('no code is asked for') },
    addresses: () => [],
    nowMs: Date.now,
  })
  const rename = { type: 'renameDevice', callId: 2, commandId: 'rename', name: 'Bar' } as const
  const cashier = { ...manager, role: 'cashier' } as const
  expect(devices.rename({ ...rename, deviceId: 'till' }, cashier).ok).toBe(false)
  expect(devices.rename({ ...rename, deviceId: 'none' }, manager).ok).toBe(false)
  expect(devices.rename({ ...rename, deviceId: 'till' }, manager).ok).toBe(true)
  expect(till.store.catalog().device.get('till')).toMatchObject({ name: 'Bar', code: 'A' })
  const screen: DeviceScreen = { use: 'expo', stationIds: [], guestDisplay: false }
  const use = { type: 'setDeviceScreen', callId: 3, commandId: 'use', screen } as const
  expect(devices.setScreen({ ...use, deviceId: 'till' }, cashier).ok).toBe(false)
  expect(devices.setScreen({ ...use, deviceId: 'none' }, manager).ok).toBe(false)
  expect(devices.setScreen({ ...use, deviceId: 'till' }, manager).ok).toBe(true)
  expect(till.store.catalog().device_screen.get('till')).toEqual(screen)
  till.close()
})
