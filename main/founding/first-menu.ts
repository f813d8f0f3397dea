import { emptyCatalog, STORE_RECORD_ID, type RecordValue } from '../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { FoundingForm, MenuFileFound } from '../../protocol/founding.ts'
import { demoRecords } from '../demo/demo-records.ts'
import type { MenuRecord } from '../menu-file/catalog-record.ts'
import { menuFormatOf, parseMenuFile, type MenuReading } from '../menu-file/menu-file.ts'

/** The menu that a store begins with: the demo's, a file's, or what somebody typed in. */

/** The tax of the form, and the one place where things are made until there are more. */
export const FIRST_TAX_ID = 'standard'
export const FIRST_STATION_ID = 'kitchen'

type Menu = FoundingForm['menu']
type MenuFile = Extract<Menu, { kind: 'file' }>['file']
type Words = FoundingForm['words']

export interface MenuSetting {
  readonly settings: RecordValue<'store'>
  readonly tax: RecordValue<'tax_rate'>
  readonly words: Words
}

/** With its taxes and stations. What is wrong with a file is told in sentences, a line each. */
export function firstMenu(
  menu: Menu,
  setting: MenuSetting,
): Result<readonly MenuRecord[], readonly string[]> {
  const { tax, words } = setting
  const first: readonly MenuRecord[] = [
    { kind: 'tax_rate', id: FIRST_TAX_ID, value: tax },
    { kind: 'station', id: FIRST_STATION_ID, value: firstStation(words.kitchen) },
  ]
  switch (menu.kind) {
    case 'demo':
      return ok([...first.slice(0, 1), ...demoMenu()])
    case 'typed':
      return ok([...first, ...typedMenu(menu.items, words.menu)])
    case 'file': {
      const read = readFirstMenu(menu.file, setting)
      if (!read.ok) return read
      const records = withDefaults(read.value.records)
      return ok([...first.filter(({ id }) => isUsed(id, records)), ...records])
    }
  }
}

/** What a file would bring, before anything is made. */
export function checkMenuFile(
  file: MenuFile,
  setting: MenuSetting,
): Result<MenuFileFound, readonly string[]> {
  const read = readFirstMenu(file, setting)
  if (!read.ok) return read
  const { records, notes } = read.value
  const count = (kind: MenuRecord['kind']) =>
    records.filter((record) => record.kind === kind).length
  return ok({ items: count('menu_item'), categories: count('category'), notes })
}

function readFirstMenu(
  { fileName, base64 }: MenuFile,
  { settings, tax, words }: MenuSetting,
): Result<MenuReading, readonly string[]> {
  const format = menuFormatOf(fileName)
  if (format === null) return refuse([`${fileName} is neither .json nor .csv.`])
  const begun = {
    ...emptyCatalog(),
    store: new Map([[STORE_RECORD_ID, settings]]),
    tax_rate: new Map([[FIRST_TAX_ID, tax]]),
    station: new Map([[FIRST_STATION_ID, firstStation(words.kitchen)]]),
  }
  const square = { variations: 'group', stationId: FIRST_STATION_ID } as const
  const parsed = parseMenuFile(Buffer.from(base64, 'base64'), format, begun, square)
  return parsed.ok
    ? parsed
    : refuse(
        parsed.error.map(
          ({ line, column, message }) => `Line ${line}, character ${column}: ${message}`,
        ),
      )
}

/**
 * A file that says nothing of where things are made has all of it made in the kitchen, and one that
 * knows no tax above nothing takes the one of the form: else every dish would have to be edited.
 */
function withDefaults(records: readonly MenuRecord[]): readonly MenuRecord[] {
  const hasStations = records.some(
    ({ kind, value }) => kind === 'menu_item' && value.stationId !== null,
  )
  const isTaxed = records.some(({ kind, value }) => kind === 'tax_rate' && value.ratePpm > 0)
  return records
    .filter(({ kind }) => isTaxed || kind !== 'tax_rate')
    .map((record): MenuRecord => {
      if (record.kind !== 'menu_item') return record
      const value = {
        ...record.value,
        ...(!hasStations && { stationId: FIRST_STATION_ID }),
        ...(!isTaxed && { taxRateId: FIRST_TAX_ID }),
      }
      return { ...record, value }
    })
}

const isUsed = (id: string, records: readonly MenuRecord[]): boolean =>
  !records.some(({ kind }) => kind === 'menu_item') ||
  records.some(
    ({ kind, value }) => kind === 'menu_item' && (value.taxRateId === id || value.stationId === id),
  )

const firstStation = (name: string): RecordValue<'station'> => ({
  name,
  position: 0,
  warnAfterSeconds: 8 * 60,
  lateAfterSeconds: 14 * 60,
})

function typedMenu(
  items: Extract<Menu, { kind: 'typed' }>['items'],
  category: string,
): readonly MenuRecord[] {
  return [
    { kind: 'category', id: 'menu', value: { name: category, position: 0, color: 'amber' } },
    ...items.map(({ name, priceMinor }, position): MenuRecord => ({
      kind: 'menu_item',
      id: `item-${position + 1}`,
      value: {
        name,
        categoryId: 'menu',
        priceMinor,
        taxRateId: FIRST_TAX_ID,
        stationId: FIRST_STATION_ID,
        modifierGroupIds: [],
        position,
      },
    })),
  ]
}

/** The demo's dishes and stations; its taxes, tables and people with public PINs are not taken. */
function demoMenu(): readonly MenuRecord[] {
  return demoRecords(() => '').flatMap((record): MenuRecord[] => {
    switch (record.kind) {
      case 'station':
      case 'modifier_group':
      case 'category':
        return [record]
      case 'menu_item':
        return [{ ...record, value: { ...record.value, taxRateId: FIRST_TAX_ID } }]
      default:
        return []
    }
  })
}
