import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Connection } from '../../db/sqlite/connection.ts'
import { createPictureTable } from '../../db/sqlite/pictures.ts'
import { readCatalog, readRecordVersions } from '../../db/sqlite/record-table.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { RecordSet } from '../../domain/events.ts'
import { planRecords, type RecordEffect } from '../../domain/record-changes.ts'
import { catalogAt } from '../../domain/record-versions.ts'
import { validFromIn } from '../../protocol/rest/changes.ts'
import { readValidFrom } from '../api/changes/valid-from.ts'
import type { Control } from '../data-folder.ts'
import { besideOf } from '../menu-file/beside.ts'
import type { MenuRecord } from '../menu-file/catalog-record.ts'
import type { FilePicture } from '../menu-file/export-json.ts'
import { bytesOf } from '../pictures/pictures.ts'
import {
  exportMenuFile,
  menuFormatOf,
  parseMenuFile,
  type MenuFormat,
  type MenuReading,
} from '../menu-file/menu-file.ts'
import type { SquareWish } from '../menu-file/parse-square.ts'
import { MAX_MENU_FILE_BYTES } from '../menu-file/read-text.ts'
import { fail, failUsage, print, text, type Command } from './command.ts'
import { callDevice } from './call-device.ts'
import { throughDevice, withDevice } from './device.ts'

/** Bytes of records in one entry of the log; well below what one entry may weigh. */
const BYTES_PER_ENTRY = 500_000

export const menuImport: Command = {
  name: 'menu import',
  summary:
    'Takes items, categories, modifiers, stations and taxes from a JSON or CSV file.\nWith --valid-from they count from a business day (YYYY-MM-DD) or a moment on.\nA fault is named with its line and column, and then nothing is taken. See docs/menu-file.md.\nWith --dry-run it says what would be, and takes nothing.\nThe item library that Square exports as CSV is read too: several variations of an item become\na group to choose from, or with --variations items an item each; --station names where new items are made.',
  options: {
    data: { type: 'string' },
    'valid-from': { type: 'string' },
    'dry-run': { type: 'boolean' },
    variations: { type: 'string' },
    station: { type: 'string' },
  },
  values: { data: 'DIR', 'valid-from': 'DAY', variations: 'group|items', station: 'ID' },
  required: ['data'],
  positionals: ['FILE'],
  run: async ({ values, positionals: [file = ''] }) => {
    const format = menuFormatOf(file) ?? failUsage(`${file} is neither .json nor .csv`)
    const day = text(values, 'valid-from')
    if (day !== undefined && !validFromIn.safeParse(day).success) {
      failUsage(`--valid-from takes a day such as 2026-11-23, not ${day}`)
    }
    const asked = text(values, 'variations') ?? 'group'
    const variations =
      asked === 'group' || asked === 'items'
        ? asked
        : failUsage(`--variations takes group or items, not ${asked}`)
    const wish = { variations, stationId: text(values, 'station') ?? null } as const
    const { records, notes, effects } = await withDevice(values, (connection) =>
      readRecords(connection, file, format, day, wish),
    )
    if (values['dry-run'] === true) return printPreview(values, file, { effects, notes })
    const pictures = records.filter((record) => !isDated(record))
    const others = records.filter(isDated)
    await throughDevice(values, {
      running: async (control) => {
        for (const chunk of inEntries(pictures)) await importRunning(control, chunk, undefined)
        for (const chunk of inEntries(others)) await importRunning(control, chunk, day)
      },
      stopped: (store) => {
        for (const chunk of inEntries(pictures)) importStopped(store, chunk, undefined)
        for (const chunk of inEntries(others)) importStopped(store, chunk, day)
      },
    })
    const items = records.filter((record) => record.kind === 'menu_item').length
    const from = day === undefined ? '' : `, valid from ${day}`
    const shown = records.filter((record) => record.kind === 'item_picture').length
    const also = shown === 0 ? '' : ` and ${shown} pictures`
    const told = [`Took ${items} items${also} from ${file}${from}.`, ...notes.map(noteText)]
    print(values, { records: records.length, items, notes }, told.join('\n'))
  },
}

const noteText = (note: string): string => `Note: ${note}.`

/** What the file would do, record by record, and what of it cannot be taken. */
function printPreview(
  values: Parameters<typeof print>[0],
  file: string,
  { effects, notes }: Pick<ReadRecords, 'effects' | 'notes'>,
): void {
  const changes = effects.map(({ kind, id, before, after }) => ({
    kind,
    id,
    change: before === null ? 'added' : isDeepStrictEqual(before, after) ? 'unchanged' : 'changed',
  }))
  const of = (change: string) => changes.filter((one) => one.change === change)
  const lines = [
    `${file} would add ${of('added').length}, change ${of('changed').length} and leave ${of('unchanged').length} as they are. Nothing was taken.`,
    ...[...of('added'), ...of('changed')].map(
      ({ kind, id, change }) => `  ${change} ${kind} ${id}`,
    ),
    ...notes.map(noteText),
  ]
  print(values, { dry_run: true, changes, notes }, lines.join('\n'))
}

interface ReadRecords extends MenuReading {
  readonly effects: readonly RecordEffect[]
}

/** All that the file says; it fits what the device has on the day from which it is to be valid. */
function readRecords(
  connection: Connection,
  file: string,
  format: MenuFormat,
  day: string | undefined,
  wish: SquareWish,
): ReadRecords {
  const nowMs = Date.now()
  const versions = readRecordVersions(connection)
  const from = readValidFrom(day, catalogAt(versions, nowMs).catalog, nowMs)
  if (!from.ok) return fail(from.error.message)
  const { catalog } = catalogAt(versions, from.value ?? nowMs)
  const parsed = parseMenuFile(readMenu(file), format, catalog, wish, besideOf(file))
  if (!parsed.ok) {
    const faults = parsed.error.map(
      ({ line, column, message }) => `${file}:${line}:${column}: ${message}`,
    )
    return fail(faults.join('\n'))
  }
  const held = new Set(createPictureTable(connection).ids())
  const records = parsed.value.records.filter((record) => isDated(record) || !held.has(record.id))
  const events = eventsOf(records, from.value)
  const { faults, effects } = planRecords(versions, events, nowMs)
  if (faults.length > 0) fail(faults.map(({ message }) => message).join('\n'))
  return { ...parsed.value, records, effects }
}

const eventsOf = (records: readonly MenuRecord[], dateMs: number | null): RecordSet[] =>
  records.map(
    (record) =>
      ({
        type: 'record.set',
        ...record,
        ...(dateMs !== null && isDated(record) && { validFrom: new Date(dateMs).toISOString() }),
      }) as RecordSet,
  )

/** A picture is there at once; what shows it has the date. */
const isDated = ({ kind }: MenuRecord): boolean => kind !== 'picture'

function inEntries(records: readonly MenuRecord[]): MenuRecord[][] {
  const entries: MenuRecord[][] = []
  let room = 0
  for (const record of records) {
    const bytes = Buffer.byteLength(JSON.stringify(record))
    if (bytes > room) {
      entries.push([])
      room = BYTES_PER_ENTRY
    }
    entries.at(-1)?.push(record)
    room -= bytes
  }
  return entries
}

function readMenu(file: string): Uint8Array {
  const { size } = statSync(file)
  if (size > MAX_MENU_FILE_BYTES) {
    fail(`${file} has ${size} bytes; a menu file may have ${MAX_MENU_FILE_BYTES}.`)
  }
  return readFileSync(file)
}

const importRunning = (
  control: Control,
  records: readonly MenuRecord[],
  day: string | undefined,
): Promise<unknown> =>
  callDevice(control, 'POST', '/api/v1/menu/import', {
    ...(day !== undefined && { valid_from: day }),
    records,
  })

function importStopped(
  store: Store,
  records: readonly MenuRecord[],
  day: string | undefined,
): void {
  const nowMs = Date.now()
  const at = new Date(nowMs).toISOString()
  const from = readValidFrom(day, store.catalog(), nowMs)
  if (!from.ok) return fail(from.error.message)
  const events = eventsOf(records, from.value)
  const id = createHash('sha256').update(at).update(JSON.stringify(events)).digest('hex')
  store.setRecords({ id, at, actor: `device:${store.deviceId}`, command: events })
}

export const menuExport: Command = {
  name: 'menu export',
  summary:
    'Prints the menu as JSON, or as CSV with --format csv. "menu import" reads it again.\nPictures stand in the JSON as they are, or, with --pictures DIR, as files in that folder,\nwhich is to lie beside the file.',
  options: {
    data: { type: 'string' },
    format: { type: 'string' },
    pictures: { type: 'string' },
  },
  values: { data: 'DIR', format: 'json|csv', pictures: 'DIR' },
  required: ['data'],
  run: ({ values }) => {
    const asked = text(values, 'format') ?? 'json'
    const format =
      menuFormatOf(`.${asked}`) ?? failUsage(`--format takes json or csv, not ${asked}`)
    const folder = text(values, 'pictures')
    return withDevice(values, (connection) => {
      const catalog = readCatalog(connection, Date.now())
      const pictures = format === 'json' ? picturesIn(connection, catalog, folder) : []
      process.stdout.write(exportMenuFile(catalog, format, pictures))
    })
  },
}

/** What items look like; with a folder, as files that are written there. */
function picturesIn(
  connection: Connection,
  catalog: Catalog,
  folder: string | undefined,
): FilePicture[] {
  const held = createPictureTable(connection)
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  return [...catalog.item_picture].flatMap(([item, { pictureId }]): FilePicture[] => {
    const picture = held.get(pictureId)
    const bytes = picture && bytesOf(pictureId, picture)
    if (picture === null || bytes === null) return []
    if (folder === undefined)
      return [{ item, data: `data:${picture.type};base64,${picture.base64}` }]
    const name = `${pictureId.slice(0, 16)}.${picture.type === 'image/webp' ? 'webp' : 'jpg'}`
    writeFileSync(join(folder, name), bytes)
    return [{ item, file: `${basename(folder)}/${name}` }]
  })
}
