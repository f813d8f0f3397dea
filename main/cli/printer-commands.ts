import { randomUUID } from 'node:crypto'
import type { Printer } from '../../domain/catalog.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { readCatalog } from '../../db/sqlite/record-table.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { printerIn } from '../../protocol/rest/printer.ts'
import { printerFaults, printerRecordOf } from '../printing/printer-settings.ts'
import { callDevice } from './call-device.ts'
import { fail, failUsage, print, requiredText, text, textList, type Command } from './command.ts'
import { throughDevice, withDevice } from './device.ts'

/** Printers on the command line: the same as `/api/v1/printers`, running or not. */

/** Instead of a device's id: the one of `--data`. */
const THIS_DEVICE = 'this'

const many = { type: 'string', multiple: true } as const
const one = { type: 'string' } as const

export const printerSet: Command = {
  name: 'printer set',
  summary:
    'Sets up a receipt printer on the network: what it is and what comes out of it.\n--receipts-of takes device ids, or "this"; --slips-of and --fallback-for take station ids.',
  options: {
    data: one,
    id: one,
    address: one,
    name: one,
    columns: one,
    codepage: one,
    'receipts-of': many,
    'slips-of': many,
    'fallback-for': many,
    drawer: { type: 'boolean' },
  },
  values: {
    data: 'DIR',
    id: 'ID',
    address: 'HOST:PORT',
    columns: '32|42|48',
    'receipts-of': 'DEVICE',
    'slips-of': 'STATION',
    'fallback-for': 'STATION',
  },
  required: ['data', 'id', 'address'],
  run: async ({ values }) => {
    const id = requiredText(values, 'id')
    const deviceId = await withDevice(values, (connection) =>
      createLocalSettings(connection).require('device_id'),
    )
    const columns = text(values, 'columns')
    const codepage = text(values, 'codepage')
    const asked = {
      name: text(values, 'name') ?? id,
      address: requiredText(values, 'address'),
      ...(columns !== undefined && { columns: Number(columns) }),
      ...(codepage !== undefined && { codepage }),
      receipts_of: textList(values, 'receipts-of').map((device) =>
        device === THIS_DEVICE ? deviceId : device,
      ),
      slips_of: textList(values, 'slips-of'),
      fallback_for: textList(values, 'fallback-for'),
      drawer: values['drawer'] === true,
    }
    const parsed = printerIn.safeParse(asked)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      return failUsage(`--${String(issue?.path[0]).replaceAll('_', '-')}: ${issue?.message ?? ''}`)
    }
    await throughDevice(values, {
      running: (control) =>
        callDevice(control, 'PUT', `/api/v1/printers/${encodeURIComponent(id)}`, asked),
      stopped: (store) => {
        const [fault] = printerFaults(parsed.data, store.catalog())
        if (fault !== undefined) fail(`${fault.path}: ${fault.message}`)
        setRecord(store, id, printerRecordOf(parsed.data))
      },
    })
    print(values, { id, ...parsed.data }, `Printer ${id} is set up at ${parsed.data.address}.`)
  },
}

export const printerRemove: Command = {
  name: 'printer remove',
  summary: 'Takes a printer away. What waits for it is dropped.',
  options: { data: one, id: one },
  values: { data: 'DIR', id: 'ID' },
  required: ['data', 'id'],
  run: async ({ values }) => {
    const id = requiredText(values, 'id')
    await throughDevice(values, {
      running: (control) =>
        callDevice(control, 'DELETE', `/api/v1/printers/${encodeURIComponent(id)}`),
      stopped: (store) => {
        if (!store.catalog().printer.has(id)) fail('The store has no such printer.')
        setRecord(store, id, null)
      },
    })
    print(values, { id }, `Printer ${id} is taken away.`)
  },
}

export const printerList: Command = {
  name: 'printer list',
  summary: 'The printers of the store. How they stand says a running device.',
  options: { data: one },
  values: { data: 'DIR' },
  required: ['data'],
  run: ({ values }) =>
    withDevice(values, (connection) => {
      const printers = [...readCatalog(connection, Date.now()).printer]
      const lines = printers.map(([id, { name, address }]) => `${id}  ${name}  ${address}`)
      print(
        values,
        printers.map(([id, printer]) => ({ id, ...printer })),
        lines.length === 0 ? 'No printer is set up.' : lines.join('\n'),
      )
    }),
}

export const printerTest: Command = {
  name: 'printer test',
  summary: 'Prints a test page, on a running device.',
  options: { data: one, id: one },
  values: { data: 'DIR', id: 'ID' },
  required: ['data', 'id'],
  run: async ({ values }) => {
    const id = requiredText(values, 'id')
    await throughDevice(values, {
      running: (control) =>
        callDevice(control, 'POST', `/api/v1/printers/${encodeURIComponent(id)}/test`),
      stopped: () => fail('The device does not run: nobody would print.'),
    })
    print(values, { id }, `A test page goes to ${id}.`)
  },
}

function setRecord(store: Store, id: string, value: Printer | null): void {
  store.setRecords({
    id: randomUUID(),
    at: new Date().toISOString(),
    actor: `device:${store.deviceId}`,
    command: [{ type: 'record.set', kind: 'printer', id, value }],
  })
}
