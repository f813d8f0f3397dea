import { readFileSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import type { RecordEvent } from '../../domain/events.ts'
import { readCatalog } from '../../db/sqlite/record-table.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { Control } from '../data-folder.ts'
import type { MenuRecord } from '../menu-file/catalog-record.ts'
import { exportMenuFile, menuFormatOf, parseMenuFile } from '../menu-file/menu-file.ts'
import { MAX_MENU_FILE_BYTES } from '../menu-file/read-text.ts'
import { fail, failUsage, print, text, type Command } from './command.ts'
import { callDevice } from './call-device.ts'
import { throughDevice, withDevice } from './device.ts'

/** Records in one entry of the log; far below what one entry may weigh. */
const RECORDS_PER_ENTRY = 250

export const menuImport: Command = {
  name: 'menu import',
  summary:
    'Takes items, categories, modifiers, stations and taxes from a JSON or CSV file.\nA fault is named with its line and column, and then nothing is taken. See docs/menu-file.md.',
  options: { data: { type: 'string' } },
  values: { data: 'DIR' },
  required: ['data'],
  positionals: ['FILE'],
  run: async ({ values, positionals: [file = ''] }) => {
    const format = menuFormatOf(file) ?? failUsage(`${file} is neither .json nor .csv`)
    const records = await withDevice(values, (connection) => {
      const catalog = readCatalog(connection, Date.now())
      const parsed = parseMenuFile(readMenu(file), format, catalog)
      if (parsed.ok) return parsed.value
      const faults = parsed.error.map(
        ({ line, column, message }) => `${file}:${line}:${column}: ${message}`,
      )
      return fail(faults.join('\n'))
    })
    const chunks = Array.from({ length: Math.ceil(records.length / RECORDS_PER_ENTRY) }, (_, n) =>
      records.slice(n * RECORDS_PER_ENTRY, (n + 1) * RECORDS_PER_ENTRY),
    )
    await throughDevice(values, {
      running: async (control) => {
        for (const chunk of chunks) await importRunning(control, chunk)
      },
      stopped: (store) => {
        for (const chunk of chunks) importStopped(store, chunk)
      },
    })
    const items = records.filter((record) => record.kind === 'menu_item').length
    print(values, { records: records.length, items }, `Took ${items} items from ${file}.`)
  },
}

function readMenu(file: string): Uint8Array {
  const { size } = statSync(file)
  if (size > MAX_MENU_FILE_BYTES) {
    fail(`${file} has ${size} bytes; a menu file may have ${MAX_MENU_FILE_BYTES}.`)
  }
  return readFileSync(file)
}

const importRunning = (control: Control, records: readonly MenuRecord[]): Promise<unknown> =>
  callDevice(control, 'POST', '/api/v1/menu/import', { records })

function importStopped(store: Store, records: readonly MenuRecord[]): void {
  const at = new Date().toISOString()
  const events = records.map((record) => ({ type: 'record.set', ...record }) as RecordEvent)
  const id = createHash('sha256').update(at).update(JSON.stringify(events)).digest('hex')
  store.setRecords({ id, at, actor: `device:${store.deviceId}`, command: events })
}

export const menuExport: Command = {
  name: 'menu export',
  summary: 'Prints the menu as JSON, or as CSV with --format csv. "menu import" reads it again.',
  options: { data: { type: 'string' }, format: { type: 'string' } },
  values: { data: 'DIR', format: 'json|csv' },
  required: ['data'],
  run: ({ values }) => {
    const asked = text(values, 'format') ?? 'json'
    const format =
      menuFormatOf(`.${asked}`) ?? failUsage(`--format takes json or csv, not ${asked}`)
    return withDevice(values, (connection) => {
      const catalog = readCatalog(connection, Date.now())
      process.stdout.write(exportMenuFile(catalog, format))
    })
  },
}
